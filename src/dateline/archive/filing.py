"""One files at a time: who looks whether a story is known must not be overtaken by another with the same one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from dateline.archive.models import Counter

_NAME = "filing"


@contextmanager
def filing() -> Iterator[None]:
    """Run the body in a transaction that no other filing overlaps; it may be nested.

    SQLite's writers queue by themselves; on PostgreSQL they queue for this row.
    """
    with transaction.atomic():
        Counter.objects.select_for_update().get_or_create(name=_NAME, defaults={"value": 0})
        yield
