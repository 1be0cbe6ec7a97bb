"""Answers that are paper: a print page set as PDF, or a page that says why there is none."""

from __future__ import annotations

from django.http import HttpResponse

from dateline.site import shelves
from dateline.site.caching import MINUTE, keep
from dateline.site.language import gettext as _
from dateline.site.pages import render
from dateline.wire.typesetting import NotTypeset, pdf_of

_AGAIN = 20  # seconds


def on_paper(html: bytes, *, language: str, name: str) -> HttpResponse:
    """Answer with a print page of ours as PDF; where none can be made, with a page that says so (501, 503)."""
    try:
        data = pdf_of(html)
    except NotTypeset as error:
        if error.missing:
            told = _("This site makes no PDF. Any browser can save the print page as one.")
            return cannot(language, 501, _("There is no PDF here"), told)
        answer = cannot(language, 503, _("The PDF could not be made"), _("Try again in a moment."))
        answer["Retry-After"] = str(_AGAIN)
        return answer
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return keep(answer, MINUTE)


def cannot(language: str, status: int, headline: str, said: str) -> HttpResponse:
    """Answer with a page that says why there is nothing else to see."""
    page: dict[str, object] = {"sections": []}
    body = render("site/cannot.html", shelves.live_chrome(language), page, status=status, headline=headline, said=said)
    return HttpResponse(body, status=status)
