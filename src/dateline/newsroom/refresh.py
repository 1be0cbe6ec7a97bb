"""Press pages anew that an older press printed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dateline.archive.models import Act, Record
from dateline.newsroom.press import Press, print_pages


def refresh(*, press: Press, by: str, now: datetime, everything: bool = False) -> int:
    """Press the stale pages anew, a record at a time; return how many pages were pressed."""
    records = Record.objects.exclude(state=Record.State.FILED)
    stale = records if everything else records.filter(renderings__isnull=False).exclude(renderings__press=press.digest)
    pressed = 0
    for record in stale.distinct().iterator():
        with transaction.atomic():
            pressed += print_pages(record, press=press, now=now)
    if pressed:
        Act.objects.create(verb="refresh", by=by, at=now, detail={"pages": pressed})
    return pressed
