"""Make anew what was made by older code: pressed pages, and the index of findings."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dateline.archive.indexing import index_findings
from dateline.archive.models import Act, Record, Touch
from dateline.archive.touches import touch, touch_everything
from dateline.newsroom.press import Press


def refresh(*, press: Press, by: str, now: datetime, everything: bool = False) -> int:
    """Mark the pages stale that another press printed, or all; return how many places wait to be pressed.

    Readings that have no rows in the index of findings get them; with ``everything``, all do anew.
    """
    _index(everything=everything)
    return _mark_stale(press, by=by, now=now, everything=everything)


@transaction.atomic
def _mark_stale(press: Press, *, by: str, now: datetime, everything: bool) -> int:
    if everything or (not Touch.objects.exists() and Record.objects.exclude(state=Record.State.FILED).exists()):
        stale = touch_everything(now=now)
        touch(press.addresses(), now=now)
    else:
        stale = touch_everything(now=now, but=press.digest)
    waiting = Touch.objects.waiting().count()
    if stale:
        Act.objects.create(verb="refresh", by=by, at=now, detail={"places": waiting})
    return waiting


def _index(*, everything: bool) -> None:
    read = Record.objects.filter(current__reading__isnull=False)
    if not everything:
        read = read.exclude(findings__isnull=False)
    for record in read.with_current().iterator(chunk_size=500):
        if record.current and (reading := record.current.as_reading()):
            with transaction.atomic():
                index_findings([(record, record.current.as_story(), reading)])
