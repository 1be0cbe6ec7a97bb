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
from dateline.site.pages import render
from dateline.site.paging import leaf


@require_safe
@public(MINUTE)
def index(request: HttpRequest, language: str) -> HttpResponse:
    if not shelves.is_edition(language):
        raise Http404
    page = _page(language, f"/{language}/archive/")
    with speaking(language):
        years = _years(shelves.days(language), language)
    return HttpResponse(render("site/archive.html", shelves.live_chrome(language), page, years=years))


@require_safe
@public(MINUTE)
def day(request: HttpRequest, language: str, year: str, month: str, day: str) -> HttpResponse:
    try:
        asked = date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    found = shelves.public(language).on_day(asked)
    if not found.exists():
        raise Http404
    page = _page(language, _path(language, asked))
    with speaking(language):
        page["title"] = wording.long_day(asked)
        other = wording.gregorian_day(asked)
    part = leaf(request, found)
    context = {
        "cards": shelves.cards(part.records),
        "kickers": True,
        "total": part.total,
        "leaf": part,
        "aside": other,
    }
    return HttpResponse(render("site/listing.html", shelves.live_chrome(language), page, **context))


def _page(language: str, path: str) -> dict[str, Any]:
    return {"here": "archive", "sections": shelves.sections(language), "canonical": shelves.address(path)}


def _years(days: Iterable[tuple[date, int]], language: str) -> list[dict[str, Any]]:
    return [
        {
            "name": wording.digits(year),
            "months": [
                {
                    "name": wording.month(date(year, month, 1)),
                    "days": [_day(on, count, language) for on, count in group],
                }
                for month, group in groupby(months, key=lambda each: each[0].month)
            ],
        }
        for year, months in groupby(days, key=lambda each: each[0].year)
    ]


def _day(on: date, stories: int, language: str) -> dict[str, Any]:
    return {
        "number": wording.digits(on.day),
        "long": wording.long_day(on),
        "path": _path(language, on),
        "stories": stories,
    }


def _path(language: str, on: date) -> str:
    return f"/{language}/archive/{on:%Y/%m/%d}"
