"""What readers were told: corrections and withdrawals."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.archive.models import Correction
from dateline.site import shelves
from dateline.site.caching import MINUTE, public
from dateline.site.language import direction
from dateline.site.pages import render
from dateline.site.paging import leaf


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
    part = leaf(request, shelves.notices(language))
    context = {"notices": [_notice(each) for each in part.records], "leaf": part}
    return HttpResponse(render("site/corrections.html", shelves.live_chrome(language), page, **context))


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
