"""Put a filed story on the site."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dateline.archive.indexing import show_findings
from dateline.archive.models import Act, Record
from dateline.archive.search import index
from dateline.newsroom.note_change import note_change
from dateline.newsroom.press import Press, print_pages, standing
from dateline.story import Refused


@transaction.atomic
def publish(record: Record, *, by: str, now: datetime, press: Press) -> Record:
    """Publish ``record``, press its pages and put it into the search. Raises Refused if withdrawn or under embargo."""
    if record.state == Record.State.WITHDRAWN:
        raise Refused("withdrawn", f"{record.code}: a withdrawn story is not published again")
    if record.embargoed_until is not None and record.embargoed_until > now:
        raise Refused("embargoed", f"{record.code}: under embargo until {record.embargoed_until:%Y-%m-%d %H:%M} UTC")
    if record.current is None:
        raise Refused("no-text", f"{record.code}: there is no version to publish")
    before = standing(record)
    record.state = Record.State.PUBLISHED
    record.released_at = record.released_at or now
    record.changed_at = now
    record.save(update_fields=["state", "released_at", "changed_at"])
    index(record)
    show_findings(record, is_public=True)
    print_pages(record, before=before, press=press, now=now)
    note_change(record, now=now)
    Act.objects.create(verb="publish", record=record, by=by, at=now, detail={"version": record.current.number})
    return record
