"""What a dossier tells of one entity, and a page of a pair of two, from the archive's indexes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from dateline.archive import dossiers
from dateline.archive.dossiers import Column
from dateline.archive.models import Entity
from dateline.reading.deeds import QUADS
from dateline.site import wording
from dateline.site.addresses import dossier_path, pair_path, query_for, query_path
from dateline.site.asking import ask
from dateline.site.charts.balance import Dealings, balance
from dateline.site.charts.bars import Quantity, bars
from dateline.site.charts.chart import Chart
from dateline.site.charts.network import Tie, network
from dateline.site.charts.periods import Period
from dateline.site.charts.timeline import Happening, timeline
from dateline.site.charts.world import Spot, world
from dateline.site.dossier_lines import Line, line, name_of, said
from dateline.site.language import gettext as _

_EVENTS, _SHOWN, _STORIES, _PARTNERS, _SOURCES = 24, 6, 8, 14, 8
_FEW_MONTHS = 18

Address = Callable[[date, date], str]


def dossier_page(entity: Entity, language: str) -> dict[str, Any]:
    """Return what the page of an entity shows, in the active language."""
    events = _lines(ask(dossiers.events, entity, most=_EVENTS), language, entity)
    quotes = _lines(ask(dossiers.quotes, entity, most=_SHOWN), language, entity)
    newest = tuple(ask(dossiers.newest, entity))
    partners = ask(dossiers.partners, entity, most=_PARTNERS)
    search = _search(language, entity)
    return {
        "entity": entity,
        "name": name_of(entity),
        "path": dossier_path(language, entity.key, entity.name),
        "totals": ask(dossiers.totals, entity),
        "events": events[:_SHOWN],
        "quotes": quotes,
        "stories": _lines(ask(dossiers.tellings, entity, most=_STORIES), language, entity),
        "offices": ask(dossiers.offices, entity)[:_SHOWN] if entity.kind == "PER" else [],
        "stances": ask(dossiers.stances, entity).most_common(),
        "partners": [_partner(entity, each, language) for each in partners],
        "sources": ask(dossiers.sources, newest)[:_SOURCES],
        "looked_at": len(newest),
        "timeline": _timeline(events, search),
        "balance": _balance(_both(entity), search),
        "network": _network(entity, partners, language),
        "world": places_chart(ask(dossiers.where, newest), language),
        "often": _often(ask(dossiers.months, entity, "told"), search),
    }


def pair_page(one: Entity, other: Entity, language: str) -> dict[str, Any]:
    """Return what the page of a pair shows, in the active language."""
    events = _lines(ask(dossiers.between, one, other, "event", most=_EVENTS), language)
    quotes = _lines(ask(dossiers.between, one, other, "quote", most=_SHOWN), language)
    search = _search(language, one, other)
    return {
        "both": [(name_of(each), dossier_path(language, each.key, each.name)) for each in (one, other)],
        "name": _("%(one)s – %(other)s") % {"one": name_of(one), "other": name_of(other)},
        "path": pair_path(language, one.key, other.key),
        "events": events[:_SHOWN],
        "quotes": quotes,
        "timeline": _timeline(events, search),
        "balance": _balance(ask(dossiers.balance, one, other), search),
    }


def places_chart(places: Iterable[tuple[Entity, int]], language: str) -> Chart:
    return world(
        "where",
        _("On the map"),
        [
            Spot(
                label=name_of(place),
                lat=place.lat,
                lon=place.lon,
                number=count,
                href=dossier_path(language, place.key, place.name),
            )
            for place, count in places
            if place.lat is not None and place.lon is not None
        ],
    )


def _lines(column: Column, language: str, *here: Entity) -> list[Line]:
    return [line(cited, language, here=here) for cited in column.found]


def _search(language: str, *entities: Entity) -> Address:
    """Return what gives the search for stories with all of some entities, published within some days."""

    def address(first: date, last: date) -> str:
        names = " ".join(query_for(each.key, each.name) for each in entities)
        return query_path(language, "search", f"{names} date:{first.isoformat()}..{last.isoformat()}")

    return address


def _timeline(events: Iterable[Line], search: Address) -> Chart:
    happenings = [
        Happening(day=date.fromisoformat(each.day), quad=each.quad, label=said(each), href=each.href)
        for each in events
        if each.quad
    ]
    return timeline("timeline", _("The newest events"), happenings, search=search)


def _both(entity: Entity) -> dict[int, Counter[int]]:
    """Return what an entity did and had done to it by month and quad."""
    found: dict[int, Counter[int]] = {}
    for side in ("did", "had"):
        for month, types in ask(dossiers.months, entity, side).items():
            for type_, count in types.items():
                found.setdefault(month, Counter())[QUADS[type_]] += count
    return found


def _balance(months: dict[int, Counter[int]], search: Address) -> Chart:
    dealings = [
        Dealings(month=_first(month), quad=quad, number=number)
        for month, quads in months.items()
        for quad, number in quads.items()
    ]
    return balance("balance", _("Cooperation and conflict"), dealings, search=search)


def _network(entity: Entity, partners: Iterable[dossiers.Partner], language: str) -> Chart:
    ties = [
        Tie(
            label=name_of(each.entity),
            number=each.count,
            href=pair_path(language, entity.key, each.entity.key),
            cooperation=each.quads[1] + each.quads[2],
            conflict=each.quads[3] + each.quads[4],
        )
        for each in partners
    ]
    return network("network", _("Those named together with them"), name_of(entity), ties)


def _partner(entity: Entity, partner: dossiers.Partner, language: str) -> dict[str, Any]:
    return {
        "name": name_of(partner.entity),
        "count": partner.count,
        "path": pair_path(language, entity.key, partner.entity.key),
    }


def _often(months: dict[int, Counter[str]], search: Address) -> Chart:
    """Draw how many stories name an entity: by month while there are few, else by year."""
    length = 1 if len(months) <= _FEW_MONTHS else 12
    counts: Counter[Period] = Counter()
    for month, told in months.items():
        first = _first(month)
        counts[Period(first=first if length == 1 else date(first.year, 1, 1), months=length)] += told.total()
    quantities = [
        Quantity(label=wording.digits(period.label), number=number, href=search(period.first, period.last))
        for period, number in sorted(counts.items(), key=lambda each: each[0].first)
    ]
    return bars("often", _("How often told"), quantities, ranked=False)


def _first(month: int) -> date:
    return date(month // 100, month % 100, 1)
