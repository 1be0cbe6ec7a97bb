"""What was found in a story, as the page shows it: numbered entries in groups, and the marks they leave in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from dateline.reading.fingerprints import anchor, fingerprint
from dateline.reading.firsts import first_moments, first_names, first_offices, first_places, place_key
from dateline.site.marking import Mark, Part
from dateline.story import Actor, Event, Mention, Moment, Place, Quote, Reading, Role, Story
from dateline.text.spans import Span

Group = Literal["who", "moments", "places", "quotes", "events", "names"]
GROUPS: tuple[Group, ...] = ("who", "moments", "places", "quotes", "events", "names")
_BY_KIND: dict[str, Group] = {"PER": "who", "ORG": "who", "MISC": "names"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead to a place in the page; ``to`` is empty where there is nothing to lead to."""

    label: str
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One finding beside the text. ``value`` is what was found; ``label`` the words that name it.

    ``whys`` are the reasons for it, each once. Of a quotation ``answers`` is the claim it denies; of an event
    ``actors`` … ``again`` are who did it to whom, where and when, and the other places that tell of it. ``about`` is
    the key of whom or what the archive has a dossier on.
    """

    number: int
    group: Group
    label: str
    marks: tuple[Mark, ...]
    value: Actor | Moment | Place | Quote | Mention | Event
    whys: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    said: str = ""
    cue: str = ""
    answers: Link | None = None
    actors: tuple[Link, ...] = ()
    recipients: tuple[Link, ...] = ()
    place: Link | None = None
    moment: Link | None = None
    again: tuple[Link, ...] = ()
    about: str | None = None

    @property
    def more(self) -> tuple[Link, ...]:
        """Links to the further places of a name."""
        return tuple(Link(label=str(mark.spot), to=mark.anchor) for mark in self.marks if mark.spot > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """All entries of a story, in the order of the page, by group. The first has the number ``first``.

    ``names`` are the lasting names of spots: what other pages call them by, as numbers change when a story is read
    anew.
    """

    groups: dict[Group, tuple[Entry, ...]] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    first: int = 1

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for entries in self.groups.values() for entry in entries)

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(mark for entry in self.entries for mark in entry.marks)


def panel(story: Story, reading: Reading | None, *, first: int = 1) -> Panel:
    """Return the entries for a story and what was read in it; empty when nothing was read yet."""
    if reading is None:
        return Panel(first=first)
    numbers = count(first)
    named = [
        *_actors(reading, numbers),
        *_loose_names(story.text, reading, numbers),
        *_moments(story.text, reading, numbers),
        *_places(story.text, reading, numbers),
    ]
    entries = [*named, *_quotes(story.text, reading, numbers), *_events(story.text, reading, numbers, named)]
    grouped = {group: tuple(entry for entry in entries if entry.group == group) for group in GROUPS}
    return Panel(
        groups={group: found for group, found in grouped.items() if found},
        names=_names(story.text, reading, entries),
        unread=reading.unread,
        first=first,
    )


def _names(text: str, reading: Reading, entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """Return the names of the spots at which what is indexed of a reading stands, by anchor."""
    found: dict[str, dict[str, None]] = {}
    spots: dict[Span, str] = {}
    for entry in entries:
        if isinstance(entry.value, Quote | Event):
            found.setdefault(entry.marks[0].anchor, {})[anchor(fingerprint(entry.value, text))] = None
        else:
            spots |= {mark.span: mark.anchor for mark in entry.marks}
    firsts: list[Mention | Moment | Place] = [*first_names(reading), *first_offices(reading), *first_moments(reading)]
    firsts += [place for place, _ in first_places(reading)]
    for first in firsts:
        found.setdefault(spots[first.span], {})[anchor(fingerprint(first, text))] = None
    return {spot: tuple(names) for spot, names in found.items()}


def _actors(reading: Reading, numbers: Iterator[int]) -> Iterator[Entry]:
    by_actor = _by_actor(reading)
    for actor in sorted(reading.actors, key=lambda actor: actor.kind != "PER"):
        group, said = _BY_KIND.get(actor.kind), by_actor.get(actor.key)
        if group is None or not said:
            continue
        number = next(numbers)
        roles = dict.fromkeys(role for role in (actor.role, *(mention.role for mention in said)) if role)
        yield Entry(
            number=number,
            group=group,
            label=actor.name,
            marks=_marks(number, "name", (mention.span for mention in said)),
            value=actor,
            whys=_whys(said),
            roles=tuple(roles),
            about=actor.key if actor.named else None,
        )


def _by_actor(reading: Reading) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        if mention.entity is not None:
            found.setdefault(mention.entity, []).append(mention)
    return found


def _loose_names(text: str, reading: Reading, numbers: Iterator[int]) -> Iterator[Entry]:
    """Yield names that no actor's entry shows, once for each spelling: "Iranian" names a state, but is no place."""
    keys = {actor.key for actor in reading.actors if actor.kind in _BY_KIND}
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
            marks=_marks(number, "name", (mention.span for mention in said)),
            value=said[0],
            whys=_whys(said),
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
            marks=_marks(number, "moment", (moment.span for moment in moments)),
            value=moments[0],
            whys=_whys(moments),
        )


