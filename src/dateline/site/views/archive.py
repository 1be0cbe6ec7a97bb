"""Stories by the day they were published."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.site import shelves, wording
from dateline.site.caching import MINUTE, public
from dateline.site.language import speaking
from dateline.site.pages import chrome, render
from dateline.site.paging import stretch


@require_safe
@public(MINUTE)
def index(request: HttpRequest, language: str) -> HttpResponse:
    if not shelves.is_edition(language):
        raise Http404
    page = _page(language, f"/{language}/archive/") | {"sections": shelves.sections(language)}
    with speaking(language):
        counted = shelves.years(language)
        others = [
            {"name": wording.digits(number), "path": f"/{language}/archive/{number:04d}", "stories": stories}
            for number, stories in counted
        ]
        years = _years(shelves.days(language, counted[0][0]), language) if counted else []
    return HttpResponse(render("site/archive.html", shelves.live_chrome(language), page, years=years, others=others))


@require_safe
@public(MINUTE)
def year(request: HttpRequest, language: str, year: str) -> HttpResponse:
    found = shelves.days(language, int(year)) if int(year) else []
    if not found:
        raise Http404
    page = _page(language, f"/{language}/archive/{year}")
    with speaking(language):
        page["title"] = wording.digits(year)
        years = _years(found, language)
    return HttpResponse(render("site/archive.html", chrome(language), page, years=years))


@require_safe
@public(MINUTE)
def day(request: HttpRequest, language: str, year: str, month: str, day: str, leaf: str = "1") -> HttpResponse:
    try:
        asked = date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    page = _page(language, _path(language, asked))
    with speaking(language):
        page["title"] = wording.long_day(asked)
        other = wording.day_beside(asked)
    part = stretch(shelves.public(language).on_day(asked), path=_path(language, asked), number=int(leaf))
    context = {
        "cards": shelves.cards(part.records),
        "kickers": True,
        "total": part.total,
        "leaf": part,
        "aside": other,
    }
    return HttpResponse(render("site/listing.html", chrome(language), page, **context))


def _page(language: str, path: str) -> dict[str, Any]:
    return {"here": "archive", "canonical": shelves.address(path)}


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
                "path": _path(language, on),
                "stories": stories,
            }
            for (_, _, number), on, stories in days
        ],
    }


def _path(language: str, on: date) -> str:
    return f"/{language}/archive/{on:%Y/%m/%d}"
