"""A month of planned events, as a table in the calendar the reader counts in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dateformat import format as in_words
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from dateline.site import wording
from dateline.site.charts.chart import Chart, blank, isolated, ours, tag
from dateline.site.language import speech

MOST_A_DAY = 6
# The day a week begins with where a language is read, Monday being 0.
_FIRST = {"fa": 5, "ar": 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What is to happen on a day. ``href`` leads to the sentence that says so."""

    day: date
    label: str
    href: str


def month(name: str, title: str, planned: Iterable[Planned], *, on: date, day_href: str = "") -> Chart:
    """Lay out the month that ``on`` lies in. What is too much for a day is counted, with a link to ``day_href``.

    ``day_href`` is a page of a day with ``{day}`` where its ISO date goes; without it all of a day is written.
    """
    days = days_of(on)
    found: dict[date, list[Planned]] = defaultdict(list)
    for each in sorted(planned, key=lambda each: (each.day, each.label, each.href)):
        if days[0] <= each.day <= days[-1]:
            found[each.day].append(each)
    if not found:
        return blank(name, "calendar", title)
    first = _FIRST.get(speech(), 0)
    weeks: list[list[date | None]] = []
    for day in days:
        at = (day.weekday() - first) % 7
        if not weeks or at == 0:
            weeks.append([None] * 7)
        weeks[-1][at] = day
    number = sum(map(len, found.values()))
    beside = wording.months_beside(days[0], days[-1])
    told = ngettext("%(n)s planned event", "%(n)s planned events", number) % {"n": wording.digits(number)}
    return Chart(
        name=name,
        kind="calendar",
        title=title,
        told=" · ".join(part for part in (wording.calendar_month(on), beside, told) if part),
        picture=_table(name, weeks, found, first, day_href),
    )


def days_of(on: date) -> list[date]:
    """Return the days of the month a day lies in, in the calendar of the active language.

    Cut off where dates end, in the years 1 and 9999.
    """
    days = [on - timedelta(days=min(wording.calendar_day(on)[2] - 1, (on - date.min).days))]
    while days[-1] < date.max and wording.calendar_day(following := days[-1] + timedelta(days=1))[2] != 1:
        days.append(following)
    return days


def _table(
    name: str, weeks: list[list[date | None]], found: dict[date, list[Planned]], first: int, day_href: str
) -> SafeString:
    monday = date(2024, 1, 1)
    names = [monday + timedelta(days=(first + at) % 7) for at in range(7)]
    head = tag("tr", *(tag("th", in_words(day, "D"), scope="col", abbr=in_words(day, "l")) for day in names))
    body = [
        tag("tr", *(_day(day, found.get(day, []), day_href) if day else tag("td", " ") for day in week))
        for week in weeks
    ]
    return tag(
        "table",
        tag("thead", head),
        tag("tbody", *body),
        class_="month-of",
        aria_labelledby=f"{name}-t",
        aria_describedby=f"{name}-d",
    )


def _day(day: date, planned: list[Planned], day_href: str) -> SafeString:
    beside = wording.day_beside(day)
    told = [
        tag("span", in_words(day, "l"), " ", class_="weekday"),
        tag("time", wording.digits(wording.calendar_day(day)[2]), datetime=f"{day:%Y-%m-%d}"),
        *([tag("small", beside.partition(" ")[0], title=beside)] if beside else []),
    ]
    shown = planned[:MOST_A_DAY] if day_href else planned
    items = [tag("li", tag("a", isolated(each.label), href=ours(each.href))) for each in shown]
    if left := len(planned) - len(shown):
        said = ngettext("%(n)s more", "%(n)s more", left) % {"n": wording.digits(left)}
        items.append(tag("li", tag("a", said, href=ours(day_href.replace("{day}", f"{day:%Y-%m-%d}")))))
    return tag("td", *told, *([tag("ul", *items)] if items else []), class_="busy" if items else None)
