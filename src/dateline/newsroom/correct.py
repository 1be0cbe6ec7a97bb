"""Change what a story says, and tell readers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dateline.archive.indexing import drop_findings
from dateline.archive.models import Act, Correction, Record, Version
from dateline.archive.search import index
from dateline.newsroom.note_change import note_change
from dateline.newsroom.press import Press, print_pages, standing
from dateline.story import Refused, Story


@transaction.atomic
def correct(
    record: Record, story: Story, *, note: str | None, by: str, now: datetime, press: Press, verb: str = "correct"
) -> Version:
    """Make ``story`` the record's next version; with a ``note``, readers are told what was wrong.

    ``verb`` is what the audit calls it. The permanent path stays as it is, whatever the new headline: a slug is
    decoration. Raises Refused for a withdrawn story.
    """
    if record.state == Record.State.WITHDRAWN:
        raise Refused("withdrawn", f"{record.code}: a withdrawn story is not changed")
    before = standing(record)
    version = Version.of(record, story, now=now)
    record.adopt(version, story, now=now)
    drop_findings([record])
    if note:
        Correction.objects.create(
            record=record, version=version, kind=Correction.Kind.CORRECTION, note=note, by=by, at=now
        )
    if record.state == Record.State.PUBLISHED:
        index(record)
        print_pages(record, before=before, press=press, now=now)
        note_change(record, now=now)
    Act.objects.create(verb=verb, record=record, by=by, at=now, detail={"version": version.number, "note": note})
    return version
