"""Newest first through the index, no further than asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from dateline.archive.search.keys import MOST, day_of
from dateline.archive.search.matching import Asked, covering
from dateline.archive.search.tsvectors import lexeme
from dateline.text.queries import Days

# PostgreSQL gathers every match before it sorts. Asked for the days of the newest so many stories first, it gathers
# those only, and a frequent word is done with; what is left to the last, unbounded look is not frequent.
_STRETCHES = (4_000, 32_000)
# The sum keeps the planner from walking the primary key: it thinks that cheap, and unpacks each vector it passes.
_SELECT = "SELECT rowid FROM archive_search WHERE words @@ %s::tsquery AND rowid + 0 BETWEEN %s AND %s"


def newest(asked: Asked, *, most: int, before: int = MOST) -> list[int]:
    """Return the keys of what is asked, newest first: at most so many, all less than ``before``."""
    last = min(asked.last, before - 1)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM archive_search WHERE archive_search MATCH %s AND rowid BETWEEN %s AND %s"
                " ORDER BY rowid DESC LIMIT %s",
                [asked.match, asked.first, last, most],
            )
            return [key for (key,) in cursor.fetchall()]
    found: list[int] = []
    for match, first, end in _stretches(asked, last):
        found += _within(match, first, end, most=most - len(found))
        if len(found) >= most:
            break
    return found


def rows(keys: Sequence[int], columns: str) -> list[tuple[Any, ...]]:
    """Return the columns of these keys' entries, in any order."""
    if not keys:
        return []
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(keys))
        cursor.execute(f"SELECT rowid, {columns} FROM archive_search WHERE rowid IN ({marks})", list(keys))  # noqa: S608
        return list(cursor.fetchall())


def _stretches(asked: Asked, last: int) -> Iterator[tuple[str, int, int]]:
    """Yield what to ask for in one stretch of keys after the other, newest first, all of them together."""
    for stories in _STRETCHES:
        first = _key_after(stories, asked.first, last)
        if first is None:
            break
        days = Days(first=day_of(first).isoformat(), last=day_of(last).isoformat())
        yield f"({asked.match}) & ({' | '.join(map(lexeme, covering(days)))})", first, last
        last = first - 1
    yield asked.match, asked.first, last


def _key_after(stories: int, first: int, last: int) -> int | None:
    """Return the key that so many newer ones are before, None where there are fewer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM archive_search WHERE rowid BETWEEN %s AND %s ORDER BY rowid DESC OFFSET %s LIMIT 1",
            [first, last, stories],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _within(match: str, first: int, last: int, *, most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_SELECT} ORDER BY rowid + 0 DESC LIMIT %s", [match, first, last, most])
        return [key for (key,) in cursor.fetchall()]
