"""The index of published stories by the day they were published, a year at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from dateline.archive.models import Record
from dateline.archive.models.records import RecordSet
from dateline.site import shelves, wording
from dateline.site.addresses import day_path
from dateline.site.caching import DAY, MINUTE, keep, public
from dateline.site.language import speaking
from dateline.site.pages import chrome, render


@require_safe
@public(MINUTE)
def index(request: HttpRequest, language: str) -> HttpResponse:
    """The years that have stories, and the days of the newest."""
    if not shelves.is_edition(language):
        raise Http404
    stories = Record.objects.published().in_language(language)
    years = stories.years()
    page = _page(language, "") | {"sections": shelves.sections(language)}
    with speaking(language):
        told = _years(_days(stories, years[0]), language) if years else []
        others = [(wording.iso(str(each)), f"/{language}/archive/{each:04d}") for each in years]
    return HttpResponse(render("site/archive.html", shelves.live_chrome(language), page, years=told, others=others))


@require_safe
@public(MINUTE)
def year(request: HttpRequest, language: str, year: str) -> HttpResponse:
    """The days of a year. It names nothing else, so that nothing else makes it stale."""
    days = _days(Record.objects.published().in_language(language), int(year)) if int(year) else []
    if not days:
        raise Http404
    page = _page(language, year)
    with speaking(language):
        page["title"] = wording.iso(year)
        told = _years(days, language)
    return HttpResponse(render("site/archive.html", chrome(language), page, years=told))


@require_safe
def day(request: HttpRequest, language: str, year: str, month: str, day: str) -> HttpResponse:
    """Lead on to where a day's page stands now."""
    try:
        asked = date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    return keep(HttpResponsePermanentRedirect(day_path(language, asked.isoformat())), DAY)


def _page(language: str, year: str) -> dict[str, Any]:
    return {"here": "archive", "canonical": shelves.address(f"/{language}/archive/{year}")}


def _days(stories: RecordSet, year: int) -> list[tuple[date, int]]:
    counted = stories.on_days(date(year, 1, 1), date(year, 12, 31)).counted_by(10)
    return [(date.fromisoformat(day), number) for day, number in counted]


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
