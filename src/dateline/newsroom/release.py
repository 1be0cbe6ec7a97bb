"""Publish stories now, or at the hour their embargo ends."""

from __future__ import annotations

from datetime import datetime

from dateline.archive.models import Record
from dateline.newsroom.press import Press
from dateline.newsroom.publish import publish
from dateline.newsroom.schedule import schedule


def release(*records: Record, by: str, now: datetime, press: Press) -> int:
    """Publish those of the records that may be, have the others published when their embargo ends; return how many."""
    free = []
    for record in records:
        if record.embargoed_until is None or record.embargoed_until <= now:
            free.append(record)
        else:
            schedule("publish", record.code, due_at=record.embargoed_until)
    if free:
        publish(*free, by=by, now=now, press=press)
    return len(free)
