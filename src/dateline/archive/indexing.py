"""A Reading → its index: Finding rows, the Entities they name, and the frequencies made of them.

All functions work on many records at once and run inside the caller's transaction; cost grows with the findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from dateline.archive import frequencies
from dateline.archive.models import Entity, Finding, Record
from dateline.archive.offices import told_office
from dateline.archive.rows import insert
from dateline.reading import authority
from dateline.reading.fingerprints import extent, fingerprint
from dateline.reading.firsts import first_moments, first_names, first_offices, first_places, place_key, state_key
from dateline.reading.people import surname_of
from dateline.story import Actor, Event, Mention, Moment, Place, Quote, Reading, Story
from dateline.text.spans import Span

# PLOVER's sectors whose people act for their state.
_FOR_THE_STATE = {"GOV", "MIL", "LEG", "JUD", "SPY", "COP"}
# Deeds that those who do them do together: "the ministers met".
_MUTUAL = {"CONSULT", "AGREE", "COOPERATE"}
_MOST_PARTIES = 5
_DAY = len("2015-05-12")

Told = tuple[Record, Story, Reading]


def index_findings(told: Iterable[Told]) -> None:
    """Rebuild the rows of records from the readings of their current versions."""
    whole = list(told)
    drop_findings([record for record, _, _ in whole])
    sketches = [sketch for each in whole for sketch in _sketches(*each)]
    known = _entities(whole, sketches)
    rows = [sketch.row(known) for sketch in sketches]
    insert(rows)
    frequencies.add(row for row in rows if row.is_public)


def drop_findings(records: Sequence[Record]) -> None:
    """Take the rows of records away, and what they count for."""
    rows = Finding.objects.filter(record__in=records)
    frequencies.subtract(rows.filter(is_public=True))
    rows.delete()


def show_findings(*records: Record, is_public: bool) -> None:
    """Count what records tell in the public index, or no longer."""
    hidden = Finding.objects.filter(record__in=records, is_public=not is_public)
    rows = list(hidden)
    hidden.update(is_public=is_public)
    (frequencies.add if is_public else frequencies.subtract)(rows)


@dataclass(slots=True, kw_only=True)
class _Sketch:
    """A row to be, its entities still named by key."""

    record: Record
    found: Mention | Moment | Place | Quote | Event
    text: str
    value: str
    moment: Moment | None = None
    entity: str | None = None
    other: str | None = None
    kind: str = ""
    answers: str = ""

    def row(self, known: dict[str, Entity]) -> Finding:
        spans = extent(self.found)
        start, end = spans[0].start, max(span.end for span in spans)
        event = self.found if isinstance(self.found, Event) else None
        day = _day(self.moment) if self.moment else None
        return Finding(
            record=self.record,
            kind=self.kind or type(self.found).__name__.lower(),
            fingerprint=fingerprint(self.found, self.text),
            start=start,
            end=end,
            label=self.text[start:end],
            value=self.value,
            mode=(event and event.mode) or "",
            modality=event.modality if event else "",
            quad=event.quad if event else None,
            answers=self.answers,
            day=day or self.record.published_at.date(),
            dated=_dated(self.moment) if self.moment and day else "story" if self.record.day_stated else "came",
            entity=known.get(self.entity or ""),
            other=known.get(self.other or ""),
            is_public=self.record.state == Record.State.PUBLISHED,
        )


def _sketches(record: Record, story: Story, reading: Reading) -> Iterator[_Sketch]:
    def sketch(found: Mention | Moment | Place | Quote | Event, value: str) -> _Sketch:
        return _Sketch(record=record, found=found, text=story.text, value=value)

    actors = {actor.key: actor for actor in reading.actors}
    for mention in first_names(reading):
        row = sketch(mention, mention.kind)
        row.entity = mention.entity
        yield row
    for moment in first_moments(reading):
        row = sketch(moment, moment.value)
        row.moment = moment
        yield row
    for place, key in first_places(reading):
        row = sketch(place, place.country or "")
        row.entity = key
        yield row
    for mention in first_offices(reading):
        assert mention.role is not None
        row = sketch(mention, told_office(mention.role))
        row.kind, row.entity = "office", mention.entity
        yield row
    yield from _quotes(record, story, reading, actors)
    yield from _events(record, story, reading, actors)


def _quotes(record: Record, story: Story, reading: Reading, actors: dict[str, Actor]) -> Iterator[_Sketch]:
    claims = [(quote, fingerprint(quote, story.text)) for quote in reading.quotes if quote.stance != "deny"]
    for quote in reading.quotes:
        if _is_appeal(quote, reading):
            continue
        answers = next((name for claim, name in claims if quote.answers and _holds(claim, quote.answers)), "")
        inside = (
            mention.entity
            for mention in reading.mentions
            if any(span.start <= mention.span.start and mention.span.end <= span.end for span in quote.content)
        )
        speakers = _parties([quote.speaker] if quote.speaker else [], actors)
        spoken_of = _parties(inside, actors)
        for entity, other in _pairs(speakers, spoken_of):
            yield _Sketch(
                record=record,
                found=quote,
                text=story.text,
                value=quote.stance,
                entity=entity,
                other=other,
                answers=answers,
            )


def _is_appeal(quote: Quote, reading: Reading) -> bool:
    """Say whether a quote only reports an appeal ("called on both sides to talk"): the event tells that."""
    if quote.kind != "indirect" or quote.stance != "ask":
        return False
    appeals = [event.span for event in reading.events if event.type == "REQUEST"]
    return any(span.start <= cue.start and cue.end <= span.end for span in appeals for cue in quote.cue)


def _holds(claim: Quote, answered: Span) -> bool:
    """Say whether what is answered stands in the words of a claim."""
    return any(span.start <= answered.start and answered.end <= span.end for span in claim.content)


def _events(record: Record, story: Story, reading: Reading, actors: dict[str, Actor]) -> Iterator[_Sketch]:
    moments = {moment.span: moment for moment in reading.moments if moment.first}
    for event in reading.events:
        did, had = _parties(event.actors, actors), _parties(event.recipients, actors)
        if event.type in _MUTUAL and not had and len(event.actors) > 1:
            had = did
        moment = moments.get(event.moment) if event.moment else None
        for entity, other in _pairs(did, had):
            yield _Sketch(
                record=record,
                found=event,
                text=story.text,
                value=event.type,
                moment=moment,
                entity=entity,
                other=other,
            )


def _parties(keys: Iterable[str | None], actors: dict[str, Actor]) -> list[str]:
    """Return whom a finding counts for: each named actor, and the state an official acts for."""
    parties: dict[str, None] = {}
    for key in keys:
        actor = actors.get(key or "")
        if actor is None:
            continue
        if actor.named:
            parties[actor.key] = None
        country = actor.country or (actor.role and actor.role.country)
        if country and actor.sector in _FOR_THE_STATE and authority.is_code(country):
            parties[state_key(country)] = None
    return list(parties)[:_MOST_PARTIES]


def _pairs(ones: Sequence[str], others: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Yield who with whom; a finding with nobody named on one side, or on both, has its rows all the same."""
    paired = {one for one in ones if any(other != one for other in others)}
    for one, other in product(ones, others):
        if one != other:
            yield one, other
    for one in ones:
        if one not in paired:
            yield one, None
    if not ones:
        yield from ((None, other) for other in others or (None,))


