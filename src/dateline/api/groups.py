"""Stories of several sources that tell of one event."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Router

from dateline.api import telling
from dateline.api.finding_schemas import GroupedStory, StoryGroup
from dateline.api.refusing import NothingThere
from dateline.api.schemas import Problem
from dateline.archive.models import EventGroup, Record

router = Router(tags=["groups"])
_MOST = 500


@router.get("/groups/{int:number}", response={200: StoryGroup, 404: Problem}, summary="The stories of one event")
def group(request: HttpRequest, number: Annotated[int, Path(description="the group's number", ge=0)]) -> Any:
    """The published stories of a group, the earliest first; ``copy_of`` names the one whose text another repeats."""
    found = EventGroup.objects.filter(pk=number).first() if number < 2**63 else None
    records = Record.objects.published().with_current().filter(group=found).select_related("current", "copy_of")
    told = list(records.order_by("published_at", "code")[:_MOST]) if found else []
    if found is None or not told:
        raise NothingThere("there is no group of this number")
    return StoryGroup(
        id=found.pk,
        made_at=found.made_at,
        stories=[
            GroupedStory(story=telling.listed(record), copy_of=record.copy_of.code if record.copy_of else None)
            for record in told
        ],
    )
