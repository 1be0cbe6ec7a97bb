"""What the index keeps of a story: its words, and a token for each thing known of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.archive.models import Correction, Record
from dateline.archive.search.keys import key_of
from dateline.reading.authority import name_of
from dateline.story import Actor, Reading, Story
from dateline.text.queries import Field, token
from dateline.text.query_reader import words_of

# Every story bears it: what a query with nothing but a "not" is taken from.
STORY = Field(name="is", words=("story",))
CORRECTED = Field(name="is", words=("corrected",))
PLANNED = Field(name="is", words=("planned",))


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """A record as the index holds it: words apart by spaces.

    ``facets`` are tokens that are counted, ``parts`` further tokens a story is found by (a name's single words);
    ``labels`` says how tokens are shown.
    """

    key: int
    headline: str
    body: str
    names: str
    facets: str
    parts: str
    labels: dict[str, str]


def entry_of(record: Record) -> IndexEntry:
    """Return a record's entry. It has a current version; what is prefetched of it is used."""
    assert record.current is not None
    story, reading = record.current.as_story(), record.current.as_reading()
    sightings = list(record.sightings.all())
    sources = {sighting.source.slug: sighting.source.name for sighting in sightings}
    codes = {str(record.code), *(sighting.foreign_code for sighting in sightings)} - {""}
    tokens = _Borne({}, {}, {})
    for slug, name in sources.items():
        tokens.name("source", slug, name)
    for code in sorted(codes):
        tokens.add("code", code, counted=False)
    if record.section:
        tokens.name("section", record.section_slug, record.section)
    tokens.add("lang", record.language)
    for value in (f"{record.published_at:%Y}", f"{record.published_at:%Y%m}", f"{record.published_at:%Y%m%d}"):
        tokens.add({4: "year", 6: "month", 8: "day"}[len(value)], value, counted=len(value) == 4)
    tokens.add("is", "story", counted=False)
    if story.published is None:
        tokens.add("is", "undated")
    if any(each.kind == Correction.Kind.CORRECTION for each in record.corrections.all()):
        tokens.add("is", "corrected")
    for tag in story.tags:
        tokens.name("topic", tag, tag)
    if reading is not None:
        _read(reading, tokens)
    return IndexEntry(
        key=key_of(record.published_at, record.pk),
        headline=_cut(story.headline),
        body=_body(story),
        names=_cut(" ".join([record.credit, *sources.values(), *sorted(codes)])),
        facets=" ".join(tokens.counted),
        parts=" ".join(tokens.parts),
        labels=tokens.labels,
    )


@dataclass(frozen=True, slots=True)
class _Borne:
    """Tokens, each once, in the order they came."""

    counted: dict[str, None]
    parts: dict[str, None]
    labels: dict[str, str]

    def add(self, field: str, value: str, *, counted: bool = True) -> str:
        """Keep the token of a value; return it, "" where the value has no letter in it."""
        words = words_of(value)
        made = token(field, words) if words else ""
        if made:
            (self.counted if counted else self.parts).setdefault(made)
        return made

    def name(self, field: str, value: str, name: str) -> None:
        """Keep the token of a name; it is found by each of its words too."""
        made = self.add(field, value)
        if not made:
            return
        self.labels.setdefault(made, name)
        self.also(field, name, but=made)

    def also(self, field: str, name: str, *, but: str = "") -> None:
        """Let a story be found by a name and by each of its words."""
        words = words_of(name)
        for part in (words, *((word,) for word in words)):
            if part and token(field, part) != but:
                self.parts.setdefault(token(field, part))


def _read(reading: Reading, tokens: _Borne) -> None:
    """Keep what was read: who, where, who said, who did what to whom."""
    actors = {actor.key: actor for actor in reading.actors}
    for actor in reading.actors:
        if actor.named and actor.kind in ("PER", "ORG"):
            field = "person" if actor.kind == "PER" else "org"
            tokens.name(field, actor.key.partition(":")[2] or actor.name, actor.name)
    for place in reading.places:
        tokens.name("place", place.name, place.name)
        if place.country:
            tokens.add("place", place.country, counted=False)
    for key in {quote.speaker for quote in reading.quotes if quote.speaker}:
        if speaker := actors.get(key):
            tokens.name("said", key.partition(":")[2] or speaker.name, speaker.name)
    for event in reading.events:
        tokens.add("event", event.type)
        if event.modality == PLANNED.words[0]:
            tokens.add("is", PLANNED.words[0])
        for field, keys in (("actor", event.actors), ("recipient", event.recipients)):
            for country in _countries(keys, actors):
                tokens.add(field, country)
                tokens.also(field, _state(country))


def _countries(keys: Iterable[str], actors: dict[str, Actor]) -> Iterator[str]:
    for key in keys:
        actor = actors.get(key)
        if actor and actor.country:
            yield actor.country


def _state(country: str) -> str:
    try:
        return name_of(country)
    except KeyError:
        return country


def _body(story: Story) -> str:
    """Return the words a story is found by: its text, and what its pictures say."""
    said = (story.summary, story.byline, story.dateline, *(figure.caption for figure in story.figures))
    return _cut("\n".join(filter(None, (story.text, *said))))


def _cut(text: str) -> str:
    return " ".join(words_of(text))
