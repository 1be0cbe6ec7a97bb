"""Every address of the site: what it answers, and what it must never show."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from lxml import etree

SITE = "https://dateline.example"
ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
NEWS = {"n": "http://www.google.com/schemas/sitemap-news/0.9", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/", 200),
        ("/fa/", 200),
        ("/ar/", 200),
        ("/ru/", 200),
        ("/en/archive/", 200),
        ("/en/archive/2015/09/09", 301),
        ("/en/archive/2015", 200),
        ("/en/archive/1999", 404),
        ("/en/archive/2015/13/45", 404),
        ("/en/search", 200),
        ("/en/corrections", 200),
        ("/fa/corrections", 200),
        ("/en/section/rivers", 200),
        ("/en/section/nowhere", 404),
        ("/en/news/999999/x", 404),
        ("/999999", 404),
        ("/99999999999999999999999", 404),
        ("/xx/", 404),
        ("/en/nope", 404),
        ("/favicon.svg", 200),
    ],
)
def test_an_address_answers(path: str, status: int, client: Any) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_missing_page_speaks_of_a_copy_in_a_copy_only(client: Any) -> None:
    from dateline.site.press import missing_sheet

    answer = client.get("/en/nowhere")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()
    assert "This is a copy" not in answer.content.decode()
    assert b"This is a copy" in missing_sheet("en")


def test_the_code_and_a_wrong_slug_lead_to_the_permalink(client: Any, newest: Any) -> None:
    for path in (
        f"/{newest.code}",
        f"/{newest.code}/",
        f"/en/news/{newest.code}",
        f"/en/news/{newest.code}/wrong-slug",
        f"/fa/news/{newest.code}/{newest.slug}",
    ):
        answer = client.get(path)
        assert answer.status_code in (301, 302), path
        assert answer.headers["Location"] == newest.path
    assert client.get(newest.path).status_code == 200
    assert client.get(f"/en/news/{newest.code}/print").headers["Location"] == f"{newest.path}/print"


def test_a_withdrawn_story_is_gone_from_everywhere(client: Any, withdrawn: Any) -> None:
    for path in (withdrawn.path, f"{withdrawn.path}/print", f"/{withdrawn.code}", f"/en/news/{withdrawn.code}/other"):
        answer = client.get(path)
        assert answer.status_code == 410, path
        assert withdrawn.headline not in answer.content.decode()
    notice = withdrawn.corrections.get().note
    assert notice[:40] in client.get(withdrawn.path).content.decode()
    for path in (
        "/en/",
        "/en/feed.rss",
        "/en/feed.atom",
        "/en/feed.json",
        "/sitemap.xml",
        "/en/day/2015-09-14",
        "/en/search?q=Kolvia+resigns",
        "/api/v1/stories?limit=100",
        "/api/v1/search?q=Kolvia+resigns",
    ):
        assert withdrawn.headline not in client.get(path).content.decode(), path
    assert client.get(f"/api/v1/stories/{withdrawn.code}").status_code == 410


def test_the_atom_feed_carries_a_tombstone(client: Any, withdrawn: Any) -> None:
    tree = etree.fromstring(client.get("/en/feed.atom").content)
    (grave,) = tree.findall("at:deleted-entry", ATOM)
    ids = {entry.findtext("a:id", namespaces=ATOM) for entry in tree.findall("a:entry", ATOM)}
    assert str(withdrawn.code) in grave.get("ref")
    assert grave.get("ref") not in ids


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_feeds_parse_and_lead_to_permalinks(kind: str, language: str, client: Any) -> None:
    feed = feedparser.parse(client.get(f"/{language}/feed.{kind}").content)
    assert not feed.bozo
    assert feed.entries
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids)
    for entry in feed.entries:
        assert entry.link.startswith(f"https://dateline.example/{language}/news/")
        assert client.get(entry.link.removeprefix("https://dateline.example")).status_code == 200


def test_the_json_feed_is_one(client: Any) -> None:
    feed = json.loads(client.get("/en/feed.json").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"]
    assert all(item["id"] and (item.get("content_html") or item.get("content_text")) for item in feed["items"])


def test_the_sitemap_lists_every_published_story(client: Any) -> None:
    from dateline.archive.models import Record

    parts = etree.fromstring(client.get("/sitemap.xml").content).iterfind(".//s:loc", NEWS)
    trees = [etree.fromstring(client.get(str(part.text).removeprefix(SITE)).content) for part in parts]
    places = {str(each.text) for tree in trees for each in tree.iterfind(".//s:loc", NEWS)}
    assert f"{SITE}/en/" in places
    for record in Record.objects.published():
        assert any(f"/news/{record.code}/" in place for place in places)


def test_the_news_sitemap_holds_two_days_only(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2015, 12, 13, 9, 0, tzinfo=UTC))
    tree = etree.fromstring(client.get("/news-sitemap.xml").content)
    dates = [each.text for each in tree.iterfind(".//n:publication_date", NEWS)]
    assert len(dates) == 2
    assert all((date or "").startswith("2015-12-12") for date in dates)


def test_a_story_page_says_what_it_is_to_machines(client: Any, newest: Any) -> None:
    page = etree.HTML(client.get(newest.path).content.decode())
    (data,) = page.xpath("//script[@type='application/ld+json']")
    told = json.loads(data.text)
    assert told["@type"] == "NewsArticle"
    assert told["headline"] == newest.headline
    assert str(newest.code) in json.dumps(told["identifier"])
    assert page.xpath("string(//meta[@property='og:title']/@content)") == newest.headline
    assert page.xpath("string(//link[@rel='canonical']/@href)") == f"https://dateline.example{newest.path}"


def test_the_print_page_is_the_pressed_one(client: Any, newest: Any) -> None:
    from dateline.archive.renderings import unpack

    for path in (newest.path, f"{newest.path}/print"):
        pressed = newest.renderings.get(path=path)
        assert unpack(bytes(pressed.body)) == client.get(path).content


@pytest.mark.parametrize("query", ["", '"', "((", "* OR", "\x00", "'; DROP TABLE", "a" * 500, "\u202e", "café NEAR("])
def test_no_search_breaks_the_page(query: str, client: Any) -> None:
    answer = client.get("/en/search", {"q": query})
    assert answer.status_code == 200
    assert "<script" not in answer.content.decode().replace('<script type="application/ld+json"', "")


@pytest.mark.parametrize("path", ["/en/search?q=<script>alert(1)</script>", "/en/search?q=%22%3E%3Cimg%20src=x%3E"])
def test_a_query_is_shown_as_text(path: str, client: Any) -> None:
    body = client.get(path).content.decode()
    assert "<script>alert" not in body
    assert "<img src=x" not in body


@pytest.mark.parametrize("path", ["//evil.example/1001", "/\\evil.example", "/en//evil.example"])
def test_nothing_redirects_away(path: str, client: Any) -> None:
    answer = client.get(path)
    assert "evil.example" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_site_is_read_only(method: str, client: Any, newest: Any) -> None:
    assert getattr(client, method)(newest.path).status_code == 405