def _places(text: str, reading: Reading, numbers: Iterator[int]) -> Iterator[Entry]:
    """Yield places, then the place names that were found but not looked up."""
    placed: dict[object, list[Place | Mention]] = {}
    keys = {mention.span: mention.entity for mention in reading.mentions}
    for place in reading.places:
        placed.setdefault(place.geonameid or place.name, []).append(place)
    covered = {at for place in reading.places for at in range(place.span.start, place.span.end)}
    for mention in reading.mentions:
        if mention.kind == "LOC" and not covered.issuperset(range(mention.span.start, mention.span.end)):
            placed.setdefault(("named", mention.span.of(text)), []).append(mention)
    for found in placed.values():
        number, first = next(numbers), found[0]
        yield Entry(
            number=number,
            group="places",
            label=first.name if isinstance(first, Place) else first.span.of(text),
            marks=_marks(number, "place", (each.span for each in found)),
            value=first,
            whys=_whys(found),
            about=place_key(first, keys.get(first.span)) if isinstance(first, Place) else first.entity,
        )


def _quotes(text: str, reading: Reading, numbers: Iterator[int]) -> Iterator[Entry]:
    names = {actor.key: actor.name for actor in reading.actors}
    for quote in reading.quotes:
        number = next(numbers)
        source = " ".join(span.of(text) for span in quote.source)
        # Words that stand alone lead back to their finding themselves.
        alone = not (quote.source or quote.cue)
        marks = [
            *(Mark(span=span, number=number, part="source") for span in quote.source),
            *(Mark(span=span, number=number, part="cue") for span in quote.cue),
            *(Mark(span=span, number=number, part="content", leads=alone) for span in quote.content),
        ]
        answers = None
        if quote.answers is not None:
            marks.append(Mark(span=quote.answers, number=number, part="answered", spot=2, leads=False))
            answers = Link(label=_words(quote.answers, text), to=marks[-1].anchor)
        yield Entry(
            number=number,
            group="quotes",
            label=names.get(quote.speaker or "", source),
            marks=tuple(marks),
            value=quote,
            whys=_whys([quote]),
            said=" … ".join(_words(span, text) for span in quote.content),
            cue=" ".join(span.of(text) for span in quote.cue),
            answers=answers,
        )


def _events(text: str, reading: Reading, numbers: Iterator[int], named: list[Entry]) -> Iterator[Entry]:
    """Yield events, their parties, places and moments linked to the entries of those."""
    entry_at = {mark.span: entry for entry in named for mark in entry.marks}
    names = {actor.key: actor.name for actor in reading.actors}
    first_said = {key: said[0].span for key, said in _by_actor(reading).items()}

    def link(label: str, span: Span | None) -> Link:
        entry = entry_at.get(span) if span else None
        return Link(label=label, to=f"p{entry.number}" if entry else "")

    for event in reading.events:
        number = next(numbers)
        spans = dict.fromkeys((event.span, *event.also))
        marks = _marks(number, "event", spans, leads=False)
        yield Entry(
            number=number,
            group="events",
            label=_words(event.span, text),
            marks=marks,
            value=event,
            whys=_whys([event]),
            actors=tuple(link(names.get(key, key), first_said.get(key)) for key in event.actors),
            recipients=tuple(link(names.get(key, key), first_said.get(key)) for key in event.recipients),
            place=link(event.place.of(text), event.place) if event.place else None,
            moment=link(event.moment.of(text), event.moment) if event.moment else None,
            again=tuple(Link(label=_words(mark.span, text), to=mark.anchor) for mark in marks[1:]),
        )


def _marks(number: int, part: Part, spans: Iterable[Span], *, leads: bool = True) -> tuple[Mark, ...]:
    return tuple(
        Mark(span=span, number=number, part=part, spot=spot, leads=leads)
        for spot, span in enumerate(dict.fromkeys(spans), start=1)
    )


def _whys(found: Iterable[Mention | Moment | Place | Quote | Event]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.why for each in found if each.why))


def _words(span: Span, text: str) -> str:
    return " ".join(span.of(text).split())
