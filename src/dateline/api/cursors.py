"""Cursors: where a list was left, so that new stories above it neither hide nor repeat one. Opaque to callers."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from dateline.api.refusing import BadQuestion
from dateline.archive.dossiers import Mark
from dateline.archive.models import Record

_BETWEEN = "_"
_LARGEST = 2**63


def of(record: Record) -> str:
    """Return the cursor that stands behind a record."""
    return f"{record.published_at:%Y%m%dT%H%M%S.%f%z}{_BETWEEN}{record.code}".replace("+0000", "Z")


def after(cursor: str) -> Q:
    """Return what holds for the records behind a cursor, newest first. Raises BadQuestion for anything else."""
    at, _, code = cursor.partition(_BETWEEN)
    try:
        moment = datetime.strptime(at, "%Y%m%dT%H%M%S.%f%z")
    except ValueError as error:
        raise BadQuestion("cursor", "this is no cursor of ours") from error
    return Q(published_at__lt=moment) | Q(published_at=moment, code__lt=number(code))


def of_mark(mark: Mark | None) -> str | None:
    """Return the cursor that stands behind a finding."""
    return f"{mark[0]:%Y%m%d}{_BETWEEN}{mark[1]}" if mark else None


def mark(cursor: str | None) -> Mark | None:
    """Return where a cursor stands in a list of findings. Raises BadQuestion."""
    if not cursor:
        return None
    day, _, row = cursor.partition(_BETWEEN)
    try:
        return date.fromisoformat(day), number(row)
    except ValueError as error:
        raise BadQuestion("cursor", "this is no cursor of ours") from error


def number(cursor: str) -> int:
    """Return the number a cursor is. Raises BadQuestion."""
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 20 and int(cursor) < _LARGEST):
        raise BadQuestion("cursor", "this is no cursor of ours")
    return int(cursor)
