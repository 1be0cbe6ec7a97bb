"""The stories of a section, a topic or a source, newest first, with whom and what they tell of."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.archive import dossiers
from dateline.archive.models import Record, Source
from dateline.archive.search import Facet, Found, find
from dateline.site import shelves, wording
from dateline.site.addresses import query_path
from dateline.site.caching import MINUTE, public
from dateline.site.charts.bars import Quantity, bars
from dateline.site.charts.chart import Chart
from dateline.site.dossier_page import places_chart
from dateline.site.language import gettext as _
from dateline.site.language import speaking
from dateline.site.pages import Section, render
from dateline.text.queries import Field, write
from dateline.text.query_reader import words_of

LISTED, _BARS = 25, 6


@require_safe
@public(MINUTE)
def shelf(request: HttpRequest, language: str, kind: str, slug: str) -> HttpResponse:
    if not shelves.is_edition(language):
        raise Http404
    words = words_of(slug.replace("-", " "))
    if not words or slug != "-".join(slug.lower().split()):
        raise Http404
    query = write(Field(name=kind, words=words))
    after = request.GET.get("after", "")
    # A source may write in several languages; topics and sections are named in one.
    spoken = None if kind == "source" else language
    found = find(query, language=spoken, order="date", after=after or None, most=LISTED)
    if not found.hits:
        raise Http404
    path = f"/{language}/{kind}/{slug}/about" if kind == "section" else f"/{language}/{kind}/{slug}"
    name = _name(kind, slug, found)
    known = shelves.sections(language)
    here = [Section(name=name, language=language)] if kind == "section" else []
    page = {
        "here": path,
        "title": name,
        "canonical": shelves.address(path),
        "sections": [*known, *(each for each in here if each.path not in {one.path for one in known})],
        "query": query,
        "search": query_path(language, "search", query),
        "feed": shelves.address(query_path(language, "search.atom", query)),
        "review": query_path(language, "search/print", query),
        "plans": query_path(language, "search/calendar", query),
    }
    context: dict[str, Any] = {
        "kind": kind,
        "cards": [shelves.card(hit.record) for hit in found.hits],
        "total": found.total,
        "is_capped": found.is_capped,
        "older": f"?after={found.next}" if found.next else "",
        "charts": [],
    }
    if not after:
        with speaking(language):
            facets = {facet.name: facet for facet in found.facets}
            context["charts"] = [
                places_chart(dossiers.where([hit.record.pk for hit in found.hits]), language),
                *_charts(facets, language, query),
            ]
    return HttpResponse(render("site/shelf.html", shelves.live_chrome(language), page, **context))


def _charts(facets: dict[str, Facet], language: str, query: str) -> list[Chart]:
    """Draw what the newest stories have in them, each bar a narrower search."""
    titles = {
        "year": _("By year"),
        "person": _("People"),
        "org": _("Organisations"),
        "topic": _("Topics"),
        "source": _("Sources"),
        "event": _("Events"),
    }
    drawn = []
    for name, title in titles.items():
        values = facets[name].values if name in facets else ()
        quantities = [
            Quantity(
                label=_label(name, each.label or " ".join(each.field.words)),
                number=each.count,
                href=query_path(language, "search", f"{query} {write(each.field)}"),
            )
            for each in values
            if not each.is_on
        ]
        if len(quantities) > 1:
            drawn.append(
                bars(f"by-{name}", title, quantities if name == "year" else quantities[:_BARS], ranked=name != "year")
            )
    return drawn


def _label(name: str, value: str) -> str:
    return wording.deed(value.upper()) if name == "event" else wording.digits(value) if name == "year" else value


def _name(kind: str, slug: str, found: Found) -> str:
    """Return what stories call the shelf."""
    if kind == "source" and (source := Source.objects.filter(slug=slug).first()):
        return source.name
    if kind == "section":
        newest: Record = found.hits[0].record
        return newest.section
    labels = [each.label for facet in found.facets if facet.name == kind for each in facet.values if each.is_on]
    return next(filter(None, labels), slug.replace("-", " "))
