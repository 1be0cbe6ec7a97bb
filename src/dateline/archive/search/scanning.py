"""Newest first through the index, no further than asked."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from dateline.archive.search.keys import LEAST, MOST, day_of, first_key, last_key
from dateline.archive.search.matching import Asked, covering
from dateline.archive.search.tsvectors import lexeme
from dateline.text.queries import Days

# How many stories are looked at, the newest: on PostgreSQL each by itself for words that stand together, on SQLite all
# that hold what is wanted, for those that lack what is not.
LOOKED_AT = {"postgresql": 2_000, "sqlite": 30_000}
# PostgreSQL gathers every match before it sorts. Asked for the days of the newest so many stories first, it gathers
# those only, and a frequent word is done with; what is left to the last, unbounded look is not frequent.
_STRETCHES = (4_000, 32_000)
_FEW_DAYS = 10
_CHECKED_AT_ONCE = 2_000
_FTS5 = (
    "SELECT rowid FROM archive_search WHERE archive_search MATCH %s AND rowid BETWEEN %s AND %s"
    " ORDER BY rowid DESC LIMIT %s"
)
_FTS5_AFTER = f"{_FTS5} OFFSET %s"
_KEY_AFTER = "SELECT rowid FROM archive_search WHERE rowid BETWEEN %s AND %s ORDER BY rowid DESC LIMIT 1 OFFSET %s"
_ENDS = (
    "(SELECT rowid FROM archive_search WHERE rowid BETWEEN %s AND %s ORDER BY rowid LIMIT 1) UNION ALL"
    " (SELECT rowid FROM archive_search WHERE rowid BETWEEN %s AND %s ORDER BY rowid DESC LIMIT 1)"
)
# The function behind @@: an operator would lead the planner back to the index, for all the stories there are.
_CHECK = (
    "SELECT rowid FROM archive_search WHERE rowid = ANY(%s) AND ts_match_vq(words, %s::tsquery)"
    " ORDER BY rowid DESC LIMIT %s"
)
# The sum keeps the planner from walking the primary key: it thinks that cheap, and unpacks each vector it passes.
_SELECT = "SELECT rowid FROM archive_search WHERE words @@ %s::tsquery AND rowid + 0 BETWEEN %s AND %s"


def newest(asked: Asked, *, most: int, before: int = MOST, is_bounded: bool = True) -> tuple[list[int], int | None]:
    """Return the keys of what is asked, newest first: at most so many, all less than ``before``.

    Where more than LOOKED_AT had to be looked at, it ends there, unless it is not bounded, and returns the key it
    reached, below which it did not look; None else.
    """
    last = min(asked.last, before - 1)
    if connection.vendor == "sqlite":
        return _newest_fts5(asked, last, most=most, is_bounded=is_bounded)
    checks = LOOKED_AT[connection.vendor] if is_bounded else MOST
    found: list[int] = []
    for match, first, end in _stretches(asked, last):
        if asked.exact is None:
            found += _within(match, first, end, most=most - len(found))
        below = end
        while asked.exact is not None and len(found) < most:
            if not checks:
                return found, below + 1
            at_once = min(checks, _CHECKED_AT_ONCE)
            keys = _within(match, first, below, most=at_once)
            found += _run(_CHECK, [keys, asked.exact, most - len(found)])
            checks -= len(keys)
            if len(keys) < at_once:
                break
            below = keys[-1] - 1
        if len(found) >= most:
            break
    return found, None


def holds(asked: Asked, key: int) -> bool:
    """Tell whether what is asked finds this entry."""
    if not asked.first <= key <= asked.last:
        return False
    if connection.vendor == "sqlite":
        # Each side by itself: a NOT that fails here would read on.
        if not _run(_FTS5, [asked.match, key, key, 1]):
            return False
        return asked.unwanted is None or not _run(_FTS5, [asked.unwanted, key, key, 1])
    return bool(_run(_CHECK, [[key], asked.exact or asked.match, 1]))


def rows(keys: Sequence[int], columns: str) -> list[tuple[Any, ...]]:
    """Return the columns of these keys' entries, in any order."""
    if not keys:
        return []
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(keys))
        cursor.execute(f"SELECT rowid, {columns} FROM archive_search WHERE rowid IN ({marks})", list(keys))  # noqa: S608
        return list(cursor.fetchall())


def _newest_fts5(asked: Asked, last: int, *, most: int, is_bounded: bool) -> tuple[list[int], int | None]:
    """Return the newest as ``newest`` does, in whole days where it ends before the end.

    FTS5 begins at the newest story, and its NOT reads on to the next one it finds, whatever the range of keys. Days on
    both sides of the range, which it does find, bring it there and end it.
    """
    match, first = asked.match, asked.first
    if asked.unwanted:
        match = f"({asked.match} NOT {asked.unwanted})"
    if asked.unwanted and is_bounded and (outside := _days_outside(asked, last)):
        edges = " OR ".join(f'"{day}"' for each in outside for day in _around(each, each))
        match = f"(({asked.match} OR {edges}) NOT ({asked.unwanted} NOT ({edges})))"
        first = max(first, last_key(outside[0].isoformat()) + 1)
    found = _run(_FTS5, [match, first, last, most])
    return found, first if len(found) < most and first > asked.first else None


def _days_outside(asked: Asked, last: int) -> list[date]:
    """Return the day with stories before all that are looked at, and the newest day if it is after them.

    None of them where all may be looked at.
    """
    reached = _run(_FTS5_AFTER, [asked.match, asked.first, last, 1, LOOKED_AT["sqlite"]])
    below = _key_after(0, LEAST, first_key(day_of(reached[0]).isoformat()) - 1) if reached else None
    newest_key = _key_after(0, LEAST, MOST)
    if below is None or newest_key is None:
        return []
    return [day_of(below), *(day for day in [day_of(newest_key)] if day > day_of(last))]


def _stretches(asked: Asked, last: int) -> Iterator[tuple[str, int, int]]:
    """Yield what to ask for in one stretch of keys after the other, newest first, all of them together."""
    for stories in _STRETCHES:
        newest_key = _key_after(0, asked.first, last)
        first = _key_after(stories, asked.first, last)
        if first is None or newest_key is None:
            break
        days = " | ".join(map(lexeme, _around(day_of(first), day_of(newest_key))))
        yield f"({asked.match}) & ({days})", first, last
        last = first - 1
    if asked.first == LEAST and asked.last == MOST:
        yield asked.match, asked.first, last
        return
    ends = _run(_ENDS, [asked.first, last] * 2)
    if len(ends) == 2:
        days = " | ".join(map(lexeme, _around(day_of(ends[0]), day_of(ends[1]))))
        yield f"({asked.match}) & ({days})", asked.first, last


def _around(first: date, last: date) -> list[str]:
    """Return few tokens of days, or months and years, that hold all of these days: each costs time for each story."""
    if (last - first).days >= _FEW_DAYS:
        first, last = first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])
    return covering(Days(first=first.isoformat(), last=last.isoformat()))


def _key_after(stories: int, first: int, last: int) -> int | None:
    """Return the key that so many newer ones are before, None where there are fewer."""
    return next(iter(_run(_KEY_AFTER, [first, last, stories])), None)


def _within(match: str, first: int, last: int, *, most: int) -> list[int]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Else the planner reads the whole table: it takes unpacking a vector for nothing.
            cursor.execute("SET LOCAL enable_seqscan = off")
        found = _run(f"{_SELECT} ORDER BY rowid + 0 DESC LIMIT %s", [match, first, last, most])
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = on")
    return found


def _run(statement: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [key for (key,) in cursor.fetchall()]
