"""Have pages pressed anew that an older press printed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dateline.archive.models import Act, Record, Touch
from dateline.archive.touches import touch, touch_everything
from dateline.newsroom.press import Press


@transaction.atomic
def refresh(*, press: Press, by: str, now: datetime, everything: bool = False) -> int:
    """Mark the pages stale that another press printed, or all; return how many places wait to be pressed."""
    if everything or (not Touch.objects.exists() and Record.objects.exclude(state=Record.State.FILED).exists()):
        stale = touch_everything(now=now)
        touch(press.addresses(), now=now)
    else:
        stale = touch_everything(now=now, but=press.digest)
    waiting = Touch.objects.waiting().count()
    if stale:
        Act.objects.create(verb="refresh", by=by, at=now, detail={"places": waiting})
    return waiting
