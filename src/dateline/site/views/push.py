"""Where hubs knock: WebSub's callback, one address for each source.

What fetches and takes in is imported with the first knock: all who ask for a page would load it otherwise.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dateline.archive.models import Source
from dateline.site.press import SitePress
from dateline.story import DatelineError

_LARGEST = 4 * 2**20  # bytes; of more, the hub is thanked and the feed is polled


@csrf_exempt  # a hub is no browser: it proves itself by its signature
@require_http_methods(["GET", "POST"])
def websub(request: HttpRequest, source_id: int) -> HttpResponse:
    """Confirm a subscription (GET) or take in what is pushed (POST)."""
    now = datetime.now(UTC)
    source = Source.objects.polled().filter(pk=source_id).exclude(push_secret="").first()
    if source is None:
        return HttpResponse("no such subscription", status=404, content_type="text/plain")
    return _confirm(request, source, now) if request.method == "GET" else _take(request, source, now)


def _confirm(request: HttpRequest, source: Source, now: datetime) -> HttpResponse:
    from dateline.fetch.websub import challenge_of

    asked = challenge_of({name: str(value) for name, value in request.GET.items()})
    if asked is None or asked.topic != source.topic or asked.mode == "unsubscribe":
        return HttpResponse("that was not asked for", status=404, content_type="text/plain")
    if asked.mode == "denied":
        Source.objects.filter(pk=source.pk).update(push_until=None)
        return HttpResponse("", content_type="text/plain")
    Source.objects.filter(pk=source.pk).update(push_until=now + timedelta(seconds=max(asked.lease, 300)))
    return HttpResponse(asked.challenge, content_type="text/plain")


def _take(request: HttpRequest, source: Source, now: datetime) -> HttpResponse:
    """File what was pushed. A bad signature is answered like a good one (WebSub, 7.1.1), and counts for nothing."""
    from dateline.fetch.websub import is_signed
    from dateline.newsroom.file_batch import Desk
    from dateline.newsroom.poll import receive

    length = request.headers.get("Content-Length", "")
    body = request.read(_LARGEST + 1) if length.isdecimal() and int(length) <= _LARGEST else b""
    if not body:
        Source.objects.filter(pk=source.pk).update(due_at=now, why="its hub pushed more than is taken at once")
    elif is_signed(body, signature=request.headers.get("X-Hub-Signature", ""), secret=source.push_secret):
        desk = Desk(site_url=settings.DATELINE_SITE_URL, by="hub", now=now, press=SitePress())
        try:
            receive(source, body, desk=desk)
        except DatelineError:
            Source.objects.filter(pk=source.pk).update(due_at=now, why="its hub pushed what does not read")
    return HttpResponse("", status=202, content_type="text/plain")
