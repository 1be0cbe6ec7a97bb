"""The addresses of the public site."""

from __future__ import annotations

from django.urls import path, re_path, register_converter

from dateline.site.views import (
    archive,
    assets,
    calendar,
    claims,
    corrections,
    days,
    dossiers,
    feeds,
    front,
    group,
    leading,
    maps,
    push,
    review,
    robots,
    search,
    section,
    shared,
    shelf,
    sitemaps,
    slashes,
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


LANGUAGE = rf"(?P<language>{LanguageTag.regex})"
# A later leaf of a long list has an address of its own: static hosts know no queries.
LEAF = r"(?:/(?P<leaf>[1-9]\d{0,4}))?"
DOSSIER = r"(?P<kind>person|organisation|place|name)/(?P<words>[^/]+)"

register_converter(LanguageTag, "tag")

urlpatterns = [
    path("", front.home),
    path("<tag:language>/", front.front),
    path("<tag:language>/news/<int:code>/card.png", shared.card),
    path("<tag:language>/news/<int:code>/<str:slug>", story.story),
    path("<tag:language>/news/<int:code>/<str:slug>/print", story.print_page),
    path("<tag:language>/news/<int:code>/<str:slug>/pdf", story.pdf),
    path("<int:code>", story.by_code),
    path("<int:code>/", story.by_code),
    path("<tag:language>/news/<int:code>", story.story),
    path("<tag:language>/news/<int:code>/", story.story),
    path("<tag:language>/section/<str:slug>", section.section),
    re_path(rf"^{LANGUAGE}/section/(?P<slug>[^/]+)/(?P<year>\d{{4}})/(?P<month>\d{{2}}){LEAF}$", section.month),
    re_path(rf"^{LANGUAGE}/(?P<kind>topic|source)/(?P<slug>[^/]+)$", shelf.shelf),
    re_path(rf"^{LANGUAGE}/(?P<kind>section)/(?P<slug>[^/]+)/about$", shelf.shelf),
    re_path(rf"^{LANGUAGE}/{DOSSIER}$", dossiers.dossier),
    re_path(rf"^{LANGUAGE}/{DOSSIER}/(?P<what>events|quotes|stories)$", dossiers.listed),
    path("<tag:language>/pair/<str:one>/<str:other>", dossiers.pair),
    re_path(rf"^{LANGUAGE}/pair/(?P<one>[^/]+)/(?P<other>[^/]+)/(?P<what>events|quotes)$", dossiers.pair_listed),
    re_path(rf"^{LANGUAGE}/(?P<shelf>who|places)/$", leading.entities),
    path("<tag:language>/topics/", leading.topics),
    path("<tag:language>/sources/", leading.sources),
    re_path(rf"^{LANGUAGE}/day/(?P<iso>\d{{4}}-\d{{2}}-\d{{2}}){LEAF}$", days.day),
    path("<tag:language>/calendar/", calendar.newest),
    re_path(rf"^{LANGUAGE}/calendar/(?P<year>\d{{4}})-(?P<month>\d{{2}})$", calendar.calendar),
    path("<tag:language>/archive/", archive.index),
    re_path(rf"^{LANGUAGE}/archive/(?P<year>\d{{4}})$", archive.year),
    re_path(rf"^{LANGUAGE}/archive/(?P<year>\d{{4}})/(?P<month>\d{{2}})/(?P<day>\d{{2}})$", archive.day),
    path("<tag:language>/search", search.search_page),
    path("<tag:language>/search/print", review.of_query),
    path("<tag:language>/search/pdf", review.of_query, {"form": "pdf"}),
    path("<tag:language>/review", review.of_codes),
    path("<tag:language>/review/pdf", review.of_codes, {"form": "pdf"}),
    path("<tag:language>/search.<str:form>", search.search_export),
    path("<tag:language>/search/map", maps.query_map),
    path("<tag:language>/search/calendar", maps.query_calendar),
    path("<tag:language>/corrections", corrections.corrections),
    path("<tag:language>/claims", claims.claims),
    path("<tag:language>/group/<int:number>", group.group),
    re_path(rf"^{LANGUAGE}/corrections/(?P<year>\d{{4}})/(?P<month>\d{{2}}){LEAF}$", corrections.month),
    path("<tag:language>/feed.rss", feeds.rss_feed),
    path("<tag:language>/feed.atom", feeds.atom_feed),
    path("<tag:language>/feed.json", feeds.json_feed),
    re_path(rf"^{LANGUAGE}(?:/(?:who|places|topics|sources|calendar|archive))?$", slashes.other_slash),
    re_path(rf"^{LANGUAGE}/(?:search|claims|corrections|review)/$", slashes.other_slash),
    path("sitemap.xml", sitemaps.sitemap),
    path("sitemap-fronts.xml", sitemaps.sitemap_of_fronts),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_part),
    path("sitemap-dossiers.xml", sitemaps.dossier_sitemap),
    path("news-sitemap.xml", sitemaps.news_sitemap),
    path("oembed", shared.oembed),
    path("hooks/websub/<int:source_id>", push.websub),
    path("unsubscribe/<int:number>/<str:word>", unsubscribe.unsubscribe),
    path("robots.txt", robots.robots),
    path("favicon.svg", assets.icon),
    path("favicon.ico", assets.icon),
    path("assets/<str:digest>/site.css", assets.sheet),
    path("assets/<str:digest>/dossiers.css", assets.dossier_sheet),
    path("assets/<str:digest>/lights-<int:size>.css", assets.lights),
]
