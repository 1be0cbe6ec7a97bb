"""Ask that those who watch for it at once are told of a change: later, by a worker, so that publishing stays fast."""

from __future__ import annotations

from datetime import datetime

from dateline.archive.models import Record, Watch
from dateline.newsroom.schedule import schedule


def note_change(record: Record, *, now: datetime) -> None:
    """Put an alert for ``record`` on the list, if anybody watches at once. Call it in the change's transaction."""
    if Watch.objects.filter(rhythm=Watch.Rhythm.ONCE).exists():
        schedule("alert", record.code, due_at=now)
