"""Press reviews: the stories of a query or of a list of codes on paper, as a page or as PDF."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from dateline.archive.models import Record
from dateline.site import shelves
from dateline.site.caching import MINUTE, keep
from dateline.site.language import gettext as _
from dateline.site.language import speaking
from dateline.site.paper import cannot, on_paper
from dateline.site.reviews import MOST, Picked, asked, picked, review_of
from dateline.site.views.search import LONGEST
from dateline.text.folding import fold_digits
from dateline.text.labels import label
from dateline.wire import typesetting

_TEXTS = ("full", "lead")
_BETWEEN = re.compile(r"[\s,،;+]+")


@require_safe
def of_query(request: HttpRequest, language: str, form: str = "html") -> HttpResponse:
    """Print the first stories that a query finds."""
    _check(language)
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST]
    if not query:
        return HttpResponseRedirect(f"/{language}/search")
    sort = request.GET.get("sort", "relevance")
    choice = asked(query, language=language, by_date=sort == "date")
    with speaking(language):
        if not choice.records:
            return cannot(language, 404, _("There is nothing to print"), _("No story was found for this query."))
        return _review(request, language, form, choice, [("q", query), ("sort", sort)])


@require_safe
def of_codes(request: HttpRequest, language: str, form: str = "html") -> HttpResponse:
    """Print the stories of a list of codes, in its order."""
    _check(language)
    said = [each for each in _BETWEEN.split(fold_digits(request.GET.get("codes", ""))) if each]
    with speaking(language):
        if len(said) > MOST:
            told = _("A press review holds up to %(most)s stories; %(codes)s codes were named.")
            return cannot(language, 400, _("Too many stories"), told % {"most": MOST, "codes": len(said)})
        wrong = [each[:40] for each in said if not re.fullmatch(r"\d{1,18}", each)]
        if not said or wrong:
            told = _("Name up to %(most)s story codes, with commas between them: ?codes=1001,1002")
            named = f": {', '.join(wrong[:5])}" if wrong else ""
            return cannot(language, 400, _("These are no story codes") + named, told % {"most": MOST})
        codes = [int(each) for each in said]
        choice = picked(codes)
        if choice.records:
            return _review(request, language, form, choice, [("codes", ",".join(said))])
        if Record.objects.withdrawn().filter(code__in=codes, released_at__isnull=False).exists():
            return cannot(language, 410, _("There is nothing to print"), _("These stories were withdrawn."))
        raise Http404


def _check(language: str) -> None:
    if not shelves.is_edition(language):
        raise Http404


def _review(
    request: HttpRequest, language: str, form: str, choice: Picked, told: list[tuple[str, str]]
) -> HttpResponse:
    """Answer with the review; ``told`` is what its address says of its stories."""
    text = request.GET.get("text", "full")
    if text not in _TEXTS:
        return cannot(language, 400, _("There is no such form of a press review"), "?text=full, ?text=lead")
    html = review_of(
        choice.records,
        title=label("review", language),
        language=language,
        now=timezone.now(),
        lead=text == "lead",
        ways=_ways(request.path, told, text) if form == "html" else (),
        pictures=form == "html",
        **choice.origin,
    )
    if form == "html":
        return keep(HttpResponse(html), MINUTE)
    return on_paper(html, language=language, name="press-review.pdf")


def _ways(path: str, told: list[tuple[str, str]], text: str) -> list[tuple[str, str]]:
    """Return the other forms of a review: whole or in part, and as PDF where we make any."""
    words = {"full": _("Full texts"), "lead": _("First paragraphs only")}
    ways = [(words[each], f"{path}?{urlencode([*told, ('text', each)])}") for each in _TEXTS if each != text]
    if typesetting.available():
        ways.append(("PDF", f"{path.removesuffix('/print')}/pdf?{urlencode([*told, ('text', text)])}"))
    return ways
