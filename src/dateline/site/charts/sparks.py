"""How often several things were told, month by month: a row of small columns for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dateline.site import wording
from dateline.site.charts.chart import Chart, TableCell, across, blank, isolated, link, plot, shortened, spoken, tag

_ROW, _HIGH = 54, 22  # pixels: a row, its tallest column


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What is told of one thing. ``months`` are the first days of all months shown, the same in each series, with the
    number of stories in it and where those are listed; None where so far back nobody counted."""

    label: str
    href: str
    months: tuple[tuple[date, int | None, str], ...]

    @property
    def total(self) -> int:
        return sum(month[1] or 0 for month in self.months)


def sparks(name: str, title: str, what: str, series: Iterable[Series]) -> Chart:
    """Draw the series most is told of first, all on one scale; ``what`` heads their names in the table."""
    found = sorted((each for each in series if each.total), key=lambda each: (-each.total, each.label))
    if not found:
        return blank(name, "sparks", title)
    months = [month[0] for month in found[0].months]
    most = max(month[1] or 0 for each in found for month in each.months)
    ends = {"first": wording.month(months[0]), "last": wording.month(months[-1])}
    rows = (_spark(at * _ROW, each, most) for at, each in enumerate(found))
    return Chart(
        name=name,
        kind="sparks",
        title=title,
        told=_("Stories by month, %(first)s to %(last)s.") % ends,
        picture=plot(name, *rows, width="100%", height=len(found) * _ROW),
        heads=(what, _("How many"), *map(wording.month, months)),
        rows=tuple(
            (
                TableCell(text=spoken(each.label), href=each.href),
                TableCell(text=wording.digits(each.total)),
                *(_cell(*month[1:]) for month in each.months),
            )
            for each in found
        ),
    )


def _cell(number: int | None, href: str) -> TableCell:
    return TableCell(text="…" if number is None else wording.digits(number), href=href if number else "")


def _spark(top: int, each: Series, most: int) -> SafeString:
    total, floor = wording.digits(each.total), top + 24 + _HIGH
    columns = []
    for at, month in enumerate(each.months):
        if number := month[1]:
            ends = sorted(float(across((at + more) / len(each.months), margin=0).rstrip("%")) for more in (0.0, 0.82))
            high = max(2.0, number / most * _HIGH)
            place = {"x": f"{ends[0]:.2f}%", "width": f"{ends[1] - ends[0]:.2f}%"}
            columns.append(tag("rect", class_="bar-of", y=floor - high, height=high, **place))
    start, end = (across(share, margin=0) for share in (0.0, 1.0))
    return link(
        each.href,
        f"{isolated(each.label)}: {total}",
        tag("text", isolated(shortened(each.label, 13, 240)), x=start, y=top + 15, text_anchor="start"),
        tag("text", total, class_="soft", x=end, y=top + 15, text_anchor="end"),
        *columns,
        tag("line", class_="floor", x1="0%", x2="100%", y1=floor, y2=floor),
    )
