"""A thin layer in front of Django: pressed pages, straight from the archive.

A request for a pressed path costs one look-up by primary index and no template, middleware or session. Whatever is
not pressed, or asks with a query or another method, goes on to Django.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.conf.headers import ALWAYS

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_REASONS = {200: "200 OK", 410: "410 Gone"}


class PressedPages:
    """Answer from the pressed pages, or let Django answer."""

    def __init__(self, behind: WSGIApplication) -> None:
        self.behind = behind

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and not environ.get("QUERY_STRING"):
            answer = self._pressed(environ, start_response)
            if answer is not None:
                return answer
        return self.behind(environ, start_response)

    def _pressed(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes] | None:
        from django.db import DatabaseError, close_old_connections

        from dateline.archive.models import Rendering
        from dateline.archive.renderings import encoded

        # WSGI hands a path over as latin-1 that was UTF-8.
        path = environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace")
        try:
            close_old_connections()
            page = Rendering.objects.filter(path=path).first()
        except DatabaseError:
            return None
        if page is None:
            return None
        headers = [
            *ALWAYS.items(),
            ("ETag", page.etag),
            ("Vary", "Accept-Encoding"),
            ("Cache-Control", _caching(page.status)),
        ]
        if page.status == 200 and page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", headers)
            return []
        body, encoding = encoded(bytes(page.body), environ.get("HTTP_ACCEPT_ENCODING", ""))
        headers += [("Content-Type", page.content_type), ("Content-Length", str(len(body)))]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        start_response(_REASONS[page.status], headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _caching(status: int) -> str:
    # A withdrawal must be seen at once wherever a page was seen before: public copies are asked about again soon.
    return "public, max-age=60" if status == 200 else "no-cache"
