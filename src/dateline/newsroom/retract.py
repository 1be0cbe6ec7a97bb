"""Withdraw a story."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dateline.archive.indexing import show_findings
from dateline.archive.models import Act, Correction, Record
from dateline.archive.search import unindex
from dateline.newsroom.note_change import note_change
from dateline.newsroom.press import Press, print_pages, standing
from dateline.story import Refused


@transaction.atomic
def retract(record: Record, *, by: str, reason: str, now: datetime, press: Press) -> Correction:
    """Withdraw ``record`` with a public notice; its addresses answer 410 from the moment this returns.

    A story that was never published is withdrawn without pages, as nobody saw it. Raises Refused
    when it is withdrawn already or no reason is given.
    """
    if record.state == Record.State.WITHDRAWN:
        raise Refused("withdrawn", f"{record.code}: withdrawn already")
    if not reason.strip():
        raise Refused("no-reason", f"{record.code}: say what readers shall be told")
    before = standing(record)
    record.state = Record.State.WITHDRAWN
    record.changed_at = now
    record.save(update_fields=["state", "changed_at"])
    unindex(record)
    show_findings(record, is_public=False)
    notice = Correction.objects.create(
        record=record,
        version=record.current,
        kind=Correction.Kind.RETRACTION,
        note=reason.strip(),
        by=by,
        at=now,
    )
    if before is not None:
        print_pages(record, before=before, press=press, now=now)
        note_change(record, now=now)
    Act.objects.create(verb="retract", record=record, by=by, at=now, detail={"reason": reason.strip()})
    return notice
