"""Sitemaps. The news sitemap follows Google's rules: stories of the last two days, 1,000 at most."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dateline.archive.dossiers import leading
from dateline.archive.models import Record
from dateline.archive.models.findings import STORIES_TO_KNOW
from dateline.archive.models.records import RecordSet
from dateline.site import shelves
from dateline.site.addresses import dossier_path
from dateline.site.caching import DAY, MINUTE, public
from dateline.site.language import SPOKEN
from dateline.site.templating import fill
from dateline.story import Stamp

NEWS = 1_000
DOSSIERS = 2_000  # of each kind
NEWS_IS_NEW = timedelta(days=2)


@require_safe
@public(MINUTE)
def sitemap(request: HttpRequest) -> HttpResponse:
    """An index: a part holds the stories of a thousand codes, so that what changes in one leaves the others alone."""
    places = [{"loc": shelves.address(f"/sitemap-{part}.xml")} for part in ("fronts", *shelves.parts())]
    return _xml("site/sitemaps.xml", places=places)


@require_safe
@public(MINUTE)
def sitemap_of_fronts(request: HttpRequest) -> HttpResponse:
    return _xml("site/sitemap.xml", places=_fronts())


@require_safe
@public(MINUTE)
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    first = number * shelves.IN_SITEMAP
    places = _places(_stories().filter(code__gte=first, code__lt=first + shelves.IN_SITEMAP)) if first < 2**62 else []
    if not places:
        raise Http404
    return _xml("site/sitemap.xml", places=places)


@require_safe
@public(DAY)
def dossier_sitemap(request: HttpRequest) -> HttpResponse:
    """List the dossiers of those whom several stories name, the most told of each kind."""
    told = [each for kind in ("PER", "ORG", "LOC", "GEO") for each in leading(kind, most=DOSSIERS)]
    places = [
        {
            "loc": shelves.address(dossier_path(settings.DATELINE_LANGUAGE, each.key, each.name)),
            "alternates": [
                (language, shelves.address(dossier_path(language, each.key, each.name))) for language in SPOKEN
            ],
        }
        for each in told
        if each.stories >= STORIES_TO_KNOW
    ]
    return _xml("site/sitemap.xml", places=places)


@require_safe
@public(MINUTE)
def news_sitemap(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    new = (
        Record.objects.published()
        .filter(published_at__gt=now - NEWS_IS_NEW, published_at__lte=now)
        .exclude(language="und")
    )
    stories = [
        {
            "loc": shelves.address(record.path),
            "language": record.language,
            "date": _w3c(record.current.as_story().published if record.current else None)
            or record.published_at.isoformat(timespec="seconds"),
            "title": record.headline,
        }
        for record in new.newest().with_current()[:NEWS]
    ]
    return _xml("site/news-sitemap.xml", stories=stories, site_name=settings.DATELINE_SITE_NAME)


def _stories() -> RecordSet:
    return Record.objects.published().order_by("code")


def _fronts() -> list[dict[str, str]]:
    return [{"loc": shelves.address(f"/{language}/")} for language in shelves.languages()]


def _places(records: RecordSet) -> list[dict[str, Any]]:
    listed = list(records.only("code", "language", "slug", "changed_at"))
    within = (listed[0].code, listed[-1].code) if listed else (0, 0)
    editions = shelves.alternates(_stories().filter(code__range=within))
    return [
        {
            "loc": shelves.address(record.path),
            "lastmod": record.changed_at.isoformat(timespec="seconds"),
            "alternates": editions.get(record.code, ()),
        }
        for record in listed
    ]


def _w3c(stamp: Stamp | None) -> str | None:
    """Return a story's date in W3C form, where a time without its zone does not exist."""
    if stamp is None:
        return None
    return stamp.value + stamp.zone if stamp.zone and "T" in stamp.value else stamp.value[:10]


def _xml(template: str, **context: object) -> HttpResponse:
    return HttpResponse(fill(template, **context), content_type="application/xml; charset=utf-8")
