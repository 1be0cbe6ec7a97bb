"""The stories of a section: the newest, then month by month."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.archive.models.records import RecordSet
from dateline.site import shelves, wording
from dateline.site.caching import MINUTE, public
from dateline.site.language import speaking
from dateline.site.pages import Section, chrome, render
from dateline.site.paging import LENGTH, stretch
from dateline.text.slugs import slug as slug_of


@require_safe
@public(MINUTE)
def section(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The newest stories, and the months that have more."""
    found, name = _found(language, slug)
    here = Section(name=name, language=language)
    counted = found.counted_by(7)
    with speaking(language):
        months = [
            {
                "name": wording.month(date.fromisoformat(f"{month}-01")),
                "path": f"{here.path}/{month.replace('-', '/')}",
                "stories": stories,
            }
            for month, stories in counted
        ]
    page = {"here": here.path, "title": here.name, "canonical": shelves.address(here.path), "sections": [here]}
    total = sum(stories for _, stories in counted)
    context = {
        "cards": shelves.cards(found[:LENGTH]),
        "total": total,
        "months": months if total > LENGTH else [],
        "about": f"{here.path}/about",
    }
    return HttpResponse(render("site/listing.html", chrome(language), page, **context))


@require_safe
@public(MINUTE)
def month(request: HttpRequest, language: str, slug: str, year: str, month: str, leaf: str = "1") -> HttpResponse:
    """All stories of one month."""
    try:
        first = date(int(year), int(month), 1)
    except ValueError:
        raise Http404 from None
    found, name = _found(language, slug)
    here = Section(name=name, language=language)
    path = f"{here.path}/{year}/{month}"
    part = stretch(found.in_month(first.year, first.month), path=path, number=int(leaf))
    with speaking(language):
        title = f"{here.name} · {wording.month(first)}"
    page = {"here": here.path, "title": title, "canonical": shelves.address(path), "sections": [here]}
    context = {"cards": shelves.cards(part.records), "total": part.total, "leaf": part}
    return HttpResponse(render("site/listing.html", chrome(language), page, **context))


def _found(language: str, slug: str) -> tuple[RecordSet, str]:
    """Return a section's stories, and its name as the newest of them has it. Raises Http404."""
    found = shelves.public(language).filter(section_slug=slug)
    name = found.values_list("section", flat=True).first()
    if name is None or slug_of(slug) != slug:
        raise Http404
    return found, name
