"""Press reviews: the stories of a query or of a list of codes on paper, as a page or as PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dateline.archive.models import Record
from dateline.archive.search import search
from dateline.site import shelves
from dateline.site.caching import MINUTE, keep
from dateline.site.language import speaking
from dateline.site.paper import cannot, on_paper
from dateline.site.reviews import MOST, picked, review_of
from dateline.site.views.search import LONGEST
from dateline.text.folding import fold_digits
from dateline.text.labels import label
from dateline.wire import typesetting

_TEXTS = ("full", "lead")
_BETWEEN = re.compile(r"[\s,،;+]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which stories a press review was asked for, and how. ``asked`` is what its address says of them."""

    records: Sequence[Record]
    asked: tuple[str, str]
    query: str | None = None
    left_out: Sequence[str] = ()


@require_safe
def of_query(request: HttpRequest, language: str, form: str = "html") -> HttpResponse:
    """Print the first stories that a query finds."""
    _check(language)
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST]
    if not query:
        return HttpResponseRedirect(f"/{language}/search")
    records = [hit.record for hit in search(query, language=language, most=MOST)]
    with speaking(language):
        if not records:
            return cannot(language, 404, _("There is nothing to print"), _("No story was found for this query."))
        return _review(request, language, form, Choice(records=records, asked=("q", query), query=query))


@require_safe
def of_codes(request: HttpRequest, language: str, form: str = "html") -> HttpResponse:
    """Print the stories of a list of codes, in its order."""
    _check(language)
    said = [each for each in _BETWEEN.split(fold_digits(request.GET.get("codes", ""))) if each]
    with speaking(language):
        if not said or not all(re.fullmatch(r"\d{1,18}", each) for each in said) or len(said) > MOST:
            told = _("Name up to %(most)s story codes, with commas between them: ?codes=1001,1002")
            return cannot(language, 400, _("These are no story codes"), told % {"most": MOST})
        codes = [int(each) for each in said]
        records, left_out = picked(codes)
        if records:
            choice = Choice(records=records, asked=("codes", ",".join(said)), left_out=left_out)
            return _review(request, language, form, choice)
        if Record.objects.withdrawn().filter(code__in=codes, released_at__isnull=False).exists():
            return cannot(language, 410, _("There is nothing to print"), _("These stories were withdrawn."))
        raise Http404


def _check(language: str) -> None:
    if not shelves.is_edition(language):
        raise Http404


def _review(request: HttpRequest, language: str, form: str, choice: Choice) -> HttpResponse:
    text = request.GET.get("text", "full")
    if text not in _TEXTS:
        return cannot(language, 400, _("There is no such form of a press review"), "?text=full, ?text=lead")
    html = review_of(
        choice.records,
        title=label("review", language),
        language=language,
        now=timezone.now(),
        query=choice.query,
        left_out=choice.left_out,
        lead=text == "lead",
        ways=_ways(request, choice, text) if form == "html" else (),
        pictures=form == "html",
    )
    if form == "html":
        return keep(HttpResponse(html), MINUTE)
    return on_paper(html, language=language, name="press-review.pdf")


def _ways(request: HttpRequest, choice: Choice, text: str) -> list[tuple[str, str]]:
    """Return the other forms of a review: whole or in part, and as PDF where we make any."""
    words = {"full": _("Full texts"), "lead": _("First paragraphs only")}
    path = request.path
    ways = [(words[other], f"{path}?{_query(choice, other)}") for other in _TEXTS if other != text]
    if typesetting.available():
        place = path.removesuffix("/print") if path.endswith("/print") else path
        ways.append((_("PDF"), f"{place}/pdf?{_query(choice, text)}"))
    return ways


def _query(choice: Choice, text: str) -> str:
    return urlencode([choice.asked, ("text", text)])
