"""What is planned: a month of it, and what the stories of a query plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import MAXYEAR, date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from dateline.archive import days
from dateline.site import shelves, wording
from dateline.site.caching import MINUTE, public
from dateline.site.charts.calendar import Planned, days_of, month
from dateline.site.charts.chart import Chart
from dateline.site.dossier_lines import Line, cursor, line, mark_at, said
from dateline.site.language import SPOKEN, speaking
from dateline.site.language import gettext as _
from dateline.site.pages import render

LISTED = 25
_MIDDLE = 15  # a month of the reader's calendar is addressed by the Gregorian month whose fifteenth lies in it


@require_safe
@public(MINUTE)
def newest(request: HttpRequest, language: str) -> HttpResponse:
    """Lead to this month, or to the nearest that has plans: the next to come before those that are over."""
    if not shelves.is_edition(language):
        raise Http404
    today = timezone.now().date()
    over, coming = days.planned_around(today, today)
    nearest = today if days.planned(today, today) else coming or over
    if nearest is None:
        page = {"here": "calendar", "sections": shelves.sections(language)}
        return HttpResponse(render("site/calendar.html", shelves.live_chrome(language), page))
    with speaking(language):
        return HttpResponseRedirect(_path(language, nearest))


@require_safe
@public(MINUTE)
def calendar(request: HttpRequest, language: str, year: str, month: str) -> HttpResponse:
    try:
        middle = date(int(year), int(month), _MIDDLE)
    except ValueError:
        raise Http404 from None
    if not shelves.is_edition(language) or middle.year == MAXYEAR:
        raise Http404
    with speaking(language):
        shown = days_of(middle)
        first, last = shown[0], shown[-1]
        column = days.plans(first, last, after=mark_at(request.GET.get("before", "")), most=LISTED)
        lines = [line(cited, language) for cited in column.found]
        before, after = days.planned_around(first, last)
        context = {
            "chart": _chart(lines, days.planned(first, last), middle, language),
            "lines": lines,
            "more": f"?before={cursor(column.next)}" if column.next else "",
            "before": (wording.calendar_month(before), _path(language, before)) if before else None,
            "after": (wording.calendar_month(after), _path(language, after)) if after else None,
        }
        title = wording.calendar_month(middle)
    path = f"/{language}/calendar/{year}-{month}"
    page = {
        "here": "calendar",
        "title": title,
        "sections": shelves.sections(language),
        "canonical": shelves.address(path),
        "alternates": [(each, shelves.address(f"/{each}/calendar/{year}-{month}")) for each in SPOKEN],
    }
    return HttpResponse(render("site/calendar.html", shelves.live_chrome(language), page, **context))


def _chart(lines: list[Line], counts: Mapping[date, int], on: date, language: str) -> Chart:
    """Draw a month: each plan while the list holds them all, else how many there are for each day."""
    day_href = f"/{language}/day/{{day}}"
    if sum(counts.values()) <= len(lines):
        planned = [Planned(day=date.fromisoformat(each.day), label=said(each), href=each.href) for each in lines]
    else:
        planned = [
            Planned(
                day=day,
                label=ngettext("%(n)s planned event", "%(n)s planned events", number) % {"n": wording.digits(number)},
                href=day_href.format(day=day.isoformat()),
            )
            for day, number in counts.items()
        ]
    return month("plans", _("Planned"), planned, on=on, day_href=day_href)


def _path(language: str, day: date) -> str:
    """Return the address of the month that a day lies in, as the active language counts months."""
    shown = days_of(day)
    middle = next((each for each in shown if each.day == _MIDDLE), day)
    return f"/{language}/calendar/{middle:%Y-%m}"
