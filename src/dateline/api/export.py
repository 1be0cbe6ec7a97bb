"""Everything public, to be taken away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router

from dateline.api import cursors, telling
from dateline.api.asking import Cursor, Tag
from dateline.api.schemas import Problem
from dateline.api.streams import described, stream
from dateline.archive.models import Record

router = Router(tags=["export"])
_AT_ONCE = 200


@router.get(
    "/export",
    response={200: None, 400: Problem},
    summary="All published stories with their readings",
    openapi_extra=described(
        "application/jsonl", "one story a line: code, permalink, language, version, changed_at, story, reading, cursor"
    ),
)
def export(request: HttpRequest, language: Tag = None, cursor: Cursor = None) -> StreamingHttpResponse:
    """Stories by their codes, one JSON line each. Broken off, go on behind the ``cursor`` of the last whole line."""
    lines = _lines(cursors.number(cursor) if cursor else -1, language)
    return stream(lines, content_type="application/jsonl; charset=utf-8")


def _lines(code: int, language: str | None) -> Iterator[bytes]:
    wanted = Record.objects.published().with_current().order_by("code")
    wanted = wanted.in_language(language) if language else wanted
    while page := list(wanted.filter(code__gt=code)[:_AT_ONCE]):
        yield b"".join(_line(record) for record in page if record.current)
        code = page[-1].code


def _line(record: Record) -> bytes:
    assert record.current is not None
    told: dict[str, Any] = {
        "code": record.code,
        "permalink": telling.permalink(record),
        "language": record.language,
        "version": record.current.number,
        "changed_at": record.changed_at.isoformat(),
        "story": record.current.story,
        "reading": record.current.reading,
        "cursor": str(record.code),
    }
    return (json.dumps(told, ensure_ascii=False) + "\n").encode("utf-8", "replace")
