"""The index of published stories by the day they were published, a year at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from dateline.archive.models import Record
from dateline.site import shelves, wording
from dateline.site.addresses import day_path
from dateline.site.caching import DAY, MINUTE, keep, public
from dateline.site.language import speaking
from dateline.site.pages import render


@require_safe
@public(MINUTE)
def index(request: HttpRequest, language: str, year: str = "") -> HttpResponse:
    """Show the days of a year, of the newest that has stories where none is asked for."""
    if not shelves.is_edition(language):
        raise Http404
    stories = Record.objects.published().in_language(language)
    years = stories.years()
    if year and int(year) not in years:
        raise Http404
    shown = int(year) if year else max(years, default=0)
    days = stories.on_days(date(shown, 1, 1), date(shown, 12, 31)).per_day() if shown else {}
    path = f"/{language}/archive/{year}"
    page = {"here": "archive", "sections": shelves.sections(language), "canonical": shelves.address(path)}
    with speaking(language):
        told = _years(days.items(), language)
        others = [(wording.iso(str(each)), f"/{language}/archive/{each}", each == shown) for each in years]
    context = {"years": told, "others": others if len(years) > 1 else []}
    return HttpResponse(render("site/archive.html", shelves.live_chrome(language), page, **context))


@require_safe
def day(request: HttpRequest, language: str, year: str, month: str, day: str) -> HttpResponse:
    """Lead on to where a day's page stands now."""
    try:
        asked = date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    return keep(HttpResponsePermanentRedirect(day_path(language, asked.isoformat())), DAY)


def _years(days: Iterable[tuple[date, int]], language: str) -> list[dict[str, Any]]:
    """Return years, months and days, newest first, as the calendar of the language counts them."""
    counted = [(wording.calendar_day(on), on, stories) for on, stories in days]
    return [
        {
            "name": wording.digits(year),
            "months": [_month(list(group), language) for _, group in groupby(months, key=lambda each: each[0][1])],
        }
        for year, months in groupby(counted, key=lambda each: each[0][0])
    ]


def _month(days: list[tuple[tuple[int, int, int], date, int]], language: str) -> dict[str, Any]:
    newest, oldest = days[0][1], days[-1][1]
    return {
        "name": wording.calendar_month(newest),
        "beside": wording.months_beside(oldest, newest),
        "days": [
            {
                "number": wording.digits(number),
                "long": wording.long_day(on),
                "path": day_path(language, on.isoformat()),
                "stories": stories,
            }
            for (_, _, number), on, stories in days
        ],
    }
