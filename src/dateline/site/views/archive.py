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
        years = [
            {"name": wording.digits(number), "path": f"/{language}/archive/{number:04d}", "stories": stories}
            for number, stories in counted
        ]
        newest = _months(shelves.days(language, counted[0][0]), language) if counted else []
    return HttpResponse(render("site/archive.html", shelves.live_chrome(language), page, years=years, months=newest))


@require_safe
@public(MINUTE)
def year(request: HttpRequest, language: str, year: str) -> HttpResponse:
    found = shelves.days(language, int(year)) if int(year) else []
    if not found:
        raise Http404
    page = _page(language, f"/{language}/archive/{year}")
    with speaking(language):
        page["title"] = wording.digits(year)
        months = _months(found, language)
    return HttpResponse(render("site/archive.html", chrome(language), page, months=months))


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
        other = wording.gregorian_day(asked)
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


def _months(days: Iterable[tuple[date, int]], language: str) -> list[dict[str, Any]]:
    return [
        {"name": wording.month(month), "days": [_day(on, count, language) for on, count in group]}
        for month, group in groupby(days, key=lambda each: each[0].replace(day=1))
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
