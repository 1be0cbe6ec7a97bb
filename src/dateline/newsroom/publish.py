"""Put filed stories on the site."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dateline.archive.indexing import show_findings
from dateline.archive.models import Act, Record
from dateline.archive.rows import insert
from dateline.archive.search import index_many
from dateline.newsroom.note_change import note_change
from dateline.newsroom.press import Press, Shift, print_all, standing
from dateline.story import Refused


@transaction.atomic
def publish(*records: Record, by: str, now: datetime, press: Press) -> None:
    """Publish ``records``, press their pages and put them into the search: all or none.

    Raises Refused for one that is withdrawn or under embargo.
    """
    for record in records:
        _need_publishable(record, now=now)
    before = [standing(record) for record in records]
    public = Record.objects.published()
    opened = {each for each in {record.language for record in records} if not public.in_language(each).exists()}
    for record in records:
        record.state = Record.State.PUBLISHED
        record.released_at = record.released_at or now
        record.changed_at = now
    held = Record.objects.filter(pk__in=[record.pk for record in records])
    held.filter(released_at=None).update(released_at=now)
    held.update(state=Record.State.PUBLISHED, changed_at=now)
    index_many(held.to_index())
    show_findings(*records, is_public=True)
    shifts = [
        Shift(record=record, before=stood, after=standing(record), opens=record.language in opened)
        for record, stood in zip(records, before, strict=True)
    ]
    print_all(shifts, press=press, now=now)
    note_change(*records, now=now)
    insert(
        Act(verb="publish", record=record, by=by, at=now, detail={"version": record.current.number})
        for record in records
        if record.current
    )


def _need_publishable(record: Record, *, now: datetime) -> None:
    if record.state == Record.State.WITHDRAWN:
        raise Refused("withdrawn", f"{record.code}: a withdrawn story is not published again")
    if record.embargoed_until is not None and record.embargoed_until > now:
        raise Refused("embargoed", f"{record.code}: under embargo until {record.embargoed_until:%Y-%m-%d %H:%M} UTC")
    if record.current is None:
        raise Refused("no-text", f"{record.code}: there is no version to publish")
