"""All stories of one event: who told it first, what they share, how they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from dateline.archive.models import Record, Sighting
from dateline.reading.comparing import Comparison, compare
from dateline.site import shelves, wording
from dateline.site.addresses import sentence
from dateline.site.caching import MINUTE, public
from dateline.site.language import direction, speaking
from dateline.site.pages import render
from dateline.site.story_page import credit_of

MOST = 60  # stories compared: events have fewer
_THINGS = 40  # names, and figures, shown that only the same stories tell


@require_safe
@public(MINUTE)
def group(request: HttpRequest, language: str, number: int) -> HttpResponse:
    if not shelves.is_edition(language) or number >= 2**63:
        raise Http404
    records = list(Record.objects.published().filter(group=number).with_current().order_by("published_at", "pk")[:MOST])
    if not records:
        raise Http404
    told = {
        str(record.code): (record.current.as_story(), record.current.as_reading())
        for record in records
        if record.current is not None
    }
    page: dict[str, Any] = {
        "here": "group",
        "canonical": shelves.address(f"/{language}/group/{number}"),
    }
    with speaking(language):
        said = ngettext("One event, told by %(shown)s story", "One event, told by %(shown)s stories", len(records))
        page["title"] = said % {"shown": wording.digits(len(records))}
    sources = {key: credit_of(story) or "" for key, (story, _reading) in told.items()}
    context = {
        "tellings": _tellings(records, sources),
        "found": _differences(compare(told), sources, {str(record.code): record for record in records}),
    }
    return HttpResponse(render("site/group.html", shelves.live_chrome(language), page, **context))


def _tellings(records: Sequence[Record], sources: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the stories in the order of their dates; the first is not always the one that was seen first."""
    seen = dict(
        Sighting.objects.filter(record__in=records)
        .values_list("record")
        .annotate(first=Min("first_seen_at"))
        .values_list("record", "first")
    )
    earliest = min(seen.values(), default=None)
    is_told_at_once = len(set(seen.values())) < 2
    stated = min((record.published_at for record in records if record.day_stated), default=None)
    return [
        {
            "record": record,
            "source": sources[str(record.code)],
            "direction": direction(language=record.language),
            "stamp": record.current.as_story().published if record.current else None,
            "seen": seen.get(record.pk),
            "is_first": bool(record.day_stated) and record.published_at == stated,
            "is_first_seen": seen.get(record.pk) == earliest and not is_told_at_once,
            "copy_of": next((each for each in records if each.pk == record.copy_of_id), None),
        }
        for record in records
    ]


def _differences(found: Comparison, sources: Mapping[str, str], records: Mapping[str, Record]) -> dict[str, Any]:
    told: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for kind, things in (("names", found.names), ("figures", found.figures)):
        for thing, keys in things.items():
            told.setdefault(keys, {"names": [], "figures": []})[kind].append(thing)
    return {
        "shared": found.shared,
        "told": [
            {
                "by": [{"source": sources[key], "path": records[key].path} for key in keys],
                "names": things["names"][:_THINGS],
                "figures": things["figures"][:_THINGS],
            }
            for keys, things in sorted(told.items(), key=lambda each: (len(each[0]), each[0]))
        ],
        "quotations": [
            [
                {
                    "said": each.said,
                    "speaker": each.speaker,
                    "source": sources[each.story],
                    "href": sentence(records[each.story].path, each.fingerprint),
                    "language": records[each.story].language,
                    "direction": direction(language=records[each.story].language),
                }
                for each in quotation.utterances
            ]
            for quotation in found.quotations
        ],
    }
