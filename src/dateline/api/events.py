"""Events of all published stories, as JSON and in the forms of the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Query, Router, Schema

from dateline.api import cursors, telling
from dateline.api.asking import Country, Cursor, EventType, Limit, Modality, Partaker, party_of
from dateline.api.finding_schemas import Events
from dateline.api.schemas import Problem
from dateline.api.streams import described, stream
from dateline.archive.dossiers import Mark
from dateline.archive.following import Sought, told_events
from dateline.archive.witnesses import Witness, witnesses
from dateline.story import Event
from dateline.wire.plover import plover_line, polecat_head, polecat_row

router = Router(tags=["events"])
_AT_ONCE = 200
# Event data tell of what happened; the rest is given to those who ask for it.
_HAPPENED = ("happened", "ongoing")


class EventFilter(Schema):
    """Which events: those that fit all that is given."""

    type: Annotated[EventType | None, Query(description="PLOVER's event type")] = None
    quad: Annotated[int | None, Query(ge=1, le=4, description="1, 2 cooperate, 3, 4 conflict; odd ones by word")] = None
    actor: Partaker = None
    recipient: Partaker = None
    country: Country = None
    modality: Annotated[Modality | None, Query(description="whether it happened, is planned, …")] = None
    since: Annotated[date | None, Query(alias="from", description="the first day, ISO")] = None
    until: Annotated[date | None, Query(alias="to", description="the last day, ISO")] = None

    def sought(self, modalities: tuple[str, ...] = ()) -> Sought:
        return Sought(
            value=self.type or "",
            quad=self.quad,
            modalities=(self.modality,) if self.modality else modalities,
            did=party_of(self.actor),
            had=party_of(self.recipient),
            either=party_of(self.country),
            first=self.since,
            last=self.until,
        )


@router.get("/events", response={200: Events, 400: Problem, 404: Problem}, summary="Events, newest first")
def events(request: HttpRequest, wanted: Query[EventFilter], cursor: Cursor = None, limit: Limit = 25) -> Any:
    """Who did what to whom, by the day it is dated to. An actor or recipient no story tells of is a 404."""
    column = told_events(wanted.sought(), after=cursors.mark(cursor), most=limit)
    return Events(events=telling.events(column.found), next=cursors.of_mark(column.next))


@router.get(
    "/events.plover.jsonl",
    response={200: None, 400: Problem, 404: Problem},
    summary="Events as PLOVER JSON lines",
    openapi_extra=described("application/jsonl", "one event a line, fields of PLOVER 2.0"),
)
def events_plover(request: HttpRequest, wanted: Query[EventFilter]) -> StreamingHttpResponse:
    """All events that fit, newest first; without ``modality`` those that happened or are going on."""
    lines = _written(wanted.sought(_HAPPENED), lambda each: plover_line(telling.coded(each)))
    return stream(lines, content_type="application/jsonl; charset=utf-8")


@router.get(
    "/events.polecat.tsv",
    response={200: None, 400: Problem, 404: Problem},
    summary="Events in POLECAT's columns",
    openapi_extra=described("text/tab-separated-values", "a line of column names, then one event a line, UTF-8"),
)
def events_polecat(request: HttpRequest, wanted: Query[EventFilter]) -> StreamingHttpResponse:
    """All events that fit, newest first; without ``modality`` those that happened or are going on."""
    rows = _written(wanted.sought(_HAPPENED), lambda each: polecat_row(telling.coded(each)))
    return stream(rows, head=polecat_head(), content_type="text/tab-separated-values; charset=utf-8")


def _written(sought: Sought, write: Callable[[Witness], bytes]) -> Iterator[bytes]:
    after: Mark | None = None
    while True:
        column = told_events(sought, after=after, most=_AT_ONCE)
        yield b"".join(map(write, _events(witnesses(column.found))))
        after = column.next
        if after is None:
            return


def _events(found: Iterable[Witness]) -> Iterator[Witness]:
    return (each for each in found if isinstance(each.value, Event))
