"""Publish a story now, or at the hour its embargo ends."""

from __future__ import annotations

from datetime import datetime

from dateline.archive.models import Record
from dateline.newsroom.press import Press
from dateline.newsroom.publish import publish
from dateline.newsroom.schedule import schedule


def release(record: Record, *, by: str, now: datetime, press: Press) -> bool:
    """Return True where ``record`` was published, False where its embargo holds: it is then scheduled."""
    if record.embargoed_until is not None and record.embargoed_until > now:
        schedule("publish", record.code, due_at=record.embargoed_until)
        return False
    publish(record, by=by, now=now, press=press)
    return True
