"""What the published stories tell of one entity, of two, and of a day.

Everything is asked of Finding rows by index and of frequencies, never by reading stories: the cost of a page is that of
the rows it shows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q, Sum

from dateline.archive.frequencies import ALL_TIME
from dateline.archive.models import Entity, Finding, Frequency, Record
from dateline.reading.deeds import QUADS

# Where a list was left: the day and row of the last finding.
Mark = tuple[date, int]
MOST = 50
_ROWS = 4  # a finding may have several rows: as many more are read than findings are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One quote or event, with the story that tells it.

    ``by`` and ``to`` are its parties: who spoke and of whom, who did it and to whom.
    """

    finding: Finding
    by: tuple[Entity, ...]
    to: tuple[Entity, ...]

    @property
    def record(self) -> Record:
        return self.finding.record


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """One who has to do with another: ``count`` findings between them, ``quads`` how many events of each quad."""

    entity: Entity
    count: int
    quads: Counter[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Some findings of a list, newest first; ``next`` is where to go on behind them, None at the end."""

    found: tuple[Cited, ...]
    next: Mark | None


def events(entity: Entity, *, after: Mark | None = None, most: int = MOST) -> Column:
    """Return what an entity did and had done to it, newest first."""
    return column([Q(entity=entity, kind="event"), Q(other=entity, kind="event")], after=after, most=most)


def quotes(entity: Entity, *, after: Mark | None = None, most: int = MOST) -> Column:
    """Return what an entity said, newest first."""
    return column([Q(entity=entity, kind="quote")], after=after, most=most)


def between(one: Entity, other: Entity, kind: str, *, after: Mark | None = None, most: int = MOST) -> Column:
    """Return the events or quotes between two entities, either way, newest first."""
    ways = [Q(entity=one, other=other, kind=kind), Q(entity=other, other=one, kind=kind)]
    return column(ways, after=after, most=most)


def stories(entity: Entity, *, most: int = MOST) -> list[Record]:
    """Return the newest stories that name an entity."""
    rows = Finding.objects.filter(entity=entity, kind="place" if entity.kind == "GEO" else "mention", is_public=True)
    return [row.record for row in rows.order_by("-day", "-pk").select_related("record")[:most]]


def places(entity: Entity, *, most: int = 200) -> list[tuple[Entity, int]]:
    """Return where the newest stories that name an entity take place, and how many of them name each place."""
    return where([record.pk for record in stories(entity, most=most)])


def where(records: Sequence[int]) -> list[tuple[Entity, int]]:
    """Return the places on the map that stories name, the most named first, with the number of stories."""
    rows = Finding.objects.filter(record__in=records, kind="place", entity__lat__isnull=False).select_related("entity")
    counts = Counter(row.entity for row in rows if row.entity)
    return sorted(counts.items(), key=lambda each: (-each[1], each[0].name))


def months(entity: Entity, side: str, *, other: Entity | None = None) -> dict[int, Counter[str]]:
    """Return counts by month (year × 100 + month) and value: see Frequency for sides."""
    rows = Frequency.objects.filter(entity=entity, side=side, other=other.pk if other else 0, count__gt=0)
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for month, value, count in rows.exclude(month=ALL_TIME).order_by("month").values_list("month", "value", "count"):
        found[month][value] += count
    return dict(found)


def balance(one: Entity, other: Entity) -> dict[int, Counter[int]]:
    """Return the events between two entities by month and PLOVER's quad (1 and 2 cooperate, 3 and 4 conflict)."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for side in ("did", "had"):
        for month, types in months(one, side, other=other).items():
            for type_, count in types.items():
                found[month][QUADS[type_]] += count
    return dict(sorted(found.items()))


def partners(entity: Entity, *, most: int = 20) -> list[Partner]:
    """Return those with whom an entity has most to do."""
    top = Frequency.objects.filter(entity=entity, side="with", month=ALL_TIME, count__gt=0).order_by("-count", "other")
    counts = dict(top.values_list("other", "count")[:most])
    deeds = Frequency.objects.filter(entity=entity, side__in=("did", "had"), other__in=counts, month=ALL_TIME)
    quads: dict[int, Counter[int]] = defaultdict(Counter)
    for other, value, count in deeds.values_list("other", "value", "count"):
        quads[other][QUADS[value]] += count
    known = Entity.objects.in_bulk(counts)
    return [Partner(entity=known[pk], count=count, quads=quads[pk]) for pk, count in counts.items() if pk in known]


def leading(kind: str, *, most: int = MOST) -> list[Entity]:
    """Return the entities of a kind that most stories name."""
    return list(Entity.objects.filter(kind=kind, stories__gt=0).order_by("-stories", "-pk")[:most])


def during(
    first: date, last: date, *, modality: str | None = None, after: Mark | None = None, most: int = MOST
) -> Column:
    """Return the events that the text itself puts into some days, the latest first; ``planned`` ones by modality."""
    which = Q(quad__isnull=False, dated__in=("day", "span"), day__gte=first, day__lte=last)
    return column([which & Q(modality=modality) if modality else which], after=after, most=most)


def total(entity: Entity, side: str) -> int:
    """Return a count for all time: see Frequency for sides."""
    rows = Frequency.objects.filter(entity=entity, side=side, other=0, month=ALL_TIME)
    return rows.aggregate(all=Sum("count"))["all"] or 0


def column(ways: Sequence[Q], *, after: Mark | None, most: int) -> Column:
    """Return the public findings for whose rows any of ``ways`` holds, newest first.

    Each way should be one that an index of Finding answers in the order of days: no more rows are read than shown.
    """
    limit = most * _ROWS
    rows: dict[int, Finding] = {}
    floor: Mark | None = None  # behind it, not every way was read
    for way in ways:
        some = Finding.objects.filter(way, is_public=True)
        if after:
            some = some.filter(Q(day__lt=after[0]) | Q(day=after[0], pk__lt=after[1]))
        read = list(some.order_by("-day", "-pk").select_related("record", "entity", "other")[: limit + 1])
        if len(read) > limit:
            floor = max(floor or _mark(read[-1]), _mark(read[-1]))
        rows |= {row.pk: row for row in read}
    ordered = sorted((row for row in rows.values() if not floor or _mark(row) > floor), key=_mark, reverse=True)
    # The rows of one finding stand together, as they were made together.
    grouped = [list(group) for _, group in groupby(ordered, key=lambda row: (row.record_id, row.fingerprint))]
    if floor and len(grouped) > 1:
        grouped.pop()  # it may have more rows
    shown = grouped[:most]
    is_more = bool(shown) and (len(grouped) > most or floor is not None)
    return Column(found=tuple(map(_cited, shown)), next=_mark(shown[-1][-1]) if is_more else None)


def _mark(row: Finding) -> Mark:
    return row.day, row.pk


def _cited(rows: Sequence[Finding]) -> Cited:
    return Cited(
        finding=rows[0],
        by=tuple(dict.fromkeys(row.entity for row in rows if row.entity)),
        to=tuple(dict.fromkeys(row.other for row in rows if row.other)),
    )
