"""What a verb needs to know of the press: the site prints, the newsroom only says when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dateline.archive.editions import editions_of
from dateline.archive.models import Record, Rendering
from dateline.archive.renderings import etag_of, pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page, printed. ``path`` is below the site's address."""

    path: str
    content_type: str
    body: bytes
    status: int = 200


class Press(Protocol):
    """Prints the pages that belong to one record, as it stands."""

    @property
    def digest(self) -> str:
        """A digest of everything but the record that the pages depend on: templates, address, name, version."""
        ...

    def sheets(self, record: Record) -> Iterable[Sheet]:
        """Return the pages of a record: of its story while published, of its notice once withdrawn."""
        ...


def print_pages(record: Record, *, press: Press, now: datetime) -> int:
    """Replace the pressed pages of a record; return how many there are. Call it inside the verb's transaction."""
    Rendering.objects.filter(record=record).delete()
    pages = [
        Rendering(
            path=sheet.path,
            record=record,
            status=sheet.status,
            content_type=sheet.content_type,
            etag=etag_of(sheet.body),
            body=pack(sheet.body),
            press=press.digest,
            pressed_at=now,
        )
        for sheet in press.sheets(record)
    ]
    Rendering.objects.bulk_create(pages)
    return len(pages)


def print_editions(record: Record, *, press: Press, now: datetime) -> None:
    """Press a record's pages, and those of its editions in other languages: they tell of it."""
    print_pages(record, press=press, now=now)
    for counterpart in editions_of(record):
        print_pages(counterpart.record, press=press, now=now)
