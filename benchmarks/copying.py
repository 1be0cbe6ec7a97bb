"""Copy a made-up archive from SQLite into an empty PostgreSQL: minutes, where making it anew takes an hour.

    DATELINE_DATABASE_URL=postgres://… python -m benchmarks copy --data FOLDER

Every table with its indexes, made after the rows are there; the role must be a superuser, as rows come in the order of
their tables and not in that of their references.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.archive_maker import open_archive

_SEARCH = ("rowid", "headline", "body", "names", "facets", "parts")


def copy(folder: Path) -> None:
    """Copy every row of the archive in ``folder`` into the database of DATELINE_DATABASE_URL."""
    if "DATELINE_DATABASE_URL" not in os.environ:
        raise SystemExit("benchmarks: copy: DATELINE_DATABASE_URL must name a PostgreSQL")
    open_archive(folder)
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection, transaction

    archive = sqlite3.connect(f"file:{folder / 'dateline.sqlite3'}?mode=ro", uri=True)
    models = list(apps.get_app_config("archive").get_models())
    with transaction.atomic(), connection.cursor() as cursor:
        # The references are those of the archive copied from: none is checked again.
        cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '1GB'")
        for table in [*(model._meta.db_table for model in models), "archive_word", "archive_search"]:
            _copy(archive, cursor, table)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _copy(archive: sqlite3.Connection, cursor: Any, table: str) -> None:
    start = time.perf_counter()
    there = [name for _, name, *_ in archive.execute(f"PRAGMA table_info({table})")]
    if not there:  # newer than the archive
        return
    cursor.execute("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0", [table])
    names = [name for (name,) in cursor.fetchall() if name in there]
    rows: Iterator[tuple[Any, ...]] = archive.execute(f"SELECT {_listed(names)} FROM {table}")
    if table == "archive_search":
        names, rows = [*_SEARCH, "words"], _entries(archive)
    cursor.execute(
        "SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = %s::regclass AND NOT indisunique",
        [table],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    with cursor.copy(f"COPY {table} ({_listed(names)}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)
    count, copied = cursor.rowcount, time.perf_counter() - start
    for _, made in indexes:
        cursor.execute(made)
    print(f"{table}: {count:,} rows, {copied:.0f} s; {time.perf_counter() - start:.0f} s indexed", file=sys.stderr)


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _entries(archive: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Yield the search's rows with PostgreSQL's own column."""
    from dateline.archive.search.entries import IndexEntry
    from dateline.archive.search.tsvectors import tsvector

    for row in archive.execute(f"SELECT {_listed(list(_SEARCH))} FROM archive_search"):
        key, headline, body, names, facets, parts = row
        entry = IndexEntry(key=key, headline=headline, body=body, names=names, facets=facets, parts=parts, labels={})
        yield *row, tsvector(entry)
