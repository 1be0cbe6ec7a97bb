"""Read a version: store its Reading, and index its findings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from django.db import transaction

from dateline.archive.indexing import index_findings
from dateline.archive.models import Act, Entity, Record, Version
from dateline.archive.search import index
from dateline.newsroom.note_change import note_change
from dateline.newsroom.press import Press, print_pages, standing
from dateline.plain import to_plain
from dateline.story import Reading, Story


class Reader(Protocol):
    """What reads a story, and may ask ``known`` for the one person of a surname."""

    def __call__(self, story: Story, *, known: Callable[[str], str | None]) -> Reading: ...


def read(version: Version, *, reader: Reader, by: str, now: datetime, press: Press | None = None) -> Reading:
    """Read ``version`` with ``reader`` and keep what it found.

    The reader may ask whom the archive knows by a surname. The parse runs outside the transaction, so that a slow
    reading locks nobody out.
    """
    reading = reader(version.as_story(), known=Entity.objects.person_called)
    keep_reading(version, reading, by=by, now=now, press=press)
    return reading


@transaction.atomic
def keep_reading(version: Version, reading: Reading, *, by: str, now: datetime, press: Press | None = None) -> None:
    """Store the Reading of a version and rebuild its record's findings.

    A published story is pressed anew when a ``press`` is given.
    """
    version.reading = to_plain(reading)
    version.reader = reading.reader
    version.save(update_fields=["reading", "reader"])
    record = version.record
    if record.current_id == version.pk:
        before = standing(record)
        index_findings([(record, version.as_story(), reading)])
        if record.state == Record.State.PUBLISHED:
            index(record)
            note_change(record, now=now)
            if press is not None:
                print_pages(record, before=before, press=press, now=now)
    Act.objects.create(verb="read", record=record, by=by, at=now, detail={"reader": reading.reader})
