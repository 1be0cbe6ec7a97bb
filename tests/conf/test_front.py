"""The layer in front of Django: pressed pages, their encodings and their ends."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from wsgiref.util import setup_testing_defaults

import brotli
import pytest

BODY = "Überschrift – سلام ".encode() * 50


def asked(path: str, **environ: str) -> tuple[str, dict[str, str], bytes]:
    """Return status line, headers and body of a request that Django behind would answer with 404."""
    from dateline.conf.front import PressedPages

    said: dict[str, Any] = {}

    def behind(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("404 Behind", [])
        return [b"behind"]

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        said.update(status=status, headers=dict(headers))

    full: dict[str, Any] = {}
    setup_testing_defaults(full)
    full |= {"PATH_INFO": path.encode().decode("latin-1"), **environ}
    body = b"".join(PressedPages(behind)(full, start))
    return said["status"], said["headers"], body


@pytest.fixture(autouse=True)
def pages(db: None) -> None:
    from dateline.archive.models import Rendering
    from dateline.archive.renderings import etag_of, pack

    for path, status in (("/fa/news/1/سلام", 200), ("/en/news/2/gone", 410)):
        Rendering.objects.create(
            path=path,
            status=status,
            content_type="text/html; charset=utf-8",
            etag=etag_of(BODY),
            body=pack(BODY),
            press="p",
            pressed_at=datetime(2015, 1, 1, tzinfo=UTC),
        )


@pytest.mark.parametrize(
    ("accepts", "encoding", "unpack"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("gzip;q=1.0, br;q=0.5", "gzip", gzip.decompress),
        ("gzip;q=0.5, br;q=0.5", "br", brotli.decompress),
        ("*", "br", brotli.decompress),
        ("br;q=0, *;q=0.1", "gzip", gzip.decompress),
        ("br;q=0.000, gzip; q=0", None, bytes),
        ("identity, gzip;q=0.5", None, bytes),
        ("br;q=nonsense, x-gzip", "gzip", gzip.decompress),
        ("", None, bytes),
    ],
)
def test_a_pressed_page_in_the_encoding_asked_for(accepts: str, encoding: str | None, unpack: Any) -> None:
    status, headers, body = asked("/fa/news/1/سلام", HTTP_ACCEPT_ENCODING=accepts)
    assert status == "200 OK"
    assert headers.get("Content-Encoding") == encoding
    assert unpack(body) == BODY
    assert int(headers["Content-Length"]) == len(body)
    assert headers["Vary"] == "Accept-Encoding"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_known_etag_is_answered_without_a_body() -> None:
    _, headers, _ = asked("/fa/news/1/سلام")
    status, again, body = asked("/fa/news/1/سلام", HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, body) == ("304 Not Modified", b"")
    assert again["ETag"] == headers["ETag"]


@pytest.mark.parametrize(
    ("asked_for", "known"),
    [
        ("{etag}", True),
        ("{strong}", True),
        ('"other", {etag}', True),
        ('"other" ,W/"more",  {strong}', True),
        ("*", True),
        ('"other"', False),
        ("{cut}", False),
        ('W/"x{bare}"', False),
        ("{bare}", False),
    ],
)
def test_what_if_none_match_names(asked_for: str, known: bool) -> None:
    _, headers, _ = asked("/fa/news/1/سلام")
    etag = headers["ETag"]
    strong = etag.removeprefix("W/")
    said = asked_for.format(etag=etag, strong=strong, cut=etag[:-1], bare=strong.strip('"'))
    status, _, body = asked("/fa/news/1/سلام", HTTP_IF_NONE_MATCH=said)
    assert (status == "304 Not Modified", body == b"") == (known, known)


def test_a_page_that_is_stale_is_made_by_django(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.archive.touches import touch

    touch(["/fa/news/1/سلام"], now=datetime(2015, 1, 2, tzinfo=UTC))
    assert asked("/fa/news/1/سلام")[0] == "404 Behind"


def test_a_database_that_is_away_is_left_to_django(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.archive.renderings import DriverError

    def away(path: str) -> None:
        raise DriverError("gone")

    monkeypatch.setattr("dateline.conf.front.pressed", away)
    assert asked("/fa/news/1/سلام")[0] == "404 Behind"


def test_a_withdrawn_page_is_gone_even_for_who_holds_a_copy() -> None:
    _, headers, _ = asked("/en/news/2/gone")
    status, _, body = asked("/en/news/2/gone", HTTP_IF_NONE_MATCH=headers["ETag"], HTTP_ACCEPT_ENCODING="")
    assert status == "410 Gone"
    assert body == BODY
    assert headers["Cache-Control"] == "no-cache"


def test_head_has_the_headers_only() -> None:
    status, headers, body = asked("/fa/news/1/سلام", REQUEST_METHOD="HEAD")
    assert (status, body) == ("200 OK", b"")
    assert int(headers["Content-Length"]) > 0


@pytest.mark.parametrize(
    ("path", "environ"),
    [
        ("/en/news/3/unknown", {}),
        ("/fa/news/1/سلام", {"QUERY_STRING": "x=1"}),
        ("/fa/news/1/سلام", {"REQUEST_METHOD": "POST"}),
        ("/fa/news/1/\udcff", {}),
    ],
)
def test_what_is_not_pressed_goes_to_django(path: str, environ: dict[str, str]) -> None:
    path = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    assert asked(path, **environ)[0] == "404 Behind"
