"""What the desk sees and readers do not: sources and their health, stories not published, refusals, acts.

Needs a key (`dateline key add NAME`), sent as ``Authorization: Bearer …``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from ninja.security import HttpBearer

from dateline.api import cursors, telling
from dateline.api.asking import Code, Cursor, Limit
from dateline.api.door import key_of
from dateline.api.refusing import NothingThere
from dateline.api.schemas import Listed, Problem
from dateline.archive.health import health
from dateline.archive.history import history
from dateline.archive.models import Act, ApiKey, Record, Refusal, Source


class Bearer(HttpBearer):
    """A key that the door has checked, or none."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        return key_of(request)


router = Router(tags=["desk"], auth=Bearer())
_REFUSED: dict[int, Any] = {400: Problem, 401: Problem}


class PolledSource(Schema):
    """A source of stories; ``next_visit`` is null where nothing is polled."""

    slug: str
    name: str
    feed: str | None
    state: str
    next_visit: datetime | None
    why: str
    failures_in_a_row: int


class PolledSources(Schema):
    """All sources, by name."""

    sources: list[PolledSource]


class FiledStories(Schema):
    """A stretch of the stories that wait for publication, newest first. ``next`` is the cursor of the next one."""

    stories: list[Listed]
    next: str | None


class RefusedItem(Schema):
    """What came in and became no story, and why."""

    source: str
    reason: str
    where: str
    detail: str
    first_at: datetime
    last_at: datetime
    times: int


class Refusals(Schema):
    """A stretch of the refusals, newest first. ``next`` is the cursor of the next one."""

    refusals: list[RefusedItem]
    next: str | None


class DoneAct(Schema):
    """Who did what to which story, when."""

    id: int
    at: datetime
    verb: str
    by: str
    code: int | None
    detail: dict[str, Any]


class Acts(Schema):
    """A stretch of the audit, newest first. ``next`` is the cursor of the next one."""

    acts: list[DoneAct]
    next: str | None


class Whole(Schema):
    """All there is to say of something, as the command line's ``--json`` says it."""

    told: dict[str, Any]


@router.get("/desk/sources", response={200: PolledSources, **_REFUSED}, summary="All sources")
def sources(request: HttpRequest) -> Any:
    """Where stories come from, with when each is visited next and why then."""
    return PolledSources(
        sources=[
            PolledSource(
                slug=each.slug,
                name=each.name,
                feed=each.feed_url,
                state=each.state,
                next_visit=each.due_at,
                why=each.why,
                failures_in_a_row=each.failures,
            )
            for each in Source.objects.order_by("slug")
        ]
    )


@router.get("/desk/sources/{slug}", response={200: Whole, 404: Problem, **_REFUSED}, summary="A source's health")
def source(request: HttpRequest, slug: Annotated[str, Path(description="the source's name", max_length=100)]) -> Any:
    """Its last visits, what was refused and why it is visited when it is."""
    found = Source.objects.filter(slug=slug).first()
    if found is None:
        raise NothingThere("there is no source of this name")
    return Whole(told=health(found))


@router.get("/desk/stories", response={200: FiledStories, **_REFUSED}, summary="Stories not published yet")
def filed(request: HttpRequest, cursor: Cursor = None, limit: Limit = 25) -> Any:
    """Filed stories, newest first."""
    found = Record.objects.filed().newest().with_current()
    page = list((found.filter(cursors.after(cursor)) if cursor else found)[: limit + 1])
    return FiledStories(
        stories=[telling.listed(record) for record in page[:limit]],
        next=cursors.of(page[limit - 1]) if len(page) > limit else None,
    )


@router.get("/desk/stories/{int:code}", response={200: Whole, 404: Problem, **_REFUSED}, summary="A story's history")
def story_history(request: HttpRequest, code: Code) -> Any:
    """Every version with what it changed, every place it was seen, every act, whatever the story's state."""
    found = Record.objects.filter(code=code).first() if code < 2**63 else None
    if found is None:
        raise NothingThere("no story has this code")
    return Whole(told=history(found))


@router.get("/desk/refusals", response={200: Refusals, **_REFUSED}, summary="What was refused")
def refusals(
    request: HttpRequest,
    reason: Annotated[str | None, Query(max_length=40, description="only this reason")] = None,
    cursor: Cursor = None,
    limit: Limit = 25,
) -> Any:
    """What came in and became no story, with the named reason; the latest first seen first."""
    found = Refusal.objects.select_related("source").order_by("-pk")
    found = found.filter(reason=reason) if reason else found
    page = list((found.filter(pk__lt=cursors.number(cursor)) if cursor else found)[: limit + 1])
    return Refusals(
        refusals=[
            RefusedItem(
                source=each.source.slug,
                reason=each.reason,
                where=each.where,
                detail=each.detail,
                first_at=each.first_at,
                last_at=each.last_at,
                times=each.times,
            )
            for each in page[:limit]
        ],
        next=str(page[limit - 1].pk) if len(page) > limit else None,
    )


@router.get("/desk/acts", response={200: Acts, **_REFUSED}, summary="The audit")
def acts(request: HttpRequest, cursor: Cursor = None, limit: Limit = 25) -> Any:
    """Who did what to which story, newest first."""
    found = Act.objects.select_related("record").order_by("-pk")
    page = list((found.filter(pk__lt=cursors.number(cursor)) if cursor else found)[: limit + 1])
    return Acts(
        acts=[
            DoneAct(
                id=each.pk,
                at=each.at,
                verb=each.verb,
                by=each.by,
                code=each.record.code if each.record else None,
                detail=each.detail,
            )
            for each in page[:limit]
        ],
        next=str(page[limit - 1].pk) if len(page) > limit else None,
    )
