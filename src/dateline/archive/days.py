"""What the texts put on the days of the calendar."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.db.models import Max, Min, Q

from dateline.archive.dossiers import MOST, Column, Mark, column
from dateline.archive.models import Finding

MOST_PLANNED = 2000
_DATED = Q(dated="text", is_public=True)
_PLANNED = _DATED & Q(modality="planned", kind="event")


def told_of(day: date, *, after: Mark | None = None, most: int = MOST) -> Column:
    """Return the events that the texts put on a day."""
    return column([Q(kind="event", dated="text", day=day)], after=after, most=most)


def neighbours(day: date) -> tuple[date | None, date | None]:
    """Return the nearest days before and after one that texts put events on."""
    rows = Finding.objects.filter(_DATED, kind="event")
    before = rows.filter(day__lt=day).aggregate(at=Max("day"))["at"]
    return before, rows.filter(day__gt=day).aggregate(at=Min("day"))["at"]


def planned(first: date, last: date) -> Counter[date]:
    """Return how many events are planned for each of some days."""
    rows = Finding.objects.filter(_PLANNED, day__gte=first, day__lte=last).order_by("day")
    told = set(rows.values_list("day", "record", "fingerprint")[:MOST_PLANNED])
    return Counter(day for day, _, _ in told)


def plans(first: date, last: date, *, after: Mark | None = None, most: int = MOST) -> Column:
    """Return the events planned for some days, the latest first."""
    which = Q(kind="event", dated="text", modality="planned", day__gte=first, day__lte=last)
    return column([which], after=after, most=most)


def plans_of(records: list[int], *, most: int = MOST) -> Column:
    """Return the events that some stories plan, the latest first."""
    return column([Q(kind="event", dated="text", modality="planned", record__in=records)], after=None, most=most)


def planned_around(first: date, last: date) -> tuple[date | None, date | None]:
    """Return the nearest days before and after some days that anything is planned for."""
    rows = Finding.objects.filter(_PLANNED)
    before = rows.filter(day__lt=first).aggregate(at=Max("day"))["at"]
    return before, rows.filter(day__gt=last).aggregate(at=Min("day"))["at"]


def month_after(month: date) -> date:
    """Return the first day of the month after the one that begins on ``month``."""
    return (month + timedelta(days=31)).replace(day=1)
