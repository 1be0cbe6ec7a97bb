"""Make anew what was made by older code: pressed pages, and the index of findings."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dateline.archive.indexing import index_findings
from dateline.archive.models import Act, Record
from dateline.newsroom.press import Press, print_pages


def refresh(*, press: Press, by: str, now: datetime, everything: bool = False) -> int:
    """Press the stale pages anew, a record at a time; return how many pages were pressed.

    Readings that have no rows in the index of findings get them; with ``everything``, all do anew.
    """
    _index(everything=everything)
    records = Record.objects.exclude(state=Record.State.FILED)
    stale = records if everything else records.filter(renderings__isnull=False).exclude(renderings__press=press.digest)
    pressed = 0
    for record in stale.distinct().iterator():
        with transaction.atomic():
            pressed += print_pages(record, press=press, now=now)
    if pressed:
        Act.objects.create(verb="refresh", by=by, at=now, detail={"pages": pressed})
    return pressed


def _index(*, everything: bool) -> None:
    read = Record.objects.filter(current__reading__isnull=False)
    if not everything:
        read = read.exclude(findings__isnull=False)
    for record in read.with_current().iterator(chunk_size=500):
        if record.current and (reading := record.current.as_reading()):
            with transaction.atomic():
                index_findings([(record, record.current.as_story(), reading)])
