"""Accusations and the denials that answer them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest
from ninja import Router

from dateline.api import cursors, telling
from dateline.api.asking import Cursor, Limit, Partaker, party_of
from dateline.api.finding_schemas import Claims, Rebuttal, ToldClaim, ToldQuote
from dateline.api.schemas import Problem
from dateline.archive.claims import Claim, board
from dateline.archive.dossiers import Cited

router = Router(tags=["claims"])


@router.get("/claims", response={200: Claims, 400: Problem, 404: Problem}, summary="Accusations and what answers them")
def claims(request: HttpRequest, entity: Partaker = None, cursor: Cursor = None, limit: Limit = 25) -> Any:
    """Accusations, newest first, each with how other stories of its event put it and the denials that answer it.

    ``entity`` is one who accuses or is accused.
    """
    found = board(entity=party_of(entity), after=cursors.mark(cursor), most=limit)
    told = _told(cited for claim in found.claims for cited in _cited(claim))
    whole = (_claim(claim, told) for claim in found.claims)
    return Claims(claims=[claim for claim in whole if claim], next=cursors.of_mark(found.next))


def _cited(claim: Claim) -> Iterator[Cited]:
    yield claim.accusation
    yield from claim.variants
    yield from (answer.denial for answer in claim.answers)


def _told(found: Iterable[Cited]) -> dict[tuple[int, str], ToldQuote]:
    return {(quote.cited.code, quote.cited.fingerprint): quote for quote in telling.quotes(found)}


def _claim(claim: Claim, told: dict[tuple[int, str], ToldQuote]) -> ToldClaim | None:
    def of(cited: Cited) -> ToldQuote | None:
        return told.get((cited.record.code, cited.finding.fingerprint))

    accusation = of(claim.accusation)
    if accusation is None:
        return None
    return ToldClaim(
        accusation=accusation,
        variants=[quote for each in claim.variants if (quote := of(each))],
        answers=[
            Rebuttal(denial=quote, is_direct=each.is_direct) for each in claim.answers if (quote := of(each.denial))
        ],
    )
