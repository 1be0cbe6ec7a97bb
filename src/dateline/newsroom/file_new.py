"""File new stories: each gets a code, a record, its first version, a sketch, a sighting and an act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import OuterRef, Subquery

from dateline.archive.codes import next_codes, reserve
from dateline.archive.filing import filing
from dateline.archive.models import Act, Record, Sighting, Source, Version
from dateline.archive.rows import insert, insert_told
from dateline.archive.sketches import keep_sketches
from dateline.clean.arrivals import Arrival
from dateline.text.slugs import slug


@filing()
def file_new(
    found: Sequence[tuple[Arrival, Source]], *, by: str, now: datetime, code: int | None = None, outcome: str = "new"
) -> list[Record]:
    """Return the records of stories that are new, each with the source it was found in, in their order.

    ``code`` is the one a single story brought with it. Whether they are new is for the caller to know (see
    ``recognise``). The cost of one does not depend on how many there are, nor on the archive.
    """
    if code is not None:
        reserve(code)
        codes = [code]
    else:
        codes = list(next_codes(len(found)))
    records = insert_told(_record(arrival, code, now=now) for (arrival, _), code in zip(found, codes, strict=True))
    versions = insert_told(
        Version(record=record, number=1, story=arrival.plain, digest=arrival.words, filed_at=now)
        for record, (arrival, _) in zip(records, found, strict=True)
    )
    first = Version.objects.filter(record=OuterRef("pk")).values("pk")
    Record.objects.filter(pk__in=[record.pk for record in records]).update(current=Subquery(first))
    for record, version in zip(records, versions, strict=True):
        record.current = version
    keep_sketches((version, arrival.sketch) for version, (arrival, _) in zip(versions, found, strict=True))
    insert(
        sighting_of(version, arrival, source, now=now)
        for version, (arrival, source) in zip(versions, found, strict=True)
    )
    insert(
        Act(
            verb="take in",
            record=record,
            by=by,
            at=now,
            detail={"outcome": outcome, "source": source.slug, "known by": None},
        )
        for record, (_, source) in zip(records, found, strict=True)
    )
    return records


def sighting_of(version: Version, arrival: Arrival, source: Source, *, now: datetime) -> Sighting:
    """Return the sighting, not yet saved, of a story that said what ``version`` says."""
    story = arrival.story
    return Sighting(
        record=version.record,
        version=version,
        source=source,
        guid=arrival.guid,
        url=story.url or "",
        page=arrival.page,
        foreign_code=story.code or "",
        item_format=arrival.item_format,
        digest=arrival.digest,
        raw=arrival.raw,
        first_seen_at=now,
        last_seen_at=now,
    )


def _record(arrival: Arrival, code: int, *, now: datetime) -> Record:
    story = arrival.story
    record = Record(code=code, slug=slug(story.headline), language=story.language, published_at=now, filed_at=now)
    record.say(story, now=now)
    return record
