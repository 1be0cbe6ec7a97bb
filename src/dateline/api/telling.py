"""Rows and values → what the API answers with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.encoding import iri_to_uri

from dateline.api.finding_schemas import (
    Citation,
    Month,
    NamedEntity,
    Office,
    Participant,
    Passage,
    PlacedAt,
    TimedAt,
    ToldEvent,
    ToldQuote,
)
from dateline.api.schemas import Listed
from dateline.archive.dossiers import Cited
from dateline.archive.models import Entity, Record
from dateline.archive.witnesses import Witness, witnesses
from dateline.reading.fingerprints import anchor
from dateline.story import Actor, Event, Quote, Stamp
from dateline.text.spans import Span
from dateline.wire.plover import CodedEvent, first_day


def permalink(record: Record) -> str:
    return iri_to_uri(settings.DATELINE_SITE_URL + record.path) or ""


def listed(record: Record) -> Listed:
    """Return a record, its current version at hand, as lists tell it."""
    told = record.current.as_story() if record.current else None
    return Listed(
        code=record.code,
        language=record.language,
        headline=record.headline,
        permalink=permalink(record),
        section=record.section or None,
        credit=record.credit or None,
        published=_stated(told.published) if told else None,
        published_origin=told.published.origin if told and told.published else None,
        day=record.published_at.date().isoformat(),
        changed_at=record.changed_at,
    )


def listed_of(records: Iterable[int]) -> list[Listed]:
    """Return records, by their row ids, as lists tell them, in this order."""
    wanted = list(dict.fromkeys(records))
    known = Record.objects.published().with_current().in_bulk(wanted)
    return [listed(known[pk]) for pk in wanted if pk in known]


def entity(row: Entity) -> NamedEntity:
    return NamedEntity(
        key=row.key,
        kind=row.kind,
        name=row.name,
        country=row.country or None,
        lat=row.lat,
        lon=row.lon,
        stories=row.stories,
    )


def months(counts: Mapping[int, Counter[str] | Counter[int]]) -> list[Month]:
    return [
        Month(month=f"{month // 100:04}-{month % 100:02}", counts={str(value): count for value, count in of.items()})
        for month, of in sorted(counts.items())
    ]


def events(found: Iterable[Cited]) -> list[ToldEvent]:
    return [event(witness) for witness in witnesses(found) if isinstance(witness.value, Event)]


def quotes(found: Iterable[Cited]) -> list[ToldQuote]:
    return [quote(witness) for witness in witnesses(found) if isinstance(witness.value, Quote)]


def event(witness: Witness) -> ToldEvent:
    told, text = witness.value, witness.story.text
    assert isinstance(told, Event)
    place, moment = witness.place, witness.moment
    return ToldEvent(
        cited=citation(witness),
        type=told.type,
        mode=told.mode,
        quad=told.quad,
        modality=told.modality,
        day=_day(witness),
        actors=_parties(witness, told.actors),
        recipients=_parties(witness, told.recipients),
        place=PlacedAt(
            name=place.name,
            country=place.country,
            lat=place.lat,
            lon=place.lon,
            geonameid=place.geonameid,
            said=passage(place.span, text),
        )
        if place
        else None,
        when=TimedAt(value=moment.value, first=moment.first, last=moment.last, said=passage(moment.span, text))
        if moment
        else None,
        words=told.span.of(text),
        also=[passage(span, text) for span in told.also],
        why=told.why,
    )


def quote(witness: Witness) -> ToldQuote:
    told, text = witness.value, witness.story.text
    assert isinstance(told, Quote)
    return ToldQuote(
        cited=citation(witness),
        stance=told.stance,
        kind=told.kind,
        speaker=next(iter(_parties(witness, [told.speaker] if told.speaker else [])), None),
        source=[passage(span, text) for span in told.source],
        cue=[passage(span, text) for span in told.cue],
        content=[passage(span, text) for span in told.content],
        answers=passage(told.answers, text) if told.answers else None,
        day=_day(witness),
        why=told.why,
    )


def citation(witness: Witness) -> Citation:
    return Citation(
        id=_id(witness),
        code=witness.record.code,
        version=witness.version.number,
        fingerprint=witness.fingerprint,
        start=witness.start,
        end=witness.end,
        url=_sentence(witness),
        headline=witness.story.headline,
        language=witness.record.language,
        published=_stated(witness.story.published),
    )


def coded(witness: Witness) -> CodedEvent:
    """Return an event as the tools of the field are given it."""
    assert isinstance(witness.value, Event)
    return CodedEvent(
        id=_id(witness),
        url=_sentence(witness),
        event=witness.value,
        story=witness.story,
        reading=witness.reading,
        code=witness.record.code,
        version=witness.version.number,
        fingerprint=witness.fingerprint,
        day=witness.record.published_at.date().isoformat(),
        publisher=witness.record.credit or witness.story.site_name or "",
    )


def passage(span: Span, text: str) -> Passage:
    return Passage(start=span.start, end=span.end, text=span.of(text))


def _id(witness: Witness) -> str:
    return f"{witness.record.code}-{witness.fingerprint}"


def _sentence(witness: Witness) -> str:
    return f"{permalink(witness.record)}#{anchor(witness.fingerprint)}"


def _day(witness: Witness) -> str:
    moment = witness.moment
    return (moment and first_day(moment)) or witness.record.published_at.date().isoformat()


def _parties(witness: Witness, keys: Iterable[str]) -> list[Participant]:
    return [_party(actor) for key in keys if (actor := witness.actor(key))]


def _party(actor: Actor) -> Participant:
    role = actor.role
    return Participant(
        key=actor.key,
        name=actor.name,
        kind=actor.kind,
        named=actor.named,
        country=actor.country,
        sector=actor.sector,
        role=Office(office=role.office, country=role.country, organisation=role.organisation) if role else None,
    )


def _stated(stamp: Stamp | None) -> str | None:
    return stamp.value + (stamp.zone or "" if "T" in stamp.value else "") if stamp else None
