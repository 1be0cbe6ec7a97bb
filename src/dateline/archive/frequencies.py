"""Frequencies: counts by month of what the published stories tell, kept as findings come and go.

They are made of Finding rows alone, so that what is added for a row is just what is taken away for it later, and a
page can show ten years of a state's deeds without reading them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import connection

from dateline.archive.models import Entity, Finding, Frequency

Key = tuple[int, int, str, str, int]

# Of what is denied or merely supposed nothing happened to be counted.
_UNTRUE = {"denied", "hypothetical"}
_CHANGE = (
    "INSERT INTO archive_frequency (entity_id, other, side, value, month, count) VALUES (%s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (entity_id, side, other, month, value) DO UPDATE SET count = archive_frequency.count + excluded.count"
)
_NAMED = "UPDATE archive_entity SET stories = stories + %s WHERE id = %s"
ALL_TIME = 0


def add(rows: Iterable[Finding]) -> None:
    """Count rows of whole records."""
    _change(_counts(rows), +1)


def subtract(rows: Iterable[Finding]) -> None:
    """Take back what ``add`` counted for rows of whole records."""
    _change(_counts(rows), -1)


def rebuild() -> None:
    """Count everything anew."""
    Frequency.objects.all().delete()
    Entity.objects.update(stories=0)
    batch: list[Finding] = []
    for row in Finding.objects.filter(is_public=True).order_by("record").iterator(chunk_size=5000):
        if len(batch) >= 50_000 and row.record_id != batch[-1].record_id:
            add(batch)
            batch = []
        batch.append(row)
    add(batch)


def _change(counts: Counter[Key], sign: int) -> None:
    # In the order of the index: two writers cannot wait for each other, and neighbours share pages.
    changes = [(*key, sign * count) for key, count in sorted(counts.items())]
    named = [(count, entity) for entity, _, side, _, month, count in changes if (side, month) == ("told", ALL_TIME)]
    with connection.cursor() as cursor:
        if changes:
            cursor.executemany(_CHANGE, changes)
        if named:
            cursor.executemany(_NAMED, named)


def _counts(rows: Iterable[Finding]) -> Counter[Key]:
    """Return what rows count for. A finding counts once for each entity and each pair, however many rows it has."""
    keys = {
        # A story that names a state as one who acts and as a place names it once.
        (row.record_id, "" if key[2] == "told" else row.fingerprint, key)
        for row in rows
        if row.modality not in _UNTRUE
        for key in _keys(row)
    }
    counts: Counter[Key] = Counter()
    for _, _, key in keys:
        counts[key] += 1
    return counts


def _keys(row: Finding) -> Iterator[Key]:
    one, other, month = row.entity_id, row.other_id, row.day.year * 100 + row.day.month
    if row.kind in ("mention", "place") and one:
        sides = [(one, 0, "told", "")]
    elif row.kind == "quote" and one:
        sides = [(one, 0, "said", row.value)]
        if other:
            sides.append((one, other, "said", row.value))
    elif row.kind == "event":
        sides = [(one, 0, "did", row.value)] if one else []
        sides += [(other, 0, "had", row.value)] if other else []
        if one and other:
            sides += [(one, other, "did", row.value), (other, one, "had", row.value)]
    else:
        return
    for side in sides:
        yield (*side, month)
        yield (*side, ALL_TIME)
    if one and other and row.kind in ("quote", "event"):
        yield one, other, "with", "", ALL_TIME
        yield other, one, "with", "", ALL_TIME
