"""Whom and what the archive tells most of: lists to begin with, and a form to find the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.archive import dossiers
from dateline.archive.models import Entity, Record, Sighting, Source
from dateline.archive.search import MANY, FacetValue, by_month, find, most_told
from dateline.reading import authority
from dateline.site import shelves
from dateline.site.addresses import dossier_path, query_path
from dateline.site.caching import MINUTE, public
from dateline.site.charts.chart import Chart
from dateline.site.charts.sparks import Series, sparks
from dateline.site.dossier_lines import name_of
from dateline.site.dossier_page import places_chart
from dateline.site.language import SPOKEN, speaking
from dateline.site.language import gettext as _
from dateline.site.pages import Section, render
from dateline.text.folding import fold
from dateline.text.queries import write

MOST, LONGEST = 60, 100
_READ, _SOURCES = 240, 500
_KINDS = {"who": ("PER", "ORG"), "places": ("LOC", "GEO")}


@require_safe
@public(MINUTE)
def entities(request: HttpRequest, language: str, shelf: str) -> HttpResponse:
    """List the most told people and organisations, or states and places, or those that ``?name=`` may mean."""
    asked = " ".join(request.GET.get("name", "").replace("\0", " ").split())[:LONGEST]
    page = _page(language, shelf)
    with speaking(language):
        found = {
            kind: dossiers.called([kind], asked, most=_READ) if asked else dossiers.leading(kind, most=_READ)
            for kind in _KINDS[shelf]
        }
        lists = _places(found["LOC"], found["GEO"]) if shelf == "places" else _people(found["PER"], found["ORG"])
        columns = [(title, [_row(each, language) for each in rows[:MOST]]) for title, rows in lists if rows]
        chart = None
        if shelf == "places":
            placed = [each for _, rows in lists for each in rows[:MOST]]
            chart = places_chart([(each, each.stories) for each in placed], language)
        page["title"] = _("People and organisations") if shelf == "who" else _("Places")
    around = shelves.live_chrome(language, {each: f"/{each}/{shelf}/" for each in SPOKEN})
    context = {"asked": asked, "columns": columns, "chart": chart, "search": query_path(language, "search", asked)}
    return HttpResponse(render("site/leading.html", around, page, shelf=shelf, **context))


@require_safe
@public(MINUTE)
def topics(request: HttpRequest, language: str) -> HttpResponse:
    """List the topics most stories have, show how those of late have run, and list the sections with them."""
    return _of_facets(language, "topics", "section")


@require_safe
@public(MINUTE)
def sources(request: HttpRequest, language: str) -> HttpResponse:
    """List the sources of the newest stories, then all there are."""
    return _of_facets(language, "sources", "source")


def _of_facets(language: str, shelf: str, name: str) -> HttpResponse:
    page = _page(language, shelf)
    counted = {facet.name: facet.values for facet in find("is:story", language=language, order="date", most=1).facets}
    late = counted.get("topic", ())
    with speaking(language):
        columns = []
        if shelf == "topics":
            told = most_told("topic", language, most=MOST, first=[each.field for each in late])
            columns.append((_("Topics"), _counts(told, language, many=MANY)))
        title = _("Sections of late") if name == "section" else _("Sources of late")
        columns.append((title, _counts(counted.get(name, ()), language)))
        if shelf == "sources":
            seen = Sighting.objects.filter(source=OuterRef("pk"), record__state=Record.State.PUBLISHED)
            every = Source.objects.filter(Exists(seen)).order_by("name", "pk")
            rows = [{"name": each.name, "path": f"/{language}/source/{each.slug}"} for each in every[:_SOURCES]]
            columns.append((_("All sources"), rows))
        page["title"] = _("Topics") if shelf == "topics" else _("Sources")
        chart = _running(late, language) if shelf == "topics" else None
    around = shelves.live_chrome(language, {each: f"/{each}/{shelf}/" for each in SPOKEN})
    shown = [(title, rows) for title, rows in columns if rows]
    return HttpResponse(render("site/leading.html", around, page, shelf=shelf, columns=shown, chart=chart))


def _counts(values: Iterable[FacetValue], language: str, *, many: int | None = None) -> list[dict[str, Any]]:
    """Return the rows of a list; what has ``many`` stories may have more."""
    return [
        {
            "name": each.label or " ".join(each.field.words),
            "path": _shelf(language, each),
            "count": f"{each.count}+" if each.count == many else each.count,
        }
        for each in values
    ]


def _running(topics: Sequence[FacetValue], language: str) -> Chart:
    """Draw the stories of topics by month."""
    series = [
        Series(
            label=each.label or " ".join(each.field.words),
            href=f"/{language}/topic/{'-'.join(each.field.words)}",
            months=tuple(
                (month, number, query_path(language, "search", f"{write(each.field)} date:{month:%Y-%m}"))
                for month, number in months
            ),
        )
        for each, months in zip(topics, by_month([each.field for each in topics], language), strict=True)
    ]
    return sparks("running", _("Topics of late"), _("Topic"), series)


def _shelf(language: str, value: FacetValue) -> str:
    kind = value.field.name
    if kind == "section" and value.label:  # a section is a page of its own, at its own letters
        return Section(name=value.label, language=language).path
    return f"/{language}/{kind}/{'-'.join(value.field.words)}"


def _people(persons: list[Entity], organisations: list[Entity]) -> list[tuple[str, list[Entity]]]:
    return [(_("People"), persons), (_("Organisations"), organisations)]


def _places(named: list[Entity], placed: list[Entity]) -> list[tuple[str, list[Entity]]]:
    """Return states, places, and names that stand on no map; a place that is also a state or a name stands once."""
    states = [each for each in named if authority.is_code(each.key.removeprefix("loc:").upper())]
    places = [each for each in placed if authority.country_of(each.name) is None]
    known = {fold(each.name) for each in places}
    others = [each for each in named if each not in states and fold(each.name) not in known]
    return [(_("States"), states), (_("Places"), places), (_("Places on no map"), others)]


def _row(entity: Entity, language: str) -> dict[str, Any]:
    return {
        "name": name_of(entity),
        "path": dossier_path(language, entity.key, entity.name),
        "count": entity.stories,
    }


def _page(language: str, shelf: str) -> dict[str, Any]:
    if not shelves.is_edition(language):
        raise Http404
    path = f"/{language}/{shelf}/"
    return {
        "here": shelf,
        "canonical": shelves.address(path),
        "alternates": [(each, shelves.address(f"/{each}/{shelf}/")) for each in SPOKEN],
    }
