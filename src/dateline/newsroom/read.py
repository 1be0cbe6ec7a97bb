"""Read a version: store its Reading, and index its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Protocol

from django.db import transaction

from dateline.archive.models import Act, Entity, Finding, Record, Version
from dateline.newsroom.press import Press, print_pages, standing
from dateline.plain import to_plain
from dateline.reading.fingerprints import fingerprint
from dateline.reading.people import surname_of
from dateline.story import Event, Mention, Moment, Place, Quote, Reading, Story


class Reader(Protocol):
    """What reads a story, and may ask ``known`` for the one person of a surname."""

    def __call__(self, story: Story, *, known: Callable[[str], str | None]) -> Reading: ...


def read(version: Version, *, reader: Reader, by: str, now: datetime, press: Press | None = None) -> Reading:
    """Read ``version`` with ``reader`` and rebuild its record's findings.

    The reader may ask whom the archive knows by a surname.

    The parse runs outside the transaction, so that a slow reading locks nobody out. A published story is pressed
    anew when a ``press`` is given.
    """
    story = version.as_story()
    reading = reader(story, known=Entity.objects.person_called)
    with transaction.atomic():
        version.reading = to_plain(reading)
        version.reader = reading.reader
        version.save(update_fields=["reading", "reader"])
        record = version.record
        if record.current_id == version.pk:
            _index(record, story, reading)
            if press is not None and record.state == Record.State.PUBLISHED:
                print_pages(record, before=standing(record), press=press, now=now)
        Act.objects.create(verb="read", record=record, by=by, at=now, detail={"reader": reading.reader})
    return reading


def _index(record: Record, story: Story, reading: Reading) -> None:
    """Rebuild the Finding rows of a record from its Reading."""
    entities = {}
    for actor in reading.actors:
        if actor.named:
            entities[actor.key], _ = Entity.objects.get_or_create(
                key=actor.key,
                defaults={
                    "kind": actor.kind,
                    "name": actor.name,
                    "country": actor.country or "",
                    "surname": surname_of(actor.name) if actor.kind == "PER" else "",
                },
            )
    Finding.objects.filter(record=record).delete()
    Finding.objects.bulk_create(
        Finding(
            record=record,
            kind=type(found).__name__.lower(),
            fingerprint=fingerprint(found, story.text),
            start=start,
            end=end,
            label=story.text[start:end],
            value=value,
            entity=entities.get(key or ""),
        )
        for found, start, end, value, key in _rows(reading)
    )


Row = tuple[Mention | Moment | Place | Quote | Event, int, int, str, str | None]


def _rows(reading: Reading) -> Iterator[Row]:
    """Yield each finding with its extent, the value it is looked up by and its actor."""
    for mention in reading.mentions:
        yield mention, mention.span.start, mention.span.end, mention.kind, mention.entity
    for moment in reading.moments:
        yield moment, moment.span.start, moment.span.end, moment.value, None
    for place in reading.places:
        yield place, place.span.start, place.span.end, place.country or "", None
    for quote in reading.quotes:
        spans = (*quote.source, *quote.cue, *quote.content)
        yield quote, min(s.start for s in spans), max(s.end for s in spans), quote.stance, quote.speaker
    for event in reading.events:
        yield event, event.span.start, event.span.end, event.type, event.actors[0] if event.actors else None
