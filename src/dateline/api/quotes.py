"""Quotes and claims of all published stories."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from dateline.api import cursors, telling
from dateline.api.asking import Cursor, Limit, Partaker, Since, Until, party_of
from dateline.api.finding_schemas import Quotes
from dateline.api.schemas import Problem
from dateline.archive.following import STANCES, Sought, told_quotes

router = Router(tags=["quotes"])
_STANCE = "^(" + "|".join(STANCES) + ")$"


@router.get("/quotes", response={200: Quotes, 400: Problem, 404: Problem}, summary="Quotes, newest first")
def quotes(
    request: HttpRequest,
    speaker: Partaker = None,
    about: Partaker = None,
    stance: Annotated[str | None, Query(pattern=_STANCE, description=", ".join(STANCES))] = None,
    since: Since = None,
    until: Until = None,
    cursor: Cursor = None,
    limit: Limit = 25,
) -> Any:
    """Who said what, by the day its story was published. ``about`` is one whom the words name."""
    sought = Sought(value=stance or "", did=party_of(speaker), had=party_of(about), first=since, last=until)
    column = told_quotes(sought, after=cursors.mark(cursor), most=limit)
    return Quotes(quotes=telling.quotes(column.found), next=cursors.of_mark(column.next))
