"""What SQLite's planner is told of the tables: the sizes of a large archive, in every archive.

Told nothing, it takes any column for a choice of ten rows, and begins with the million stories that are published
instead of with the twenty-five whose numbers it has. What it counts itself is true of the day it counts. With the same
figures everywhere, an archive of a hundred stories is asked as one of a million is: readers get the plans that were
measured. The way is SQLite's own ("Manual Control Of Query Plans Using SQLITE_STAT Tables", optoverview.html).
PostgreSQL counts by itself, and often.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connections

# Of each table its rows, and of each column that an index has how many of them share a value.
_LARGE: dict[str, tuple[int, dict[str, int]]] = {
    "act": (2_000_000, {"record_id": 2}),
    "apikey": (100, {"name": 1, "handle": 1}),
    "correction": (10_000, {"record_id": 1, "version_id": 1}),
    "counter": (2, {"name": 1}),
    "deliveredstory": (
        100_000,
        {"delivery_id": 10, "watch_id": 1_000, "record_id": 1, "what": 30_000, "version": 50_000},
    ),
    "delivery": (10_000, {"watch_id": 100, "key": 1}),
    "edition": (20_000, {"record_id": 1, "other_id": 1, "of_version_id": 1}),
    "entity": (50_000, {"key": 1, "kind": 12_000, "name": 1, "surname": 2, "stories": 40}),
    "finding": (
        12_000_000,
        {"record_id": 13, "entity_id": 2_000, "other_id": 2_600, "kind": 1_500_000, "value": 24_000, "day": 3_300},
    ),
    "frequency": (
        1_500_000,
        {"entity_id": 250, "side": 300_000, "other": 6_000, "month": 12_000, "value": 20_000, "count": 5_000},
    ),
    "host": (1_000, {"name": 1}),
    "namedtranslation": (50_000, {"record_id": 1, "name": 1}),
    "poll": (100_000, {"source_id": 2_000, "at": 1}),
    "record": (
        1_000_000,
        {"state": 1_000_000, "language": 200_000, "section_slug": 20_000, "published_at": 1, "code": 1, "shelf": 1}
        | {"group_id": 3, "current_id": 1},
    ),
    "refusal": (100_000, {"source_id": 2_000, "reason": 5_000, "digest": 1}),
    "rendering": (2_000_000, {"path": 1, "press": 2_000_000, "record_id": 2}),
    "shingle": (16_000_000, {"value": 2, "version_id": 16}),
    "sighting": (
        1_200_000,
        {"source_id": 20_000, "record_id": 1, "version_id": 1, "first_seen_at": 1, "guid": 1, "page": 1, "digest": 1},
    ),
    "source": (5_000, {"slug": 1, "feed_url": 1, "due_at": 5}),
    "task": (10_000, {"kind": 5_000, "key": 1, "due_at": 10}),
    "touch": (1_000_000, {"path": 1, "number": 10}),
    "verdict": (100_000, {"record_id": 2, "fingerprint": 1}),
    "version": (1_000_000, {"record_id": 1, "number": 1_000_000, "digest": 1}),
    "watch": (100, {"name": 1}),
    "word": (300_000, {"word": 1}),
}
# Of indexes that hold a part of their table: its rows, and the column that says the same in all of them.
_PART = {
    "events_by_day": (2_700_000, ""),
    "findings_about_other": (2_800_000, ""),
    "findings_of_pair": (2_800_000, ""),
    "partners_by_count": (300_000, "side"),
    "plans_by_day": (260_000, ""),
    # More than there are of one kind, or it would be taken where nobody asks for a stance.
    "quotes_by_stance": (1_700_000, "kind"),
    "records_ungrouped": (1_000, "state"),
    "touches_waiting": (1_000, ""),
}


def tell(using: str = "default", **_: object) -> None:
    """Have an archive's planner know the sizes. Connections that are open learn of it when they are made anew.

    Raises KeyError for an index on a column whose figure is not stated above.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        told = list(_told(cursor))
        cursor.execute("ANALYZE archive_counter")  # the one way to have SQLite make the table
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.executemany("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)", told)
        cursor.execute("ANALYZE sqlite_master")  # reads it


def _told(cursor: Any) -> Iterator[tuple[str, str, str]]:
    """Yield of each index its table, its name, and its rows with how many share its first column, its first two, …"""
    for name, (rows, shared) in _LARGE.items():
        table = f"archive_{name}"
        cursor.execute(f"PRAGMA index_list({table})")
        for index in [index for _, index, *_ in cursor.fetchall()]:
            cursor.execute(f"PRAGMA index_info({index})")
            held, same = _PART.get(index, (rows, ""))
            figures = [held]
            for column in [column for *_, column in cursor.fetchall()]:
                figures.append(figures[-1] if column == same else max(1, figures[-1] * shared[column] // rows))
            yield table, index, " ".join(map(str, figures))