def _day(moment: Moment) -> date | None:
    """Return the day a moment begins on, None where it names none of the calendar's."""
    first = (moment.first or "")[:_DAY]
    try:
        return date.fromisoformat(first)
    except ValueError:
        return None


def _dated(moment: Moment) -> str:
    return "day" if moment.last in (None, moment.first) else "span"


def _entities(whole: Sequence[Told], sketches: Sequence[_Sketch]) -> dict[str, Entity]:
    """Return the entities that the rows name, by key; those the archive does not know yet are made."""
    wanted = {key for sketch in sketches for key in (sketch.entity, sketch.other) if key}
    known = _known(wanted)
    if missing := wanted - known.keys():
        made = {
            entity.key: entity for _, _, reading in whole for entity in _described(reading) if entity.key in missing
        }
        for key in missing - made.keys():
            country = key.removeprefix("loc:").upper()
            made[key] = Entity(key=key, kind="LOC", name=authority.name_of(country), country=country)
        Entity.objects.bulk_create(made.values(), ignore_conflicts=True)
        known |= _known(missing)
    return known


def _known(keys: Iterable[str]) -> dict[str, Entity]:
    wanted = sorted(keys)
    return {
        entity.key: entity
        for at in range(0, len(wanted), 500)
        for entity in Entity.objects.filter(key__in=wanted[at : at + 500])
    }


def _described(reading: Reading) -> Iterator[Entity]:
    """Yield what a reading knows of the entities it names."""
    where = {mention.span: mention.entity for mention in reading.mentions}
    for place in reading.places:
        key = place_key(place, where.get(place.span))
        if key and key.startswith("geo:"):
            yield Entity(
                key=key, kind="GEO", name=place.name, country=place.country or "", lat=place.lat, lon=place.lon
            )
    for actor in reading.actors:
        middle = authority.middle_of(actor.country) if actor.country and actor.key == state_key(actor.country) else None
        yield Entity(
            key=actor.key,
            kind=actor.kind,
            name=actor.name,
            country=actor.country or "",
            surname=surname_of(actor.name) if actor.kind == "PER" else "",
            lat=middle[0] if middle else None,
            lon=middle[1] if middle else None,
        )
