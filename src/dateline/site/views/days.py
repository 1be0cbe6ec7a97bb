"""A day: what the texts put on it, and the stories that were published on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.archive import days
from dateline.archive.models import Record
from dateline.site import shelves, wording
from dateline.site.addresses import day_path
from dateline.site.caching import MINUTE, public
from dateline.site.dossier_lines import cursor, line, mark_at
from dateline.site.language import SPOKEN, speaking
from dateline.site.pages import render
from dateline.site.paging import leaf

EVENTS = 12


@require_safe
@public(MINUTE)
def day(request: HttpRequest, language: str, iso: str) -> HttpResponse:
    try:
        asked = date.fromisoformat(iso)
    except ValueError:
        raise Http404 from None
    if not shelves.is_edition(language):
        raise Http404
    told = days.told_of(asked, after=mark_at(request.GET.get("before", "")), most=EVENTS)
    stories = shelves.public(language).on_day(asked)
    part = leaf(request, stories)
    if not told.found and not part.total:
        raise Http404
    path = day_path(language, iso)
    page = {
        "here": "archive",
        "sections": shelves.sections(language),
        "canonical": shelves.address(path),
        "alternates": [(each, shelves.address(day_path(each, iso))) for each in SPOKEN],
    }
    around = shelves.live_chrome(language, {each: day_path(each, iso) for each in SPOKEN})
    before, after = _neighbours(asked, language)
    with speaking(language):
        page["title"] = wording.long_day(asked)
        context = {
            "aside": wording.day_beside(asked),
            "lines": [line(cited, language) for cited in told.found],
            "more": f"?before={cursor(told.next)}" if told.next else "",
            "before": (wording.day(before), day_path(language, before.isoformat())) if before else None,
            "after": (wording.day(after), day_path(language, after.isoformat())) if after else None,
        }
    return HttpResponse(
        render("site/day.html", around, page, cards=shelves.cards(part.records), leaf=part, total=part.total, **context)
    )


def _neighbours(asked: date, language: str) -> tuple[date | None, date | None]:
    """Return the nearest days before and after that anything stands on."""
    told = days.neighbours(asked)
    published = Record.objects.published().in_language(language).order_by("published_at")
    before = (
        published.filter(published_at__lt=_midnight(asked)).reverse().values_list("published_at", flat=True).first()
    )
    after = (
        published.filter(published_at__gte=_midnight(asked + timedelta(days=1)))
        .values_list("published_at", flat=True)
        .first()
    )
    earlier = [each for each in (told[0], before and before.date()) if each]
    later = [each for each in (told[1], after and after.date()) if each]
    return max(earlier, default=None), min(later, default=None)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
