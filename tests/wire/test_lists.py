"""Sitemaps and lists of feeds, by files; and the list we write ourselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.plain import to_plain
from dateline.story import FeedLink, Unreadable
from dateline.wire import opml, sitemap

DATA = Path(__file__).parents[1] / "data/wire"
FILES = {
    "news.sitemap.xml": sitemap,
    "half.sitemap.xml": sitemap,
    "index.sitemap.xml": sitemap,
    "folders.opml": opml,
    "half-list.opml": opml,
    "weblogs.foaf": opml,
}


def only(found: Any, wanted: Any) -> Any:
    """Return of what was found what the expectation speaks of."""
    if isinstance(wanted, dict):
        return {key: only(found.get(key), value) for key, value in wanted.items()}
    if isinstance(wanted, list) and len(found) == len(wanted):
        return [only(each, want) for each, want in zip(found, wanted, strict=True)]
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_list_holds_what_stands_beside_it(name: str) -> None:
    wanted = {"refused": [], "passed": [], **json.loads((DATA / name).with_suffix(".json").read_text("utf-8"))}
    found = to_plain(FILES[name].parse((DATA / name).read_bytes()))
    told = {"items": [], "feeds": [], **found}
    assert only(told, wanted) == wanted


def test_a_list_that_is_written_reads_back() -> None:
    feeds = (
        FeedLink(
            url="https://a.example/?x=1&y=2", title='A "quoted" name', site_url="https://a.example/", language="fa"
        ),
        FeedLink(url="https://b.example/feed", title="B", folder="World/Asia"),
        FeedLink(url="https://c.example/feed", folder="World"),
        FeedLink(url="https://d.example/feed", title="D\x00", folder="World/Asia"),
    )
    batch = opml.parse(opml.dump(feeds, title="Read & written"))
    assert batch.title == "Read & written"
    assert (batch.refused, batch.passed) == ((), ())
    by_url = {feed.url: feed for feed in batch.feeds}
    assert [by_url[each.url].folder for each in feeds] == [None, "World/Asia", "World", "World/Asia"]
    assert {by_url[each.url] for each in feeds[:3]} == set(feeds[:3])


def test_what_is_beyond_the_limit_of_a_sitemap_is_refused() -> None:
    urls = "".join(f"<url><loc>https://a.example/{number}</loc></url>" for number in range(sitemap.MOST + 2))
    batch = sitemap.parse(f"<urlset>{urls}</urlset>".encode())
    assert len(batch.items) == sitemap.MOST
    assert batch.refused == (("after url 50000", "2 more than the 50,000 a sitemap may hold"),)


@pytest.mark.parametrize("module", [sitemap, opml])
def test_another_document_is_unreadable(module: Any) -> None:
    with pytest.raises(Unreadable, match="without its"):
        module.parse(b"<inventory/>")


def test_a_foaf_list_is_no_feed_and_a_feed_no_list() -> None:
    assert opml.looks_like((DATA / "weblogs.foaf").read_text("utf-8"))
    assert not opml.looks_like((DATA / "rdf.xml").read_text("utf-8"))
