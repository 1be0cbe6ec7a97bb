"""The addresses below ``/api/v1/``: published stories, read only."""

from __future__ import annotations

from typing import Annotated, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri
from ninja import NinjaAPI, Query, Status
from ninja.errors import ValidationError

from dateline import __version__
from dateline.api import cursors
from dateline.api.schemas import (
    Finds,
    FoundStory,
    Listed,
    Problem,
    Remark,
    Rendition,
    Revision,
    Shelf,
    Told,
    Withdrawal,
)
from dateline.archive.editions import Counterpart, basis_of, editions_of
from dateline.archive.models import Correction, Record
from dateline.archive.search import find

# No page of documentation: the ready-made ones load scripts from another host. openapi.json says all they would.
api = NinjaAPI(title="Dateline", version=__version__, docs_url=None, urls_namespace="api")

Limit = Annotated[int, Query(ge=1, le=100)]
Tag = Annotated[str | None, Query(pattern="^[a-z]{2,3}$")]
FRESH = "public, max-age=60"


@api.get("/stories", response={200: Shelf, 400: Problem}, summary="Published stories, newest first")
def stories(
    request: HttpRequest,
    response: HttpResponse,
    language: Tag = None,
    section: str | None = None,
    cursor: str | None = None,
    limit: Limit = 25,
) -> Any:
    found = Record.objects.published().newest().with_current()
    if language:
        found = found.in_language(language)
    if section:
        found = found.in_section(section)
    if cursor:
        try:
            found = found.filter(cursors.after(cursor))
        except ValueError:
            return Status(400, {"error": "this is no cursor of ours"})
    page = list(found[: limit + 1])
    response["Cache-Control"] = FRESH
    return Shelf(
        stories=[_listed(record) for record in page[:limit]],
        next=cursors.of(page[limit - 1]) if len(page) > limit else None,
    )


@api.get("/stories/{int:code}", response={200: Told, 404: Problem, 410: Withdrawal}, summary="A story by its code")
def story(request: HttpRequest, response: HttpResponse, code: int) -> Any:
    record = (
        Record.objects.with_current().filter(code=code, released_at__isnull=False).first() if code < 2**63 else None
    )
    if record is None or record.current is None or record.state == Record.State.FILED:
        return Status(404, {"error": "no story has this code"})
    if record.state == Record.State.WITHDRAWN:
        return Status(410, _withdrawal(record))
    response["Cache-Control"] = FRESH
    basis = basis_of(record)
    return Told(
        code=record.code,
        language=record.language,
        permalink=_permalink(record),
        story=record.current.story,
        reading=record.current.reading,
        versions=[
            Revision(
                number=version.number,
                filed_at=version.filed_at,
                headline=version.story["headline"],
                current=version.pk == record.current_id,
            )
            for version in record.versions.order_by("number")
        ],
        corrections=[
            Remark(at=each.at, text=each.note) for each in record.corrections.filter(kind=Correction.Kind.CORRECTION)
        ],
        editions=[_rendition(each) for each in editions_of(record)],
        of_version=basis.of_version if basis else None,
        out_of_date_since=basis.out_of_date_since if basis else None,
    )


@api.get("/search", response=Finds, summary="Stories that a query finds, best first")
def search(
    request: HttpRequest,
    response: HttpResponse,
    q: Annotated[str, Query(max_length=200)],
    language: Tag = None,
    limit: Limit = 25,
) -> Any:
    found = find(q, language=language, most=limit, with_facets=False)
    response["Cache-Control"] = FRESH
    return Finds(
        total=found.total,
        is_capped=found.is_capped,
        hits=[FoundStory(story=_listed(hit.record), snippet=list(hit.snippet)) for hit in found.hits],
    )


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    said = "; ".join(f"{each['loc'][-1]}: {each['msg']}" for each in error.errors)
    return api.create_response(request, {"error": said}, status=422)


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(request, {"error": "there is no such address"}, status=404)


def _permalink(record: Record) -> str:
    return iri_to_uri(settings.DATELINE_SITE_URL + record.path) or ""


def _rendition(counterpart: Counterpart) -> Rendition:
    return Rendition(
        code=counterpart.record.code,
        language=counterpart.record.language,
        permalink=_permalink(counterpart.record),
        of_version=counterpart.of_version,
        out_of_date_since=counterpart.out_of_date_since,
    )


def _listed(record: Record) -> Listed:
    told = record.current.as_story() if record.current else None
    stamp = told.published if told else None
    return Listed(
        code=record.code,
        language=record.language,
        headline=record.headline,
        permalink=_permalink(record),
        section=record.section or None,
        credit=record.credit or None,
        published=stamp.value + (stamp.zone or "" if "T" in stamp.value else "") if stamp else None,
        changed_at=record.changed_at,
    )


def _withdrawal(record: Record) -> dict[str, Any]:
    notice = record.corrections.filter(kind=Correction.Kind.RETRACTION).first()
    return {
        "error": "this story was withdrawn",
        "code": record.code,
        "withdrawn_at": notice.at if notice else None,
        "reason": notice.note if notice else None,
    }
