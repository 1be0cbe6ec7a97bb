"""Search among the published stories of a language, and what a query finds in every form it can be taken away in."""

from __future__ import annotations

from itertools import chain
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from dateline.archive.search import find
from dateline.site import shelves
from dateline.site.caching import MINUTE, public
from dateline.site.exports import EXPORTS, NotInstalled, offered
from dateline.site.language import speaking
from dateline.site.pages import render
from dateline.site.search_page import Address, facets, glosses, hits, years
from dateline.text.queries import Query
from dateline.text.query_reader import read_query

LONGEST = 400
# Stories that one request may take away; `dateline search --export` takes all.
MOST_AWAY = 10_000


@require_safe
@public(MINUTE)
def search_page(request: HttpRequest, language: str) -> HttpResponse:
    if not shelves.is_edition(language):
        raise Http404
    query = _query(request)
    by_date = request.GET.get("sort") == "date"
    after = request.GET.get("after")
    found = find(query, language=language, order="date" if by_date else "relevance", after=after)
    address = Address(language=language, by_date=by_date)
    page = {"sections": shelves.sections(language), "canonical": shelves.address(f"/{language}/search")}
    with speaking(language):
        context = {
            "query": query.said,
            "found": found,
            "hits": hits(found.hits),
            "facets": facets(found.facets, query, address),
            "years": years(found.facets, query, address),
            "glosses": glosses(found, address),
            "doubts": any(each.instead for each in found.explained),
            "by_date": by_date,
            "other_order": Address(language=language, by_date=not by_date).of(query),
            "first": address.of(query) if after else "",
            "next": address.of(query, after=found.next) if found.next else "",
            "suggestion": found.suggestion,
            "suggested": address.of(found.suggestion) if found.suggestion else "",
            "forms": [(each, f"/{language}/search.{each}?{urlencode({'q': query.said})}") for each in offered()],
        }
    return HttpResponse(render("site/search.html", shelves.live_chrome(language), page, **context))


@require_safe
@public(MINUTE)
def search_export(request: HttpRequest, language: str, form: str) -> HttpResponseBase:
    if form not in EXPORTS or not shelves.is_edition(language):
        raise Http404
    export, query = EXPORTS[form], _query(request)
    pieces = export.write(query, language, MOST_AWAY)
    try:
        first = next(pieces, b"")
    except NotInstalled as error:
        return HttpResponse(f"{error}\n", status=501, content_type="text/plain; charset=utf-8")
    if not export.is_table:
        return HttpResponse(first, content_type=export.content_type)
    answer = StreamingHttpResponse(chain([first], pieces), content_type=export.content_type)
    answer["Content-Disposition"] = f'attachment; filename="search.{form}"'
    return answer


def _query(request: HttpRequest) -> Query:
    return read_query(" ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST])
