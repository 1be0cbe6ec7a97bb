"""Where the stories of a query take place, and what they plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.archive import days, dossiers
from dateline.archive.search import newest_of
from dateline.site import shelves
from dateline.site.addresses import query_path
from dateline.site.caching import MINUTE, public
from dateline.site.dossier_lines import line
from dateline.site.dossier_page import places_chart
from dateline.site.language import gettext as _
from dateline.site.language import speaking
from dateline.site.pages import render
from dateline.site.views.search import LONGEST

NEWEST, PLANS = 500, 50


@require_safe
@public(MINUTE)
def query_map(request: HttpRequest, language: str) -> HttpResponse:
    query, records = _stories(request, language)
    with speaking(language):
        title, chart = _("Where these stories take place"), places_chart(dossiers.where(records), language)
    page = _page(language, "search/map", query, title)
    return HttpResponse(
        render("site/query.html", shelves.live_chrome(language), page, query=query, looked_at=len(records), chart=chart)
    )


@require_safe
@public(MINUTE)
def query_calendar(request: HttpRequest, language: str) -> HttpResponse:
    query, records = _stories(request, language)
    with speaking(language):
        title = _("What these stories plan")
        lines = [line(cited, language) for cited in days.plans_of(records, most=PLANS).found]
    page = _page(language, "search/calendar", query, title)
    return HttpResponse(
        render("site/query.html", shelves.live_chrome(language), page, query=query, looked_at=len(records), lines=lines)
    )


def _stories(request: HttpRequest, language: str) -> tuple[str, Sequence[int]]:
    """Return the query and the row ids of the newest stories it finds."""
    if not shelves.is_edition(language):
        raise Http404
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST]
    return query, newest_of(query, language=language, most=NEWEST)


def _page(language: str, part: str, query: str, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "here": part,
        "sections": shelves.sections(language),
        "canonical": shelves.address(query_path(language, part, query)),
        "search": query_path(language, "search", query),
        "map": query_path(language, "search/map", query),
        "plans": query_path(language, "search/calendar", query),
        "ics": query_path(language, "search.ics", query),
    }
