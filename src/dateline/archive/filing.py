"""One files at a time: who looks whether a story is known must not be overtaken by another with the same one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from dateline.archive.models import Counter

_NAME = "filing"
_ROOM = 256  # MiB


@contextmanager
def filing() -> Iterator[None]:
    """Run the body in a transaction that no other filing overlaps; it may be nested.

    SQLite's writers queue by themselves; on PostgreSQL they queue for this row.
    """
    with transaction.atomic():
        Counter.objects.select_for_update().get_or_create(name=_NAME, defaults={"value": 0})
        yield


def make_room() -> None:
    """Let this connection keep the pages of a large transaction in memory.

    SQLite's own two megabytes are fewer than some hundreds of stories change: each page would be written many times.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {-_ROOM * 1024}")
