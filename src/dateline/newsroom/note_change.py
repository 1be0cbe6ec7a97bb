"""Ask that those who watch for it at once are told of a change: later, by a worker, so that publishing stays fast."""

from __future__ import annotations

from datetime import datetime

from dateline.archive.models import Record, Watch
from dateline.newsroom.schedule import schedule


def note_change(*records: Record, now: datetime) -> None:
    """Put an alert for each record on the list, if anybody watches at once. Call it in the change's transaction."""
    if Watch.objects.filter(rhythm=Watch.Rhythm.ONCE).exists():
        for record in records:
            schedule("alert", record.code, due_at=now)
