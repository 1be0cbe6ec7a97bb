"""The door of the API: who asks, how often, and whether they have the answer already.

Everything below ``/api/`` passes through it: keys are checked, rates are kept, answers get their validators.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse

from dateline.api.rates import Allowance, Buckets, asker
from dateline.archive.models import Act, ApiKey

FRESH = "public, max-age=60"
_SETTLED = timedelta(minutes=1)


class Door:
    """Let in who may, as often as they may; answer 401, 429 and 304 here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._addresses = Buckets(settings.DATELINE_API_RATE)
        self._keys = Buckets(settings.DATELINE_API_KEY_RATE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)
        key = key_of(request)
        buckets, name = (self._keys, key.handle) if key else (self._addresses, _asker(request))
        allowance = buckets.take(name, time.monotonic())
        if not allowance.granted:
            answer: HttpResponseBase = _refused("too many questions: wait as long as Retry-After says", 429)
            answer["Retry-After"] = str(allowance.wait)
        elif key is None and "Authorization" in request.headers:
            answer = unauthorised("this key opens nothing")
        else:
            answer = _validated(request, self._answered(request), is_private=key is not None)
        if buckets.rate.number:
            _tell(answer, allowance, buckets, "key" if key else "address")
        return answer

    def _answered(self, request: HttpRequest) -> HttpResponseBase:
        """Answer HEAD as GET is: the server leaves the body out."""
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        try:
            return self.get_response(request)
        finally:
            request.method = "HEAD"


def key_of(request: HttpRequest) -> ApiKey | None:
    """Return the living key that a request shows, None where it shows none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return ApiKey.objects.of_token(token.strip()) if scheme.lower() == "bearer" else None


def unauthorised(why: str) -> HttpResponse:
    answer = _refused(why, 401)
    answer["WWW-Authenticate"] = 'Bearer realm="Dateline"'
    return answer


def _refused(why: str, status: int) -> HttpResponse:
    return JsonResponse({"error": why}, status=status)


def _asker(request: HttpRequest) -> str:
    remote, forwarded = request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
    return asker(remote, forwarded, settings.DATELINE_PROXIES)


def _tell(answer: HttpResponseBase, allowance: Allowance, buckets: Buckets, policy: str) -> None:
    """Say how much is left (draft-ietf-httpapi-ratelimit-headers)."""
    rate = buckets.rate
    answer["RateLimit-Policy"] = f'"{policy}";q={rate.number};w={rate.seconds}'
    answer["RateLimit"] = f'"{policy}";r={allowance.left};t={allowance.wait}'


def _validated(request: HttpRequest, answer: HttpResponseBase, *, is_private: bool) -> HttpResponseBase:
    if request.method not in ("GET", "HEAD") or answer.status_code != 200:
        return answer
    answer["Cache-Control"] = "private, no-cache" if is_private else FRESH
    answer["Vary"] = "Authorization"
    etag = _etag(request, answer)
    if etag is None:
        return answer
    answer["ETag"] = etag
    if etag not in request.headers.get("If-None-Match", ""):
        return answer
    unchanged = HttpResponse(status=304)
    for name in ("ETag", "Cache-Control", "Vary"):
        unchanged[name] = answer[name]
    return unchanged


def _etag(request: HttpRequest, answer: HttpResponseBase) -> str | None:
    """Return a weak validator: of what is answered, or for a stream of the archive's last change.

    Until a change is a minute old others may yet be stored beside it, and a stream has none.
    """
    if isinstance(answer, StreamingHttpResponse):
        last = Act.objects.order_by("-pk").values_list("pk", "at").first()
        if last is None or datetime.now(UTC) - last[1] < _SETTLED:
            return None
        made_of = f"{last[0]} {request.get_full_path()}".encode()
    else:
        assert isinstance(answer, HttpResponse)
        made_of = answer.content
    return f'W/"{blake2b(made_of, digest_size=12).hexdigest()}"'
