"""Long lists, a leaf at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

LENGTH = 25
FARTHEST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A stretch of a list: its records, how many there are in all, and the queries of the leaves beside it."""

    records: Any
    total: int
    newer: str = ""
    older: str = ""


def leaf(request: HttpRequest, found: Any) -> Leaf:
    """Return the leaf of ``found`` (a queryset or list) that ``?page=`` asks for. Raises Http404 for one not there."""
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    total = found.count() if not isinstance(found, list) else len(found)
    if not 1 <= number <= FARTHEST or (number > 1 and (number - 1) * LENGTH >= total):
        raise Http404
    return Leaf(
        records=found[(number - 1) * LENGTH : number * LENGTH],
        total=total,
        newer=_query(request, number - 1) if number > 1 else "",
        older=_query(request, number + 1) if number * LENGTH < total else "",
    )


def _query(request: HttpRequest, number: int) -> str:
    words = {"q": request.GET["q"]} if "q" in request.GET else {}
    return "?" + urlencode({**words, "page": number})
