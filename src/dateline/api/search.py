"""What a query finds."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router

from dateline.api import telling
from dateline.api.asking import Cursor, Limit, Tag
from dateline.api.schemas import FacetCount, FacetCounts, Finds, FoundStory, Problem, SnippetPart, Understood
from dateline.archive.search import Facet, find
from dateline.text.queries import write
from dateline.text.query_reader import LONGEST

router = Router(tags=["search"])


@router.get("/search", response={200: Finds, 400: Problem}, summary="Stories that a query finds")
def search(
    request: HttpRequest,
    q: Annotated[
        str, Query(max_length=LONGEST, description="a query in the search language", examples=["event:ACCUSE nuclear"])
    ],
    language: Tag = None,
    order: Annotated[Literal["relevance", "date"], Query(description="best first, or newest first")] = "relevance",
    facets: Annotated[bool, Query(description="count sources, sections, people, … as well")] = False,
    cursor: Cursor = None,
    limit: Limit = 25,
) -> Any:
    """Stories that match, with the words around the first match. No query is an error: ``explained`` says how each
    piece was understood. By date the cursor is stable under new stories; by relevance they may move it."""
    found = find(q.replace("\0", " "), language=language, order=order, after=cursor, most=limit, with_facets=facets)
    return Finds(
        total=found.total,
        is_capped=found.is_capped,
        hits=[
            FoundStory(
                story=telling.listed(hit.record),
                snippet=[
                    SnippetPart(text="".join(text for text, _ in parts), matched=matched)
                    for matched, parts in groupby(hit.snippet, key=itemgetter(1))
                ],
            )
            for hit in found.hits
        ],
        facets=[_facet(each) for each in found.facets],
        explained=[
            Understood(said=each.said, outcome=each.outcome, is_doubt=each.is_doubt, instead=list(each.instead))
            for each in found.explained
        ],
        suggestion=found.suggestion.said if found.suggestion else None,
        next=found.next,
    )


def _facet(facet: Facet) -> FacetCounts:
    return FacetCounts(
        field=facet.name,
        values=[
            FacetCount(
                value=" ".join(each.field.words),
                label=each.label or " ".join(each.field.words),
                count=each.count,
                query=write(each.field),
                is_on=each.is_on,
            )
            for each in facet.values
        ],
    )
