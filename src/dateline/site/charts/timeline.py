"""Events on an axis of time, in a lane for each kind of deed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from dateline.site import wording
from dateline.site.charts import quads
from dateline.site.charts.chart import HEAVIEST, Chart, TableCell, across, blank, isolated, link, plot, spoken, tag
from dateline.site.charts.periods import STEPS, Axis, Period, count, period_of
from dateline.site.language import gettext as _

MOST_MARKS, MOST_LEVELS, MOST_PERIODS = 100, 8, 60
_LEVEL, _HEAD, _BAR = 12, 20, 44  # pixels: a mark, a lane's words, the tallest bar of a lane
_NEAR = 0.035  # of the width: two marks side by side on a telephone


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event as a timeline tells it. ``href`` leads to its sentence."""

    day: date
    quad: int
    label: str
    href: str


def timeline(name: str, title: str, happenings: Iterable[Happening], *, search: Callable[[date, date], str]) -> Chart:
    """Draw events: one mark each while there is room, else bars that ``search`` has the address of the events for."""
    told = sorted(happenings, key=lambda each: (each.day, each.quad, each.label, each.href))
    if not told:
        return blank(name, "timeline", title)
    summary = ngettext("%(n)s event, %(first)s to %(last)s.", "%(n)s events, %(first)s to %(last)s.", len(told)) % {
        "n": wording.digits(len(told)),
        "first": wording.day(told[0].day),
        "last": wording.day(told[-1].day),
    }
    lanes = {quad: levels for quad in quads.QUADS if (levels := _levels(told[: MOST_MARKS + 1], quad))}
    if len(told) <= MOST_MARKS and all(max(lane.values()) < MOST_LEVELS for lane in lanes.values()):
        picture = _marked(name, told, lanes)
        if len(picture.encode()) <= HEAVIEST:
            rows = [
                (TableCell(text=wording.day(each.day)), TableCell(text=quads.name(each.quad)), _said(each))
                for each in told
            ]
            return Chart(
                name=name,
                kind="timeline",
                title=title,
                told=summary,
                picture=picture,
                heads=(_("Date"), _("Kind of deed"), _("Event")),
                rows=tuple(rows),
                legend=quads.legend(list(lanes)),
            )
    return _counted(name, title, told, summary, search)


def _said(each: Happening) -> TableCell:
    return TableCell(text=spoken(each.label), href=each.href)


def _levels(told: list[Happening], quad: int) -> dict[int, int]:
    """Return, for each event of a lane, how high its mark stands above those it would lie on."""
    axis = _axis(told)
    ends: list[float] = []
    levels = {}
    for at, each in enumerate(told):
        if each.quad != quad:
            continue
        share = axis.share(each.day)
        level = next((level for level, end in enumerate(ends) if end + _NEAR <= share), len(ends))
        ends[level : level + 1] = [share]
        levels[at] = level
    return levels


def _axis(told: list[Happening]) -> Axis:
    return Axis(first=told[0].day, last=told[-1].day)


def _marked(name: str, told: list[Happening], lanes: dict[int, dict[int, int]]) -> SafeString:
    axis, marks, top = _axis(told), [], 0
    for quad, levels in lanes.items():
        floor = top + _HEAD + _LEVEL * (max(levels.values()) + 1)
        marks += _lane(quad, top, floor)
        for at, level in levels.items():
            each = told[at]
            spot = tag("svg", quads.shape(quad), x=across(axis.share(each.day)), y=floor - 7 - level * _LEVEL)
            marks.append(link(each.href, f"{wording.day(each.day)}: {isolated(each.label)}", spot))
        top = floor + 6
    return plot(name, *axis.drawn(_HEAD - 4, top), *marks, width="100%", height=top + 24)


def _lane(quad: int, top: int, floor: int) -> list[SafeString]:
    return [
        tag("text", quads.name(quad), class_="lane", x=across(0, margin=0), y=top + 13, text_anchor="start"),
        tag("line", class_="floor", x1="0%", x2="100%", y1=floor, y2=floor),
    ]


def _counted(name: str, title: str, told: list[Happening], summary: str, search: Callable[[date, date], str]) -> Chart:
    """Draw bars of the finest periods that are few and light enough."""
    days = [each.day for each in told]
    for months in STEPS:
        if count(days, months) > MOST_PERIODS and months != STEPS[-1]:
            continue
        counts: dict[Period, Counter[int]] = defaultdict(Counter)
        for each in told:
            counts[period_of(each.day, months)][each.quad] += 1
        picture = _barred(name, counts, search)
        if len(picture.encode()) <= HEAVIEST:
            break
    return tabled(Chart(name=name, kind="timeline", title=title, told=summary, picture=picture), counts, search)


def tabled(chart: Chart, counts: dict[Period, Counter[int]], search: Callable[[date, date], str]) -> Chart:
    """Return a chart of periods with its table and its legend."""
    shown = [quad for quad in quads.QUADS if any(each[quad] for each in counts.values())]
    rows = [
        (
            TableCell(text=period.label, href=search(period.first, period.last)),
            *(TableCell(text=wording.digits(each[quad])) for quad in shown),
        )
        for period, each in counts.items()
    ]
    heads = (_("Period"), *map(quads.name, shown))
    return replace(chart, heads=heads, rows=tuple(rows), legend=quads.swatches(shown))


def _barred(name: str, counts: dict[Period, Counter[int]], search: Callable[[date, date], str]) -> SafeString:
    periods = list(counts)
    axis = Axis(first=periods[0].first, last=periods[-1].last)
    most = max(number for each in counts.values() for number in each.values())
    marks: list[SafeString] = []
    top = 0
    for quad in quads.QUADS:
        if not any(each[quad] for each in counts.values()):
            continue
        floor = top + _HEAD + _BAR
        marks += _lane(quad, top, floor)
        for period in periods:
            if number := counts[period][quad]:
                high = max(2.0, number / most * _BAR)
                bar = column(axis, period, tag("rect", class_=f"q{quad}", y=floor - high, height=high))
                said = f"{period.label}: {wording.digits(number)}"
                marks.append(link(search(period.first, period.last), said, bar))
        top = floor + 8
    return plot(name, *axis.drawn(_HEAD - 4, top), *marks, width="100%", height=top + 24)


def column(axis: Axis, period: Period, *inside: SafeString) -> SafeString:
    """Return what stands in the column of a period; a rect in it is as wide as the column."""
    ends = sorted(float(across(axis.share(day)).rstrip("%")) for day in (period.first, period.last))
    wide = max(ends[1] - ends[0], 0.5)
    return tag("svg", *inside, x=f"{ends[0]:.2f}%", width=f"{wide * 0.84:.2f}%")
