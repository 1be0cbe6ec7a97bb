"""Newest first through the index, no further than asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from dateline.archive.search.keys import MOST
from dateline.archive.search.matching import Asked


def newest(asked: Asked, *, most: int, before: int = MOST) -> list[int]:
    """Return the keys of what is asked, newest first: at most so many, all less than ``before``."""
    last = min(asked.last, before - 1)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT rowid FROM archive_search WHERE archive_search MATCH %s AND rowid BETWEEN %s AND %s"
                " ORDER BY rowid DESC LIMIT %s",
                [asked.match, asked.first, last, most],
            )
        else:
            cursor.execute(
                "SELECT rowid FROM archive_search WHERE words @@ %s::tsquery AND rowid BETWEEN %s AND %s"
                " ORDER BY rowid DESC LIMIT %s",
                [asked.match, asked.first, last, most],
            )
        return [key for (key,) in cursor.fetchall()]


def rows(keys: Sequence[int], columns: str) -> list[tuple[Any, ...]]:
    """Return the columns of these keys' entries, in any order."""
    if not keys:
        return []
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(keys))
        cursor.execute(f"SELECT rowid, {columns} FROM archive_search WHERE rowid IN ({marks})", list(keys))  # noqa: S608
        return list(cursor.fetchall())
