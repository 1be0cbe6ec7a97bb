"""The front page of each edition."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import conditional_page, require_safe

from dateline.archive.prepared import Prepared
from dateline.site import shelves
from dateline.site.caching import MINUTE, public
from dateline.site.cards import front as make_up
from dateline.site.pages import render

STORIES = 40
_newest = Prepared(lambda language: shelves.public(language).only(*shelves.ON_A_CARD)[:STORIES], str)


@require_safe
@public(MINUTE)
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(f"/{settings.DATELINE_LANGUAGE}/")


@require_safe
@conditional_page
@public(MINUTE)
def front(request: HttpRequest, language: str) -> HttpResponse:
    if not shelves.is_edition(language):
        raise Http404
    around = shelves.live_chrome(language)
    page = {
        "here": "front",
        "sections": shelves.sections(language),
        "canonical": shelves.address(f"/{language}/"),
        "alternates": [
            *((each.language, shelves.address(each.path)) for each in around.editions if each.language != "und"),
            ("x-default", shelves.address("/")),
        ],
    }
    newest = _newest(language)
    made_up = make_up(shelves.cards(newest))
    # Dated by its newest story: whenever it is printed, the same page.
    dated = newest[0].published_at.date() if newest else None
    return HttpResponse(render("site/front.html", around, page, front=made_up, dated=dated))
