"""Writing the index. Call it inside the transaction that changes the story."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from dateline.archive.models import Record
from dateline.archive.search.entries import IndexEntry, entry_of
from dateline.archive.search.keys import pk_of
from dateline.archive.search.tsvectors import tsvector
from dateline.archive.search.vocabulary import learn

_COLUMNS = "rowid, headline, body, names, facets, parts"


def index(record: Record) -> None:
    """Put a record into the index, or replace what is there."""
    index_many([record])


def index_many(records: Iterable[Record]) -> int:
    """Put records into the index, or replace what is there; return how many.

    Best with ``RecordSet.to_index`` and a thousand or more at once.
    """
    held = list(records)
    # FTS5 gathers what comes in the order of its keys, and writes all out as soon as one comes earlier.
    entries = sorted((entry_of(record) for record in held), key=lambda entry: entry.key)
    # As the archive has them, not as a record was read some time ago: an entry left behind would be found for ever.
    there = Record.objects.select_for_update().filter(pk__in=[record.pk for record in held], shelf__isnull=False)
    shelves = {pk: shelf for pk, shelf in there.order_by("pk").values_list("pk", "shelf") if shelf is not None}
    _delete(sorted(shelves.values()))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                f"INSERT INTO archive_search ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s)",  # noqa: S608
                [_row(entry) for entry in entries],
            )
        else:
            cursor.executemany(
                f"INSERT INTO archive_search ({_COLUMNS}, words) VALUES (%s, %s, %s, %s, %s, %s, %s::tsvector)",  # noqa: S608
                [(*_row(entry), tsvector(entry)) for entry in entries],
            )
    learn(entries)
    keys = {pk_of(entry.key): entry.key for entry in entries}
    for record in held:
        record.shelf = keys[record.pk]
    moved = [(key, pk) for pk, key in keys.items() if shelves.get(pk) != key]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE archive_record SET shelf = %s WHERE id = %s", moved)
    return len(held)


def unindex(record: Record) -> None:
    """Take a record out of the index."""
    there = Record.objects.select_for_update().filter(pk=record.pk, shelf__isnull=False)
    _delete(there.values_list("shelf", flat=True))
    there.update(shelf=None)
    record.shelf = None


def _row(entry: IndexEntry) -> tuple[int, str, str, str, str, str]:
    return entry.key, entry.headline, entry.body, entry.names, entry.facets, entry.parts


def _delete(keys: Iterable[int | None]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM archive_search WHERE rowid = %s", [(key,) for key in keys])
