"""The newest stories as RSS, Atom and JSON Feed."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe

from dateline.archive.models import Record
from dateline.site import shelves
from dateline.site.caching import MINUTE, public
from dateline.site.exports import entry, identity
from dateline.site.language import name_of
from dateline.wire import atom, jsonfeed, rss
from dateline.wire.channel import Channel, FeedEntry, Tombstone

STORIES = 50


@require_safe
@conditional_page
@public(MINUTE)
def rss_feed(request: HttpRequest, language: str) -> HttpResponse:
    entries, channel = _feed(language, "rss")
    return HttpResponse(rss.dump(entries, channel=channel), content_type="application/rss+xml; charset=utf-8")


@require_safe
@conditional_page
@public(MINUTE)
def atom_feed(request: HttpRequest, language: str) -> HttpResponse:
    entries, channel = _feed(language, "atom")
    data = atom.dump(entries, channel=channel, withdrawn=_tombstones(language))
    return HttpResponse(data, content_type="application/atom+xml; charset=utf-8")


@require_safe
@conditional_page
@public(MINUTE)
def json_feed(request: HttpRequest, language: str) -> HttpResponse:
    entries, channel = _feed(language, "json")
    return HttpResponse(jsonfeed.dump(entries, channel=channel), content_type="application/feed+json")


def _feed(language: str, form: str) -> tuple[list[FeedEntry], Channel]:
    if not shelves.is_edition(language):
        raise Http404
    records = list(shelves.public(language)[:STORIES])
    changed = max((record.changed_at for record in records), default=None)
    channel = Channel(
        title=f"{settings.DATELINE_SITE_NAME} – {name_of(language)}",
        url=shelves.address(f"/{language}/"),
        feed_url=shelves.address(f"/{language}/feed.{form}"),
        language=language,
        updated=changed.isoformat(timespec="seconds") if changed else "1970-01-01T00:00:00+00:00",
    )
    return [entry(record) for record in records if record.current], channel


def _tombstones(language: str) -> list[Tombstone]:
    withdrawn = Record.objects.withdrawn().in_language(language).filter(released_at__isnull=False)
    return [
        Tombstone(ref=identity(record), when=notice.at.isoformat(timespec="seconds"), note=notice.text)
        for record in withdrawn.order_by("-changed_at")[:STORIES]
        if (notice := shelves.retraction(record))
    ]
