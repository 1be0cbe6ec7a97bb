"""What readers were told: corrections and withdrawals."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.archive.models import Correction
from dateline.site import shelves, wording
from dateline.site.caching import MINUTE, public
from dateline.site.language import direction, speaking
from dateline.site.pages import chrome, render
from dateline.site.paging import LENGTH, stretch


@require_safe
@public(MINUTE)
def corrections(request: HttpRequest, language: str) -> HttpResponse:
    if not shelves.is_edition(language):
        raise Http404
    page = {
        "here": "corrections",
        "sections": shelves.sections(language),
        "canonical": shelves.address(f"/{language}/corrections"),
    }
    counted = shelves.months_of_notices(language)
    with speaking(language):
        months = [
            {
                "name": wording.month(date.fromisoformat(f"{month}-01")),
                "path": f"/{language}/corrections/{month.replace('-', '/')}",
                "stories": told,
            }
            for month, told in counted
        ]
    context = {
        "notices": [_notice(each) for each in shelves.notices(language)[:LENGTH]],
        "months": months if sum(told for _, told in counted) > LENGTH else [],
    }
    return HttpResponse(render("site/corrections.html", shelves.live_chrome(language), page, **context))


@require_safe
@public(MINUTE)
def month(request: HttpRequest, language: str, year: str, month: str, leaf: str = "1") -> HttpResponse:
    try:
        first = date(int(year), int(month), 1)
    except ValueError:
        raise Http404 from None
    path = f"/{language}/corrections/{year}/{month}"
    part = stretch(shelves.notices_in(language, first.year, first.month), path=path, number=int(leaf))
    page = {"here": "corrections", "canonical": shelves.address(path)}
    context = {"notices": [_notice(each) for each in part.records], "leaf": part}
    return HttpResponse(render("site/corrections.html", chrome(language), page, **context))


def _notice(correction: Correction) -> dict[str, Any]:
    """A withdrawn story is named by its code alone: its words were taken back."""
    record = correction.record
    withdrawn = correction.kind == Correction.Kind.RETRACTION
    return {
        "kind": correction.kind,
        "code": record.code,
        "path": f"/{record.code}" if withdrawn else record.path,
        "headline": "" if withdrawn else record.headline,
        "language": record.language,
        "direction": direction(language=record.language),
        "text": correction.note,
        "at": correction.at,
    }
