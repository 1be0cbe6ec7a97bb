"""The index by which the like of a text is found: for each run of words, the versions with it in their sketch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

from dateline.archive.models import Shingle, Version
from dateline.archive.rows import asked_for

# A run of words that very many texts share says nothing of any of them: the newest few are kept, so that no look-up
# and no list grows with the archive.
MOST = 32
# Two texts that share half their shingles share nine of their sketch on average, fewer than three once in 10,000
# times; two that merely have turns of phrase in common hardly ever more than two.
_LEAST = 3


def keep_sketches(sketches: Iterable[tuple[Version, Sequence[int]]]) -> None:
    """Keep the sketches of new versions."""
    rows = [(value, version.pk, version.record_id) for version, sketch in sketches for value in sketch]
    coming = Counter(value for value, _, _ in rows)
    for value, held in list(_full(coming)):
        oldest = Shingle.objects.filter(value=value).order_by("pk").values_list("pk", flat=True)
        Shingle.objects.filter(pk__in=list(oldest[: max(0, held + coming[value] - MOST)])).delete()
    # Sixteen rows a story: by Django's objects, they would cost as much as all else of filing it. In order of value,
    # each leaf of the index is written once, however many rows go to it.
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO archive_shingle (value, version_id, record_id) VALUES (%s, %s, %s)", sorted(rows)
        )


def holders(values: Iterable[int]) -> dict[int, list[int]]:
    """Return the versions (their keys) that have each of the values in their sketch."""
    found: dict[int, list[int]] = defaultdict(list)
    for value, version in asked_for("SELECT value, version_id FROM archive_shingle WHERE value IN (%s)", values):
        found[value].append(version)
    return found


def alike(sketch: Iterable[int], held: Mapping[int, Iterable[int]]) -> list[int]:
    """Return which versions of ``held`` share enough with a sketch to be looked at, the likest and newest first."""
    shared = Counter(version for value in sketch for version in held.get(value, ()))
    enough = [(count, version) for version, count in shared.items() if count >= _LEAST]
    return [version for _, version in sorted(enough, reverse=True)]


def _full(coming: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    """Yield the values that are held as often as they may be, and how often."""
    question = "SELECT value, count(*) FROM archive_shingle WHERE value IN (%s) GROUP BY value"
    return ((value, held) for value, held in asked_for(question, coming) if held >= MOST)
