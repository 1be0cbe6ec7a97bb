"""The stories of a section, newest first."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.site import shelves
from dateline.site.caching import MINUTE, public
from dateline.site.pages import Section, render
from dateline.site.paging import leaf
from dateline.text.slugs import slug as slug_of


@require_safe
@public(MINUTE)
def section(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    found = shelves.public(language).filter(section_slug=slug)
    newest = found.first()
    if newest is None or slug_of(slug) != slug:
        raise Http404
    here = Section(name=newest.section, language=language)
    known = shelves.sections(language)
    page = {
        "here": here.path,
        "title": here.name,
        "canonical": shelves.address(here.path),
        "sections": known if here.path in {each.path for each in known} else [*known, here],
    }
    part = leaf(request, found)
    return HttpResponse(
        render(
            "site/listing.html",
            shelves.live_chrome(language),
            page,
            cards=shelves.cards(part.records),
            total=part.total,
            leaf=part,
        )
    )
