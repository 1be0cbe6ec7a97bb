"""The pages that follow a person, an organisation or a place through the archive, and a pair of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from dateline.archive import dossiers
from dateline.archive.dossiers import Column
from dateline.archive.models import Entity
from dateline.site import jsonld, shelves
from dateline.site.addresses import dossier_path, keys_at, pair_path, query_for, query_path
from dateline.site.asking import ask
from dateline.site.caching import MINUTE, keep, public
from dateline.site.dossier_lines import cursor, line, mark_at, name_of
from dateline.site.dossier_page import dossier_page, pair_page
from dateline.site.language import SPOKEN, speaking
from dateline.site.language import gettext as _
from dateline.site.pages import render
from dateline.site.wording import side as side_said
from dateline.site.wording import stance as stance_said

LISTED = 25
SIDES = ("did", "had")


@require_safe
@public(MINUTE)
def dossier(request: HttpRequest, language: str, kind: str, words: str) -> HttpResponse:
    entity = _entity(language, kind, words)
    path = dossier_path(language, entity.key, entity.name)
    if request.path != path:
        return keep(HttpResponsePermanentRedirect(path), MINUTE)
    with speaking(language):
        told = dossier_page(entity, language)
    page = _page(language, path, {each: dossier_path(each, entity.key, entity.name) for each in SPOKEN})
    page |= _of_query(language, query_for(entity.key, entity.name))
    if entity.stories and entity.kind != "GEO":  # places of the gazetteer are no parties
        page["claims"] = f"/{language}/claims?{urlencode({'about': entity.key})}"
    page["json_ld"] = jsonld.script(jsonld.about(entity, told["name"], shelves.address(path)))
    around = shelves.live_chrome(language, page["editions"])
    return HttpResponse(render("site/dossier.html", around, page, **told))


@require_safe
@public(MINUTE)
def listed(request: HttpRequest, language: str, kind: str, words: str, what: str) -> HttpResponse:
    """Show all events, quotes or stories of an entity, newest first."""
    entity = _entity(language, kind, words)
    path = dossier_path(language, entity.key, entity.name)
    after, chosen = mark_at(request.GET.get("before", "")), ""
    with speaking(language):
        if what == "events":
            chosen = _chosen(request, "side", SIDES)
            column = dossiers.events(entity, chosen, after=after, most=LISTED)
            filters = [("side", each, side_said(each), each == chosen) for each in ("", *SIDES)]
        elif what == "quotes":
            stances = [each for each, _ in dossiers.stances(entity).most_common()]
            chosen = _chosen(request, "stance", stances)
            column = dossiers.quotes(entity, chosen, after=after, most=LISTED)
            filters = [
                ("stance", each, stance_said(each) or _("everything"), each == chosen) for each in ("", *stances)
            ]
        else:
            column, filters = dossiers.tellings(entity, after=after, most=LISTED), []
        name = name_of(entity)
    there = f"{path}/{what}"
    kept = f"{filters[0][0]}={chosen}&" if chosen else ""
    page = _page(language, there)
    context = _list(column, language, what, [entity], f"?{kept}")
    return HttpResponse(
        render(
            "site/dossier-list.html",
            shelves.live_chrome(language),
            page,
            back=[(name, path)],
            filters=filters if len(filters) > 2 else [],
            **context,
        )
    )


@require_safe
@public(MINUTE)
def pair(request: HttpRequest, language: str, one: str, other: str) -> HttpResponse:
    both = _pair(language, one, other)
    path = pair_path(language, both[0].key, both[1].key)
    if request.path != path:
        return keep(HttpResponsePermanentRedirect(path), MINUTE)
    with speaking(language):
        told = pair_page(*both, language)
    if not told["events"] and not told["quotes"]:
        raise Http404
    page = _page(language, path, {each: pair_path(each, one, other) for each in SPOKEN})
    page |= _of_query(language, " ".join(query_for(each.key, each.name) for each in both))
    around = shelves.live_chrome(language, page["editions"])
    return HttpResponse(render("site/pair.html", around, page, **told))


@require_safe
@public(MINUTE)
def pair_listed(request: HttpRequest, language: str, one: str, other: str, what: str) -> HttpResponse:
    """Show all events or quotes between two, newest first."""
    both = _pair(language, one, other)
    path = pair_path(language, both[0].key, both[1].key)
    after = mark_at(request.GET.get("before", ""))
    column = dossiers.between(*both, what.removesuffix("s"), after=after, most=LISTED)
    with speaking(language):
        name = _("%(one)s – %(other)s") % {"one": name_of(both[0]), "other": name_of(both[1])}
    if not column.found:
        raise Http404
    context = _list(column, language, what, [], "?")
    page = _page(language, f"{path}/{what}")
    return HttpResponse(
        render("site/dossier-list.html", shelves.live_chrome(language), page, back=[(name, path)], **context)
    )


def _entity(language: str, kind: str, words: str) -> Entity:
    """Return whom an address is about. Raises Http404 where no published story tells of them."""
    if shelves.is_edition(language):
        for key in keys_at(kind, words):
            if found := ask(dossiers.known, key):
                return found
    raise Http404


def _chosen(request: HttpRequest, name: str, choices: Collection[str]) -> str:
    """Return which part of a list is asked for, empty for all of it. Raises Http404 where there is no such part."""
    chosen = request.GET.get(name, "")
    if chosen and chosen not in choices:
        raise Http404
    return chosen


def _pair(language: str, one: str, other: str) -> tuple[Entity, Entity]:
    first, second = (ask(dossiers.known, key) for key in sorted((one, other)))
    if first is None or second is None or first == second or not shelves.is_edition(language):
        raise Http404
    return first, second


def _list(column: Column, language: str, what: str, here: list[Entity], kept: str) -> dict[str, Any]:
    with speaking(language):
        return {
            "what": what,
            "lines": [line(cited, language, here=here) for cited in column.found],
            "older": f"{kept}before={cursor(column.next)}" if column.next else "",
        }


def _page(language: str, path: str, editions: dict[str, str] | None = None) -> dict[str, Any]:
    return {
        "here": path,
        "canonical": shelves.address(path),
        "editions": editions,
        "alternates": [(each, shelves.address(there)) for each, there in (editions or {}).items()],
    }


def _of_query(language: str, query: str) -> dict[str, str]:
    """Return the other forms of the stories a query finds."""
    return {
        "query": query,
        "search": query_path(language, "search", query),
        "feed": shelves.address(query_path(language, "search.atom", query)),
        "review": query_path(language, "search/print", query),
        "plans": query_path(language, "search/calendar", query),
    }
