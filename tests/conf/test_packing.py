"""What Django answers, packed: which answers, how, and to whom not at all."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

import brotli
import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

BODY = "Überschrift – سلام ".encode() * 50


def packed(answer: Any, *, method: str = "GET", **headers: str) -> Any:
    from dateline.conf.packing import Packing

    behind: Callable[[HttpRequest], Any] = lambda request: answer  # noqa: E731
    return Packing(behind)(RequestFactory().generic(method, "/", headers=headers))


def public(body: bytes = BODY, **said: Any) -> HttpResponse:
    return HttpResponse(body, **{"headers": {"Cache-Control": "public, max-age=60"}, **said})


@pytest.mark.parametrize(
    ("accepts", "encoding", "unpack"),
    [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("identity", None, bytes)],
)
def test_a_public_page_is_packed_as_asked(accepts: str, encoding: str | None, unpack: Any) -> None:
    answer = packed(public(), **{"Accept-Encoding": accepts})
    assert answer.headers.get("Content-Encoding") == encoding
    assert unpack(answer.content) == BODY
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("kind", ["application/json", "application/atom+xml", "image/svg+xml", "text/css"])
def test_text_of_any_kind_is_packed(kind: str) -> None:
    assert packed(public(content_type=kind), **{"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"


@pytest.mark.parametrize(
    "said",
    [
        {"content_type": "image/png"},
        {"body": b"short"},
        {"status": 404},
        {"headers": {"Cache-Control": "private, no-store"}},
        {"headers": {}},
    ],
    ids=["a picture", "short", "not found", "private", "unsaid"],
)
def test_other_answers_are_left_alone(said: dict[str, Any]) -> None:
    answer = public(**said)
    before = answer.content
    left = packed(answer, **{"Accept-Encoding": "br"})
    assert (left.content, left.headers.get("Content-Encoding")) == (before, None)


def test_a_stream_stays_a_stream() -> None:
    answer = StreamingHttpResponse([BODY], headers={"Cache-Control": "public"})
    assert packed(answer, **{"Accept-Encoding": "br"}) is answer


def test_a_reader_who_has_it_is_sent_nothing() -> None:
    etag = packed(public()).headers["ETag"]
    again = packed(public(), **{"If-None-Match": f'"x", {etag}', "Accept-Encoding": "br"})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    assert again.headers["Cache-Control"] == "public, max-age=60"
    assert packed(public(BODY * 2), **{"If-None-Match": etag}).status_code == 200


def test_an_etag_of_the_answer_is_kept() -> None:
    answer = public()
    answer.headers["ETag"] = 'W/"own"'
    assert packed(answer).headers["ETag"] == 'W/"own"'
