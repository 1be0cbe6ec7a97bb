"""Answers of any length: written while they are read, the archive looked at piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.http import StreamingHttpResponse


def stream(pieces: Iterator[bytes], *, content_type: str, head: bytes = b"") -> StreamingHttpResponse:
    """Return an answer that writes ``head`` and the pieces; the first is made now, so that what fails early says so."""
    first = next(pieces, b"")
    return StreamingHttpResponse(filter(None, chain([head, first], pieces)), content_type=content_type)


def described(content_type: str, told: str) -> dict[str, Any]:
    """Return what OpenAPI says of an answer that is no JSON document."""
    return {"responses": {200: {"description": told, "content": {content_type: {"schema": {"type": "string"}}}}}}
