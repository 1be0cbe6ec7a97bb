"""The axis of time: periods of equal length, their words, and where the ticks stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeString

from dateline.site import wording
from dateline.site.charts.chart import DESK, TELEPHONE, across, breadth, tag

STEPS = (1, 3, 12, 60, 120, 600)  # months
_AXIS = 0.96  # of the width, between its margins
_APART = 0.02  # of the axis, between two words


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Whole months from the first day to the last."""

    first: date
    months: int

    @property
    def last(self) -> date:
        return _later(self.first, self.months) - timedelta(days=1)

    @property
    def label(self) -> str:
        if self.months == 1:
            return wording.month(self.first)
        if self.months == 12:
            return wording.iso(f"{self.first:%Y}")
        ends = (self.first, self.last)
        told = [wording.month(end) if self.months < 12 else wording.iso(f"{end:%Y}") for end in ends]
        return "\u2013".join(told)


def period_of(day: date, months: int) -> Period:
    if months < 12:
        return Period(first=date(day.year, day.month - (day.month - 1) % months, 1), months=months)
    years = months // 12
    return Period(first=date(max(1, day.year - day.year % years), 1, 1), months=months)


def count(days: Iterable[date], months: int) -> int:
    """Return how many periods there are from the first of the days to the last."""
    found = list(days)
    return 1 + _number(max(found)) // months - _number(min(found)) // months


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _later(day: date, months: int) -> date:
    number = min(_number(day) + months, 9999 * 12 + 11)
    return date(number // 12, number % 12 + 1, 1)


def _wide(words: str, width: float) -> float:
    return breadth(words, 12) / (width * _AXIS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A day marked on an axis. ``roomy``: its words are on wide screens only; no ``anchor``: on none."""

    day: date
    words: str
    anchor: str
    roomy: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Time from one day to another, laid along the line of writing.

    Where ``earlier`` has words, the axis is broken: what lies before its first day stands together over them.
    """

    first: date
    last: date
    earlier: str = ""

    @property
    def lead(self) -> float:
        """The share of the width before the break."""
        return breadth(self.earlier, 12) / TELEPHONE + 0.03 if self.earlier else 0.0

    def share(self, day: date) -> float:
        if day < self.first:
            return self.lead / 3
        days = (self.last - self.first).days
        return self.lead + (1 - self.lead) * ((day - self.first).days / days if days else 0.5)

    def drawn(self, top: float, bottom: float) -> Iterator[SafeString]:
        """Yield ticks with their words below, and the break where there is one."""
        if self.earlier:
            x = across(self.lead - 0.015)
            ends = [tag("line", class_="floor", x1=at, x2=at, y1=top, y2=bottom) for at in (-2, 2)]
            yield tag("svg", *ends, x=x)
            yield tag("text", self.earlier, class_="soft", x=across(0), y=bottom + 16, text_anchor="start")
        for each in self.worded():
            x = across(self.share(each.day))
            yield tag("line", class_="tick", x1=x, x2=x, y1=top, y2=bottom)
            if each.anchor:
                kind = "soft roomy" if each.roomy else "soft"
                yield tag("text", each.words, class_=kind, x=x, y=bottom + 16, text_anchor=each.anchor)

    def worded(self) -> Iterator[Tick]:
        """Yield each tick with its words and how they hang on it, if they have room on a telephone or on a desk."""
        ticks = list(self._ticks())
        shown: dict[int, tuple[str, bool]] = {}
        for width in (TELEPHONE, DESK):  # what a telephone shows hangs the same way on a desk, and has its room there
            taken = [(-1.0, self.lead - _APART)]
            taken += [self._reach(*ticks[at], anchor, width) for at, (anchor, _) in shown.items()]
            for at, (day, words) in enumerate(ticks):
                anchor = self._hung(day, words, width)
                start, end = self._reach(day, words, anchor, width)
                if at not in shown and all(end + _APART <= low or high + _APART <= start for low, high in taken):
                    taken.append((start, end))
                    shown[at] = anchor, width == DESK
        for at, (day, words) in enumerate(ticks):
            anchor, roomy = shown.get(at, ("", False))
            yield Tick(day=day, words=words, anchor=anchor, roomy=roomy)

    def _hung(self, day: date, words: str, width: float) -> str:
        share, half = self.share(day), _wide(words, width) / 2
        return "start" if share - self.lead < half else "end" if share > 1 - half else "middle"

    def _reach(self, day: date, words: str, anchor: str, width: float) -> tuple[float, float]:
        """Return from where to where words reach that hang on a day, in shares of the axis."""
        wide = _wide(words, width)
        start = self.share(day) - {"start": 0.0, "end": wide, "middle": wide / 2}[anchor]
        return start, start + wide

    def _ticks(self) -> Iterator[tuple[date, str]]:
        days = (self.last - self.first).days
        if days > 3 * 366:
            every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000) if days / 366 / step <= 5.5)
            for year in range(self.first.year - self.first.year % every, self.last.year + 1, every):
                if year > 0 and self.first <= date(year, 1, 1) <= self.last:
                    yield date(year, 1, 1), wording.iso(f"{year:04d}")
        elif days > 75:
            every = next(step for step in (1, 2, 3, 6, 12) if days / 30.4 / step <= 5.5)
            start = _later(period_of(self.first, every).first, 0)
            while start <= self.last:
                if start >= self.first:
                    yield start, wording.month(start)
                start = _later(start, every)
        else:
            for share in (0.0, 0.5, 1.0) if days > 1 else (0.5,) if not days else (0.0, 1.0):
                day = self.first + timedelta(days=round(share * days))
                yield day, wording.day(day)
