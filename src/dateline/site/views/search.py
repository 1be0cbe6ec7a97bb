"""Search among the published stories of a language."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from dateline.archive.search import Hit, find
from dateline.site import shelves
from dateline.site.caching import MINUTE, public
from dateline.site.pages import render

LONGEST = 200


@require_safe
@public(MINUTE)
def search_page(request: HttpRequest, language: str) -> HttpResponse:
    if not shelves.is_edition(language):
        raise Http404
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST]
    found = find(query, language=language)
    page = {"sections": shelves.sections(language), "canonical": shelves.address(f"/{language}/search")}
    context = {"query": query, "hits": [_hit(hit) for hit in found.hits], "total": found.total}
    return HttpResponse(render("site/search.html", shelves.live_chrome(language), page, **context))


def _hit(hit: Hit) -> dict[str, Any]:
    marked = format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", words) if found else words,) for words, found in hit.snippet)
    )
    return {"card": shelves.card(hit.record), "snippet": marked}
