"""The end of a watch, by who gets its letters: the address in the letter is the right to it."""

from __future__ import annotations

from datetime import UTC, datetime
from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dateline.archive.models import Watch
from dateline.newsroom.keep_watch import drop_watch
from dateline.site import shelves
from dateline.site.pages import render


@csrf_exempt  # mail programs post here without a page (RFC 8058); the word in the address is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, number: int, word: str) -> HttpResponse:
    """Ask (GET: programs that look into mail open every address in it), or end the watch (POST)."""
    watch = Watch.objects.filter(pk=number).exclude(mail="").first() if number < 2**63 else None
    if watch is None or not compare_digest(watch.secret.encode(), word.encode()):
        raise Http404
    language = watch.language or settings.DATELINE_LANGUAGE
    is_done = request.method == "POST"
    context = {"name": watch.name, "said": watch.query, "is_done": is_done}
    if is_done:
        drop_watch(watch, by="reader", now=datetime.now(UTC))
    page = {"sections": shelves.sections(language)}
    answer = HttpResponse(render("site/unsubscribe.html", shelves.live_chrome(language), page, **context))
    answer["Referrer-Policy"] = "no-referrer"
    return answer
