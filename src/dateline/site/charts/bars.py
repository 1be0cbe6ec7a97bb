"""Counts as bars, one below the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from dateline.site import wording
from dateline.site.charts.chart import Chart, TableCell, across, blank, isolated, link, plot, shortened, spoken, tag
from dateline.site.language import gettext as _

MOST = 25
_ROW = 38


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """How much there is of something: a source, a section, a year."""

    label: str
    number: int
    href: str


def bars(name: str, title: str, quantities: Iterable[Quantity], *, ranked: bool = True) -> Chart:
    """Draw the largest first, or where they are not ``ranked`` (years) as they come."""
    found = [each for each in quantities if each.number > 0]
    if not found:
        return blank(name, "bars", title)
    if ranked:
        found.sort(key=lambda each: (-each.number, each.label, each.href))
    shown = found[:MOST] if ranked else found[-MOST:]
    told = _("%(n)s in all.") % {"n": wording.digits(sum(each.number for each in found))}
    if len(shown) < len(found):
        told += " " + _("%(n)s of %(all)s shown.") % {
            "n": wording.digits(len(shown)),
            "all": wording.digits(len(found)),
        }
    most = max(each.number for each in shown)
    return Chart(
        name=name,
        kind="bars",
        title=title,
        told=told,
        picture=plot(
            name, *(_bar(at, each, most) for at, each in enumerate(shown)), width="100%", height=len(shown) * _ROW
        ),
        heads=(_("What"), _("How many")),
        rows=tuple(
            (TableCell(text=spoken(each.label), href=each.href), TableCell(text=wording.digits(each.number)))
            for each in shown
        ),
    )


def _bar(at: int, each: Quantity, most: int) -> SafeString:
    top, number = at * _ROW, wording.digits(each.number)
    ends = sorted(float(across(share, margin=0).rstrip("%")) for share in (0.0, each.number / most))
    # The ends of the line of writing: the words' and the numbers'.
    start, end = (across(share, margin=0) for share in (0.0, 1.0))
    return link(
        each.href,
        f"{isolated(each.label)}: {number}",
        tag("text", isolated(shortened(each.label, 13, 240)), x=start, y=top + 15, text_anchor="start"),
        tag("text", number, class_="soft", x=end, y=top + 15, text_anchor="end"),
        tag("rect", class_="bar-of", x=f"{ends[0]:.2f}%", y=top + 21, width=f"{ends[1] - ends[0]:.2f}%", height=8),
    )
