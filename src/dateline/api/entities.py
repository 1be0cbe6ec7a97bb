"""Who and what published stories name, what they did and said, and pairs of them."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from dateline.api import cursors, telling
from dateline.api.asking import Cursor, Key, Kind, Limit, entity_of
from dateline.api.finding_schemas import (
    Companion,
    Companions,
    Dossier,
    Entities,
    Events,
    NamingStories,
    Pair,
    Quotes,
)
from dateline.api.schemas import Problem
from dateline.archive import dossiers
from dateline.archive.following import public_entities

router = Router(tags=["entities"])
_OF_ONE: dict[int, Any] = {400: Problem, 404: Problem}


@router.get("/entities", response={200: Entities, 400: Problem}, summary="Who and what published stories name")
def entities(
    request: HttpRequest,
    kind: Annotated[Kind | None, Query(description="PER, ORG, LOC, MISC, or GEO for places of the gazetteer")] = None,
    q: Annotated[str | None, Query(max_length=100, description="a name, or how it begins", examples=["lavrov"])] = None,
    cursor: Cursor = None,
    limit: Limit = 25,
) -> Any:
    """Entities in the order of their keys. ``q`` is the beginning of a name, a person's surname, or a whole place."""
    found = public_entities(kind=kind or "", words=q or "", after=cursor or "")
    page = list(found[: limit + 1])
    return Entities(
        entities=[telling.entity(each) for each in page[:limit]],
        next=page[limit - 1].key if len(page) > limit else None,
    )


@router.get("/entities/{key}", response={200: Dossier, **_OF_ONE}, summary="An entity and its counts by month")
def entity(request: HttpRequest, key: Key) -> Any:
    """How often, in which month, it did what (by PLOVER type), had done to it what, and spoke with which stance."""
    found = entity_of(key)
    did, had, said = (telling.months(dossiers.months(found, side)) for side in ("did", "had", "said"))
    return Dossier(entity=telling.entity(found), did=did, had=had, said=said)


@router.get("/entities/{key}/events", response={200: Events, **_OF_ONE}, summary="What an entity did and had done")
def entity_events(request: HttpRequest, key: Key, cursor: Cursor = None, limit: Limit = 25) -> Any:
    """Events with the entity on either side, newest first."""
    column = dossiers.events(entity_of(key), after=cursors.mark(cursor), most=limit)
    return Events(events=telling.events(column.found), next=cursors.of_mark(column.next))


@router.get("/entities/{key}/quotes", response={200: Quotes, **_OF_ONE}, summary="What an entity said")
def entity_quotes(request: HttpRequest, key: Key, cursor: Cursor = None, limit: Limit = 25) -> Any:
    """Quotes whose speaker it is, newest first; officials speak for their state as well."""
    column = dossiers.quotes(entity_of(key), after=cursors.mark(cursor), most=limit)
    return Quotes(quotes=telling.quotes(column.found), next=cursors.of_mark(column.next))


@router.get("/entities/{key}/partners", response={200: Companions, **_OF_ONE}, summary="With whom an entity has to do")
def entity_partners(request: HttpRequest, key: Key, limit: Limit = 25) -> Any:
    """Those with whom it has most events and quotes, the most first."""
    found = dossiers.partners(entity_of(key), most=limit)
    return Companions(
        partners=[
            Companion(
                entity=telling.entity(each.entity),
                count=each.count,
                quads={str(quad): count for quad, count in sorted(each.quads.items())},
            )
            for each in found
        ]
    )


@router.get("/entities/{key}/stories", response={200: NamingStories, **_OF_ONE}, summary="Stories that name an entity")
def entity_stories(request: HttpRequest, key: Key, cursor: Cursor = None, limit: Limit = 25) -> Any:
    """Stories that name it, newest first."""
    column = dossiers.tellings(entity_of(key), after=cursors.mark(cursor), most=limit)
    return NamingStories(
        stories=telling.listed_of(each.record.pk for each in column.found), next=cursors.of_mark(column.next)
    )


@router.get("/pairs/{one}/{other}", response={200: Pair, **_OF_ONE}, summary="Two entities: their balance by month")
def pair(request: HttpRequest, one: Key, other: Key) -> Any:
    """Events between the two, either way, by month and quad; what is denied or merely supposed is not counted."""
    first, second = entity_of(one), entity_of(other)
    return Pair(
        one=telling.entity(first),
        other=telling.entity(second),
        balance=telling.months(dossiers.balance(first, second)),
    )


@router.get("/pairs/{one}/{other}/events", response={200: Events, **_OF_ONE}, summary="Events between two entities")
def pair_events(request: HttpRequest, one: Key, other: Key, cursor: Cursor = None, limit: Limit = 25) -> Any:
    """Events one of them did to the other, newest first."""
    column = dossiers.between(entity_of(one), entity_of(other), "event", after=cursors.mark(cursor), most=limit)
    return Events(events=telling.events(column.found), next=cursors.of_mark(column.next))


@router.get("/pairs/{one}/{other}/quotes", response={200: Quotes, **_OF_ONE}, summary="Quotes between two entities")
def pair_quotes(request: HttpRequest, one: Key, other: Key, cursor: Cursor = None, limit: Limit = 25) -> Any:
    """Quotes in which one of them speaks of the other, newest first."""
    column = dossiers.between(entity_of(one), entity_of(other), "quote", after=cursors.mark(cursor), most=limit)
    return Quotes(quotes=telling.quotes(column.found), next=cursors.of_mark(column.next))
