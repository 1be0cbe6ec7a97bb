"""The claims board: accusations with the denials that answer them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.archive.claims import Board, Claim, board
from dateline.archive.dossiers import Cited, credited, stamps
from dateline.archive.models import Entity
from dateline.archive.search import stream
from dateline.site import shelves
from dateline.site.addresses import keys_at
from dateline.site.caching import MINUTE, public
from dateline.site.dossier_lines import cursor, line, mark_at, name_of
from dateline.site.language import gettext as _
from dateline.site.language import speaking
from dateline.site.pages import render
from dateline.story import Stamp

# A query's claims are those of its newest stories.
NEWEST = 500
LONGEST = 200


@require_safe
@public(MINUTE)
def claims(request: HttpRequest, language: str) -> HttpResponse:
    if not shelves.is_edition(language):
        raise Http404
    query = request.GET.get("q", "").replace("\0", " ")[:LONGEST].strip()
    about = _entity(request.GET.get("about", ""))
    page: dict[str, Any] = {
        "here": "claims",
        "canonical": shelves.address(f"/{language}/claims"),
    }
    records = [record.pk for record in islice(stream(query), NEWEST)] if query else None
    found = board(entity=about, records=records, after=mark_at(request.GET.get("after", "")))
    with speaking(language):
        page["title"] = (
            _("Claims and denials: %(name)s") % {"name": name_of(about)} if about else _("Claims and denials")
        )
        told_by = _records(found)
        sources, dates = credited(told_by), stamps(told_by)
        shown = [_shown(claim, language, sources, dates) for claim in found.claims]
    context = {"claims": shown, "query": query, "about": about, "more": _more(request, found)}
    return HttpResponse(render("site/claims.html", shelves.live_chrome(language), page, **context))


def _records(found: Board) -> set[int]:
    cited = [each for claim in found.claims for each in (claim.accusation, *claim.variants)]
    denials = [answer.denial for claim in found.claims for answer in claim.answers]
    return {each.record.pk for each in (*cited, *denials)}


def _shown(claim: Claim, language: str, sources: Mapping[int, str], dates: Mapping[int, Stamp]) -> dict[str, Any]:
    def cited(each: Cited) -> dict[str, Any]:
        story = each.record.pk
        return {"line": line(each, language), "source": sources.get(story, ""), "published": dates.get(story)}

    return {
        "accusation": cited(claim.accusation),
        "variants": [cited(each) for each in claim.variants],
        "answers": [{**cited(each.denial), "tie": each.tie} for each in claim.answers],
        "group": claim.accusation.record.group_id,
    }


def _entity(asked: str) -> Entity | None:
    """Return whom the board is asked about: a key, or its address (``person/john-kerry``)."""
    if not asked:
        return None
    kind, _slash, words = asked.partition("/")
    keys = [*keys_at(kind, words)] if words else [asked]
    found = Entity.objects.filter(key__in=keys, stories__gt=0).first()
    if found is None:
        raise Http404
    return found


def _more(request: HttpRequest, found: Board) -> str:
    """Return the query of the next page, "" at the end."""
    if found.next is None:
        return ""
    asked = request.GET.copy()
    asked["after"] = cursor(found.next)
    return asked.urlencode()
