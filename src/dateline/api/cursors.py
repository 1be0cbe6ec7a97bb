"""Cursors: where a list of stories was left, so that new stories above it neither hide nor repeat one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from dateline.archive.models import Record

_BETWEEN = "_"


def of(record: Record) -> str:
    """Return the cursor that stands behind a record."""
    return f"{record.published_at:%Y%m%dT%H%M%S.%f%z}{_BETWEEN}{record.code}".replace("+0000", "Z")


def after(cursor: str) -> Q:
    """Return what holds for the records behind a cursor, newest first. Raises ValueError for anything else."""
    at, _, code = cursor.partition(_BETWEEN)
    moment = datetime.strptime(at, "%Y%m%dT%H%M%S.%f%z")
    if not code.isdecimal() or int(code) >= 2**63:
        raise ValueError(cursor)
    return Q(published_at__lt=moment) | Q(published_at=moment, code__lt=int(code))
