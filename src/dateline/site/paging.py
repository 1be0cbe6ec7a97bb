"""Long lists, a leaf at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

LENGTH = 25
STRETCH = 50  # of a list whose leaves have addresses of their own
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


def stretch(found: Any, *, path: str, number: int) -> Leaf:
    """Return leaf ``number`` of a list whose leaves are ``path``, ``path/2`` … Raises Http404 for one not there."""
    total = found.count()
    if number < 1 or (number - 1) * STRETCH >= total:
        raise Http404
    places = stretches(path, total)
    return Leaf(
        records=found[(number - 1) * STRETCH : number * STRETCH],
        total=total,
        newer=places[number - 2] if number > 1 else "",
        older=places[number] if number < len(places) else "",
    )


def stretches(path: str, total: int) -> list[str]:
    """Return the addresses of a list's leaves; an empty list has none."""
    return [path if number == 1 else f"{path}/{number}" for number in range(1, -(-total // STRETCH) + 1)]


def _query(request: HttpRequest, number: int) -> str:
    words = {"q": request.GET["q"]} if "q" in request.GET else {}
    return "?" + urlencode({**words, "page": number})
