"""Django's answers in fewer bytes: packed as the reader likes, or not sent again to a reader who has them."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from dateline.archive.renderings import encoding_for, etag_of, pack_now

_WORTH_IT = 500  # bytes; fewer fit one packet anyhow
_TEXT = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml)\b|image/svg\+xml")


class Packing:
    """Give public answers an ETag, and pack those that are text.

    Others are left alone: where an answer holds a secret, its packed length would tell of it (BREACH).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        is_public = "public" in answer.headers.get("Cache-Control", "")
        if not isinstance(answer, HttpResponse) or answer.status_code != 200 or not is_public:
            return answer
        answer.headers.setdefault("ETag", etag_of(answer.content))
        if _TEXT.match(answer.headers["Content-Type"]) and len(answer.content) > _WORTH_IT:
            patch_vary_headers(answer, ["Accept-Encoding"])
            if not answer.has_header("Content-Encoding"):
                _pack(answer, request.headers.get("Accept-Encoding", ""))
        return get_conditional_response(request, etag=answer.headers["ETag"], response=answer) or answer


def _pack(answer: HttpResponse, accepted: str) -> None:
    if encoding := encoding_for(accepted):
        answer.content = pack_now(answer.content, encoding)
        answer.headers["Content-Encoding"] = encoding
