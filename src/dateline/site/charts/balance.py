"""Cooperation above a line and conflict below it, period by period: how two stand with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from dateline.site import wording
from dateline.site.charts.chart import HEAVIEST, Chart, across, blank, link, plot, tag
from dateline.site.charts.periods import STEPS, Axis, Period, count, period_of
from dateline.site.charts.timeline import column, tabled
from dateline.site.language import gettext as _

MOST_MONTHS = 120  # then years
_HALF, _HEAD = 84, 22  # pixels: the tallest bar, the words above it


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealings:
    """How many events of a quad class there were in the month of a day."""

    month: date
    quad: int
    number: int


def balance(name: str, title: str, dealings: Iterable[Dealings], *, search: Callable[[date, date], str]) -> Chart:
    """Draw the balance by month, or by longer periods where months would be too many or too heavy."""
    told = sorted((each for each in dealings if each.number > 0), key=lambda each: each.month)
    if not told:
        return blank(name, "balance", title)
    days = [each.month for each in told]
    for months in STEPS:
        if count(days, months) > MOST_MONTHS and months != STEPS[-1]:
            continue
        if months == 3 and count(days, 1) > MOST_MONTHS:
            continue
        counts: dict[Period, Counter[int]] = {}
        for each in told:
            counts.setdefault(period_of(each.month, months), Counter())[each.quad] += each.number
        picture = _drawn(name, counts, search)
        if len(picture.encode()) <= HEAVIEST:
            break
    total: Counter[int] = sum(counts.values(), Counter())
    summary = _("%(cooperation)s of cooperation, %(conflict)s of conflict.") % {
        "cooperation": wording.digits(total[1] + total[2]),
        "conflict": wording.digits(total[3] + total[4]),
    }
    return tabled(Chart(name=name, kind="balance", title=title, told=summary, picture=picture), counts, search)


def _drawn(name: str, counts: dict[Period, Counter[int]], search: Callable[[date, date], str]) -> SafeString:
    periods = list(counts)
    axis = Axis(first=periods[0].first, last=periods[-1].last)
    most = max(max(each[1] + each[2], each[3] + each[4]) for each in counts.values())
    zero = _HEAD + _HALF
    bottom = zero + _HALF
    marks = []
    for period in periods:
        each = counts[period]
        said = _("%(when)s: %(cooperation)s of cooperation, %(conflict)s of conflict") % {
            "when": period.label,
            "cooperation": wording.digits(each[1] + each[2]),
            "conflict": wording.digits(each[3] + each[4]),
        }
        bars = column(axis, period, *_bars(each, most, zero))
        marks.append(link(search(period.first, period.last), said, bars))
    words = [
        tag("text", said, class_="lane", x=across(0, margin=0), y=y, text_anchor="start")
        for said, y in ((_("Cooperation"), 14), (_("Conflict"), bottom + 15))
    ]
    scale = tag("text", _at_most(most), class_="soft", x=across(1, margin=0), y=14, text_anchor="end")
    line = tag("line", class_="zero", x1="0%", x2="100%", y1=zero, y2=zero)
    ticks = axis.drawn(_HEAD, bottom + 22)
    return plot(name, *ticks, *marks, line, *words, scale, width="100%", height=bottom + 46)


def _at_most(most: int) -> str:
    return _("full height: %(n)s") % {"n": wording.digits(most)}


def _bars(each: Counter[int], most: int, zero: int) -> list[SafeString]:
    """Stack what was done outside of what was said."""
    drawn = []
    for said, done, way in ((1, 2, -1), (3, 4, 1)):
        at = float(zero)
        for quad in (said, done):
            if high := each[quad] / most * _HALF:
                top = at - high if way < 0 else at
                drawn.append(tag("rect", class_=f"q{quad}", y=top, height=high))
                at += way * high
    return drawn
