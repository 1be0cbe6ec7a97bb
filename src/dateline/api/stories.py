"""Published stories: the list, each whole, its versions, its reading and findings."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from dateline.api import cursors, telling
from dateline.api.asking import Code, Cursor, Limit, Tag
from dateline.api.finding_schemas import StoryFindings
from dateline.api.refusing import NothingThere, public_record
from dateline.api.schemas import (
    Problem,
    Remark,
    Rendition,
    Revision,
    Shelf,
    StoryReading,
    Told,
    ToldVersion,
    Versions,
    Withdrawal,
)
from dateline.archive.editions import Counterpart, basis_of, editions_of
from dateline.archive.following import public_versions
from dateline.archive.models import Correction, Record
from dateline.archive.models.records import Version
from dateline.archive.witnesses import told_in
from dateline.story import Event, Quote

router = Router(tags=["stories"])
_OF_ONE: dict[int, Any] = {404: Problem, 410: Withdrawal}


@router.get("/stories", response={200: Shelf, 400: Problem}, summary="Published stories, newest first")
def stories(
    request: HttpRequest,
    language: Tag = None,
    section: Annotated[str | None, Query(description="the section's name", examples=["World"])] = None,
    cursor: Cursor = None,
    limit: Limit = 25,
) -> Any:
    """Stories in the order of the dates they state, newest first."""
    found = Record.objects.published().newest().with_current()
    if language:
        found = found.in_language(language)
    if section:
        found = found.in_section(section)
    if cursor:
        found = found.filter(cursors.after(cursor))
    page = list(found[: limit + 1])
    return Shelf(
        stories=[telling.listed(record) for record in page[:limit]],
        next=cursors.of(page[limit - 1]) if len(page) > limit else None,
    )


@router.get("/stories/{int:code}", response={200: Told, **_OF_ONE}, summary="A story by its code")
def story(request: HttpRequest, code: Code) -> Any:
    """The current version whole, with its reading, the list of its versions, public corrections and editions."""
    record = public_record(code)
    assert record.current is not None
    basis = basis_of(record)
    return Told(
        code=record.code,
        language=record.language,
        permalink=telling.permalink(record),
        story=record.current.story,
        reading=record.current.reading,
        versions=[_revision(version, record) for version in public_versions(record)],
        corrections=[
            Remark(at=each.at, text=each.note) for each in record.corrections.filter(kind=Correction.Kind.CORRECTION)
        ],
        editions=[_rendition(each) for each in editions_of(record)],
        of_version=basis.of_version if basis else None,
        out_of_date_since=basis.out_of_date_since if basis else None,
    )


@router.get("/stories/{int:code}/versions", response={200: Versions, **_OF_ONE}, summary="A story's versions")
def versions(request: HttpRequest, code: Code) -> Any:
    """The versions readers may have seen: the one that was published first, and every later one.

    What was filed and replaced before publication is the desk's own, and is not told.
    """
    record = public_record(code)
    return Versions(code=record.code, versions=[_revision(each, record) for each in public_versions(record)])


@router.get(
    "/stories/{int:code}/versions/{int:number}",
    response={200: ToldVersion, **_OF_ONE},
    summary="A version of a story as it stood",
)
def version(
    request: HttpRequest, code: Code, number: Annotated[int, Path(description="the version's number", ge=1)]
) -> Any:
    """One of the versions that ``/stories/{code}/versions`` lists, whole."""
    record = public_record(code)
    found = public_versions(record).filter(number=number).first() if number < 2**31 else None
    if found is None:
        raise NothingThere("this story has no such public version")
    return ToldVersion(
        code=record.code,
        number=found.number,
        filed_at=found.filed_at,
        current=found.pk == record.current_id,
        story=found.story,
    )


@router.get("/stories/{int:code}/reading", response={200: StoryReading, **_OF_ONE}, summary="A story's reading")
def reading(request: HttpRequest, code: Code) -> Any:
    """All that was found in the current version, as offsets into its text (see the reference of values)."""
    record = public_record(code)
    assert record.current is not None
    return StoryReading(code=record.code, version=record.current.number, reading=record.current.reading)


@router.get(
    "/stories/{int:code}/findings", response={200: StoryFindings, **_OF_ONE}, summary="A story's events and quotes"
)
def findings(request: HttpRequest, code: Code) -> Any:
    """Events and quotes of the current version, resolved: names, places, days, the address of each sentence."""
    record = public_record(code)
    assert record.current is not None
    found = list(told_in(record.current))
    read = record.current.as_reading()
    return StoryFindings(
        code=record.code,
        version=record.current.number,
        reader=read.reader if read else None,
        unread=list(read.unread) if read else [],
        events=[telling.event(each) for each in found if isinstance(each.value, Event)],
        quotes=[telling.quote(each) for each in found if isinstance(each.value, Quote)],
    )


def _revision(version: Version, record: Record) -> Revision:
    return Revision(
        number=version.number,
        filed_at=version.filed_at,
        headline=version.story["headline"],
        current=version.pk == record.current_id,
    )


def _rendition(counterpart: Counterpart) -> Rendition:
    return Rendition(
        code=counterpart.record.code,
        language=counterpart.record.language,
        permalink=telling.permalink(counterpart.record),
        of_version=counterpart.of_version,
        out_of_date_since=counterpart.out_of_date_since,
    )
