"""Put published stories into the search that are not there, as after its table was made anew."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from dateline.archive.models import Record
from dateline.archive.search import index_many

_AT_ONCE = 1_000


def reindex(*, everything: bool = False) -> Iterator[int]:
    """Index the published stories that are not in the search, or all; yield how many were done so far.

    A thousand at once, each in a transaction of its own: stopped, it goes on where it was.
    """
    last, done = 0, 0
    while True:
        published = Record.objects.published().filter(pk__gt=last).order_by("pk")
        wanted = published if everything else published.filter(shelf=None)
        with transaction.atomic():
            records = list(wanted.exclude(current=None).to_index()[:_AT_ONCE])
            done += index_many(records)
        if not records:
            return
        last = records[-1].pk
        yield done
