"""A thin layer in front of Django: pressed pages, straight from the archive.

A request for a pressed path costs one look-up by index and no template, middleware or session. Whatever is not
pressed (because it never is, or because it is stale), or asks with a query or another method, goes on to Django.
Nothing is remembered between two requests: what was withdrawn is withdrawn for the next one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import Error, connection

from dateline.archive.renderings import DriverError, Kept, encoded, encoding_for, pressed
from dateline.conf.headers import ALWAYS

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_REASONS = {200: "200 OK", 410: "410 Gone"}
# A withdrawal must be seen at once wherever a page was seen before: public copies are asked about again soon.
_KEPT = [*ALWAYS.items(), ("Vary", "Accept-Encoding"), ("Cache-Control", "public, max-age=60")]
_GONE = [*ALWAYS.items(), ("Vary", "Accept-Encoding"), ("Cache-Control", "no-cache")]
_chosen = lru_cache(maxsize=256)(encoding_for)


class PressedPages:
    """Answer from the pressed pages, or let Django answer."""

    def __init__(self, behind: WSGIApplication) -> None:
        self.behind = behind

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if (method not in ("GET", "HEAD")) or environ.get("QUERY_STRING"):
            return self.behind(environ, start_response)
        page = _page(environ.get("PATH_INFO", ""))
        if page is None:
            return self.behind(environ, start_response)
        status, content_type, etag, kept = page
        headers = [*(_KEPT if status == 200 else _GONE), ("ETag", etag)]
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and status == 200 and is_known(etag, asked):
            start_response("304 Not Modified", headers)
            return []
        encoding = _chosen(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body = kept if encoding == "br" else encoded(kept, encoding)[0]
        headers += [("Content-Type", content_type), ("Content-Length", str(len(body)))]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        start_response(_REASONS[status], headers)
        return [] if method == "HEAD" else [body]


def _page(path: str) -> Kept | None:
    try:
        # WSGI hands a path over as latin-1 that was UTF-8.
        return pressed(path if path.isascii() else path.encode("latin-1").decode())
    except UnicodeError:
        return None
    except (Error, DriverError):
        # The database may be away for a moment: the next request asks over a new connection.
        connection.errors_occurred = True
        connection.close_if_unusable_or_obsolete()
        return None


def is_known(etag: str, asked: str) -> bool:
    """Tell whether an If-None-Match header names the page, by weak comparison (RFC 9110, 8.8.3.2 and 13.1.2)."""
    if asked == etag or asked.strip() == "*":
        return True
    opaque = etag.removeprefix("W/")
    return any(each.strip().removeprefix("W/") == opaque for each in asked.split(","))
