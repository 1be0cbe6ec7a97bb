"""What the texts put on the days of the calendar."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Count, Q, QuerySet

from dateline.archive.dossiers import MOST, Column, Mark, column
from dateline.archive.models import Finding
from dateline.archive.prepared import Prepared

_DATED = Q(quad__isnull=False, dated__in=("day", "span"), is_public=True)
_PLANNED = Q(modality="planned", dated__in=("day", "span"), is_public=True)


_before = Prepared(
    lambda day: Finding.objects.filter(_DATED, day__lt=day).order_by("-day").values_list("day", flat=True)[:1], date
)
_after = Prepared(
    lambda day: Finding.objects.filter(_DATED, day__gt=day).order_by("day").values_list("day", flat=True)[:1], date
)


def told_of(day: date, *, after: Mark | None = None, most: int = MOST) -> Column:
    """Return the events that the texts put on a day."""
    return column([_DATED & Q(day=day)], after=after, most=most)


def all_told() -> Iterator[date]:
    """Yield every day that a text puts an event on, in their order."""
    day = Finding.objects.filter(_DATED).order_by("day").values_list("day", flat=True).first()
    while day is not None:
        yield day
        day = neighbours(day)[1]


def neighbours(day: date) -> tuple[date | None, date | None]:
    """Return the nearest days before and after one that texts put events on."""
    return next(iter(_before(day)), None), next(iter(_after(day)), None)


def planned(first: date, last: date) -> dict[date, int]:
    """Return how many events are planned for each of some days: a month or so of them."""
    rows = Finding.objects.filter(_PLANNED, day__gte=first, day__lte=last).order_by("day").values("day")
    return dict(rows.annotate(number=Count("fingerprint", distinct=True)).values_list("day", "number"))


def plans(first: date, last: date, *, after: Mark | None = None, most: int = MOST) -> Column:
    """Return the events planned for some days, the latest first."""
    return column([_PLANNED & Q(day__gte=first, day__lte=last)], after=after, most=most)


def plans_of(records: Collection[int], *, most: int = MOST) -> Column:
    """Return the events that some stories plan, the latest first."""
    return column([_PLANNED & Q(record__in=records)], after=None, most=most)


def planned_around(first: date, last: date) -> tuple[date | None, date | None]:
    """Return the nearest days before and after some days that anything is planned for."""
    return _around(Finding.objects.filter(_PLANNED), first, last)


def _around(rows: QuerySet[Finding], first: date, last: date) -> tuple[date | None, date | None]:
    # Not by Min and Max: those would read every row on that side.
    before = rows.filter(day__lt=first).order_by("-day").values_list("day", flat=True).first()
    return before, rows.filter(day__gt=last).order_by("day").values_list("day", flat=True).first()
