"""What a verb needs to know of the press: the site prints, the newsroom only says when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db import transaction

from dateline.archive import days
from dateline.archive.editions import editions_of
from dateline.archive.models import Record, Rendering, Touch
from dateline.archive.renderings import etag_of, pack
from dateline.archive.touches import touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page, printed. ``path`` is below the site's address."""

    path: str
    content_type: str
    body: bytes
    status: int = 200


Page = tuple[Sheet, bytes]  # and its packed body


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where the lists of the site have a published record: what decides on which pages it is named.

    ``told`` are the days its text puts events on.
    """

    code: int
    language: str
    section: str
    day: date
    told: frozenset[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A record, and where it stood before and stands after: None where no list has it."""

    record: Record
    before: Whereabouts | None
    after: Whereabouts | None

    @property
    def standings(self) -> tuple[Whereabouts, ...]:
        return tuple(dict.fromkeys(each for each in (self.before, self.after) if each is not None))


class Press(Protocol):
    """Prints the pages of the site."""

    @property
    def digest(self) -> str:
        """A digest of everything but the records that the pages depend on: templates, address, name, version."""
        ...

    @property
    def later(self) -> bool:
        """Whether verbs only mark pages stale, for the worker to press: for work in bulk."""
        ...

    def sheets(self, record: Record) -> Iterable[Sheet]:
        """Return the pages of a record: of its story while published, of its notice once withdrawn."""
        ...

    def touched(self, change: Shift) -> Iterable[str]:
        """Return the addresses of all other pages that a change may alter."""
        ...

    def sheet(self, path: str) -> Sheet | None:
        """Return the page at an address that ``touched`` gives, None where nothing stands there now."""
        ...

    def addresses(self) -> Iterator[str]:
        """Yield the address of every page that stands now; a record's pages by its short address."""
        ...


def standing(record: Record) -> Whereabouts | None:
    """Return where the lists have a record. Ask before a change, and tell ``print_pages``."""
    if record.state != Record.State.PUBLISHED:
        return None
    return Whereabouts(
        code=record.code,
        language=record.language,
        section=record.section_slug,
        day=record.published_at.date(),
        told=days.told_by(record),
    )


def print_pages(record: Record, *, before: Whereabouts | None, press: Press, now: datetime) -> None:
    """Press the pages of a record and of its other editions anew, and mark stale whatever else names it.

    Call it inside the verb's transaction, when all else is written.
    """
    change = Shift(record=record, before=before, after=standing(record))
    codes = [record.code, *(counterpart.record.code for counterpart in editions_of(record))]
    own = list(Record.objects.with_current().filter(code__in=codes))
    named = [short(each) for each in own]
    if press.later:
        touch([*named, *press.touched(change)], now=now)
    else:
        touch(named, now=now, pressed=True)
        touch(press.touched(change), now=now)
    Rendering.objects.filter(record__in=own).delete()
    if not press.later:
        for each in own:
            _keep(each, [(sheet, pack(sheet.body)) for sheet in press.sheets(each)], press=press, now=now)


def press_again(places: Sequence[Touch], *, press: Press, now: datetime) -> int:
    """Press the stale pages at touched addresses; return how many stand there now.

    Printed outside any transaction, kept in one; what was touched again in the meantime is left for the next round.
    """
    codes = [int(place.path[1:]) for place in places if place.path[1:].isdecimal()]
    records = {short(record): record for record in Record.objects.with_current().filter(code__in=codes)}
    printed = [(place, records.get(place.path), _printed(place, records, press)) for place in places]
    kept = 0
    with transaction.atomic():
        for place, record, pages in printed:
            # The row is locked from here on: a change that touches the page waits, and takes away what is kept now.
            if Touch.objects.filter(pk=place.pk, number=place.number).update(pressed=True):
                Rendering.objects.filter(path__in=[sheet.path for sheet, _ in pages]).delete()
                kept += _keep(record, pages, press=press, now=now)
    return kept


def _printed(place: Touch, records: dict[str, Record], press: Press) -> list[Page]:
    record = records.get(place.path)
    sheets = press.sheets(record) if record else [sheet for sheet in [press.sheet(place.path)] if sheet]
    return [(sheet, pack(sheet.body)) for sheet in sheets]


def short(record: Record) -> str:
    """Return the short address of a record, which stands for all its pages in the journal."""
    return f"/{record.code}"


def _keep(record: Record | None, pages: Iterable[Page], *, press: Press, now: datetime) -> int:
    made = Rendering.objects.bulk_create(
        Rendering(
            path=sheet.path,
            record=record,
            status=sheet.status,
            content_type=sheet.content_type,
            etag=etag_of(sheet.body),
            body=body,
            press=press.digest,
            pressed_at=now,
        )
        for sheet, body in pages
    )
    return len(made)
