"""A day: what the texts put on it, and the stories that were published on it."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.archive import days
from dateline.site import shelves, wording
from dateline.site.addresses import day_path
from dateline.site.caching import MINUTE, public
from dateline.site.dossier_lines import cursor, line, mark_at
from dateline.site.language import SPOKEN, speaking
from dateline.site.pages import chrome, render
from dateline.site.paging import Leaf, stretch

EVENTS = 50


@require_safe
@public(MINUTE)
def day(request: HttpRequest, language: str, iso: str, leaf: str = "1") -> HttpResponse:
    try:
        asked = date.fromisoformat(iso)
    except ValueError:
        raise Http404 from None
    if not shelves.is_edition(language):
        raise Http404
    number, path = int(leaf), day_path(language, iso)
    stories = shelves.public(language).on_day(asked)
    told = days.told_of(asked, after=mark_at(request.GET.get("before", "")), most=EVENTS) if number == 1 else None
    is_published = stories.exists()
    # A language that the site does not speak has the days on which it has stories.
    if not is_published and (language not in SPOKEN or not told or not told.found):
        raise Http404
    part = stretch(stories, path=path, number=number) if is_published else Leaf(records=stories, total=0)
    # What texts put on a day stands in every language; where none does, another language may have no such page.
    paths = {each: day_path(each, iso) for each in SPOKEN} if told and told.found else {}
    page = {
        "here": "archive",
        "canonical": shelves.address(path),
        "alternates": [(each, shelves.address(there)) for each, there in paths.items()],
    }
    before, after = shelves.neighbours(asked, language)
    with speaking(language):
        page["title"] = wording.long_day(asked)
        context = {
            "aside": wording.day_beside(asked),
            "lines": [line(cited, language) for cited in told.found] if told else [],
            "more": f"?before={cursor(told.next)}" if told and told.next else "",
            "before": (wording.day(before), day_path(language, before.isoformat())) if before else None,
            "after": (wording.day(after), day_path(language, after.isoformat())) if after else None,
        }
    around = chrome(language, paths=paths)
    return HttpResponse(
        render("site/day.html", around, page, cards=shelves.cards(part.records), leaf=part, total=part.total, **context)
    )
