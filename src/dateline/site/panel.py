"""What was found in a story, as the page shows it: numbered entries in groups, and the marks they leave in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from dateline.site.marking import Mark, Part
from dateline.story import Actor, Mention, Moment, Place, Quote, Reading, Role, Story
from dateline.text.spans import Span

Group = Literal["who", "moments", "places", "quotes", "names"]
GROUPS: tuple[Group, ...] = ("who", "moments", "places", "quotes", "names")
_BY_KIND: dict[str, Group] = {"PER": "who", "ORG": "who", "MISC": "names"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One finding beside the text. ``value`` is what was found; ``label`` the words that name it.

    ``times`` counts the places in the text it stands at.
    """

    number: int
    group: Group
    label: str
    marks: tuple[Mark, ...]
    value: Actor | Moment | Place | Quote | Mention
    roles: tuple[Role, ...] = ()
    said: str = ""
    cue: str = ""

    @property
    def times(self) -> int:
        return len(self.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """All entries of a story, in the order of the page, by group."""

    groups: dict[Group, tuple[Entry, ...]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for entries in self.groups.values() for entry in entries)

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(mark for entry in self.entries for mark in entry.marks)


def panel(story: Story, reading: Reading | None) -> Panel:
    """Return the entries for a story and what was read in it; empty when nothing was read yet."""
    if reading is None:
        return Panel()
    numbers = count(1)
    entries = [
        *_actors(reading, numbers),
        *_loose_names(story.text, reading, numbers),
        *_moments(story.text, reading, numbers),
        *_places(story.text, reading, numbers),
        *_quotes(story.text, reading, numbers),
    ]
    grouped = {group: tuple(entry for entry in entries if entry.group == group) for group in GROUPS}
    return Panel(groups={group: found for group, found in grouped.items() if found}, unread=reading.unread)


def _actors(reading: Reading, numbers: Iterator[int]) -> Iterator[Entry]:
    for actor in sorted(reading.actors, key=lambda actor: actor.kind != "PER"):
        group = _BY_KIND.get(actor.kind)
        said = [mention for mention in reading.mentions if mention.entity == actor.key]
        if group is None or not said:
            continue
        number = next(numbers)
        roles = dict.fromkeys(role for role in (actor.role, *(mention.role for mention in said)) if role)
        yield Entry(
            number=number,
            group=group,
            label=actor.name,
            marks=_marks(number, (mention.span for mention in said)),
            value=actor,
            roles=tuple(roles),
        )


def _loose_names(text: str, reading: Reading, numbers: Iterator[int]) -> Iterator[Entry]:
    """Yield names that no actor claims, once for each spelling."""
    keys = {actor.key for actor in reading.actors}
    loose: dict[tuple[str, str], list[Mention]] = {}
    for mention in reading.mentions:
        if mention.kind in _BY_KIND and mention.entity not in keys:
            loose.setdefault((mention.kind, mention.span.of(text)), []).append(mention)
    for (kind, label), said in loose.items():
        number = next(numbers)
        yield Entry(
            number=number,
            group=_BY_KIND[kind],
            label=label,
            marks=_marks(number, (mention.span for mention in said)),
            value=said[0],
            roles=tuple(dict.fromkeys(mention.role for mention in said if mention.role)),
        )


def _moments(text: str, reading: Reading, numbers: Iterator[int]) -> Iterator[Entry]:
    said: dict[tuple[str, str], list[Moment]] = {}
    for moment in reading.moments:
        said.setdefault((moment.span.of(text).casefold(), moment.value), []).append(moment)
    for moments in said.values():
        number = next(numbers)
        yield Entry(
            number=number,
            group="moments",
            label=moments[0].span.of(text),
            marks=_marks(number, (moment.span for moment in moments)),
            value=moments[0],
        )


def _places(text: str, reading: Reading, numbers: Iterator[int]) -> Iterator[Entry]:
    """Yield places, then the place names that were found but not looked up."""
    placed: dict[object, list[Place]] = {}
    for place in reading.places:
        placed.setdefault(place.geonameid or place.name, []).append(place)
    for places in placed.values():
        number = next(numbers)
        spans = (place.span for place in places)
        yield Entry(number=number, group="places", label=places[0].name, marks=_marks(number, spans), value=places[0])
    named: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        if mention.kind == "LOC" and not any(place.span.overlaps(mention.span) for place in reading.places):
            named.setdefault(mention.span.of(text), []).append(mention)
    for label, mentions in named.items():
        number = next(numbers)
        marks = _marks(number, (mention.span for mention in mentions))
        yield Entry(number=number, group="places", label=label, marks=marks, value=mentions[0])


def _quotes(text: str, reading: Reading, numbers: Iterator[int]) -> Iterator[Entry]:
    names = {actor.key: actor.name for actor in reading.actors}
    for quote in reading.quotes:
        number = next(numbers)
        source = " ".join(span.of(text) for span in quote.source)
        # Words that stand alone lead back to their finding themselves.
        content: Part = "content" if quote.source or quote.cue else "name"
        yield Entry(
            number=number,
            group="quotes",
            label=names.get(quote.speaker or "", source),
            marks=tuple(
                [Mark(span=span, number=number, part="source") for span in quote.source]
                + [Mark(span=span, number=number, part="cue") for span in quote.cue]
                + [Mark(span=span, number=number, part=content) for span in quote.content]
            ),
            value=quote,
            said=" … ".join(" ".join(span.of(text).split()) for span in quote.content),
            cue=" ".join(span.of(text) for span in quote.cue),
        )


def _marks(number: int, spans: Iterable[Span]) -> tuple[Mark, ...]:
    return tuple(Mark(span=span, number=number) for span in dict.fromkeys(spans))
