"""robots.txt: everything may be read; search pages need not be."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.site.caching import DAY, public


@require_safe
@public(DAY)
def robots(request: HttpRequest) -> HttpResponse:
    site = settings.DATELINE_SITE_URL
    lines = [
        "User-agent: *",
        "Disallow: /*/search",
        "Disallow: /*/review",
        "Disallow: /*/pdf$",
        "",
        f"Sitemap: {site}/sitemap.xml",
        f"Sitemap: {site}/sitemap-dossiers.xml",
        f"Sitemap: {site}/news-sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
