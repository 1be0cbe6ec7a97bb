"""The addresses of the public site."""

from __future__ import annotations

from django.urls import path, re_path, register_converter

from dateline.site.views import (
    archive,
    assets,
    corrections,
    feeds,
    front,
    push,
    robots,
    search,
    section,
    sitemaps,
    story,
    unsubscribe,
)


class LanguageTag:
    """A BCP 47 primary tag; the view decides whether there are stories in it."""

    regex = "(?!api)[a-z]{2,3}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LanguageTag, "tag")

urlpatterns = [
    path("", front.home),
    path("<tag:language>/", front.front),
    path("<int:code>", story.by_code),
    path("<int:code>/", story.by_code),
    path("<tag:language>/news/<int:code>", story.story),
    path("<tag:language>/news/<int:code>/", story.story),
    path("<tag:language>/news/<int:code>/<str:slug>", story.story),
    path("<tag:language>/news/<int:code>/<str:slug>/print", story.print_page),
    path("<tag:language>/section/<str:slug>", section.section),
    path("<tag:language>/archive/", archive.index),
    re_path(r"^(?P<language>[a-z]{2,3})/archive/(?P<year>\d{4})/(?P<month>\d{2})/(?P<day>\d{2})$", archive.day),
    path("<tag:language>/search", search.search_page),
    path("<tag:language>/search.<str:form>", search.search_export),
    path("<tag:language>/corrections", corrections.corrections),
    path("<tag:language>/feed.rss", feeds.rss_feed),
    path("<tag:language>/feed.atom", feeds.atom_feed),
    path("<tag:language>/feed.json", feeds.json_feed),
    path("sitemap.xml", sitemaps.sitemap),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_part),
    path("news-sitemap.xml", sitemaps.news_sitemap),
    path("hooks/websub/<int:source_id>", push.websub),
    path("unsubscribe/<int:number>/<str:word>", unsubscribe.unsubscribe),
    path("robots.txt", robots.robots),
    path("favicon.svg", assets.icon),
    path("favicon.ico", assets.icon),
    path("assets/<str:digest>/site.css", assets.sheet),
    path("assets/<str:digest>/lights-<int:size>.css", assets.lights),
]
