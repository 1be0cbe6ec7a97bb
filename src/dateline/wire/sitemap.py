"""Sitemaps 0.9, their indexes, Google News and image sitemaps: each page listed becomes a link to a story."""

from __future__ import annotations

import re
from typing import Any

from dateline.story import Batch, FeedLink, Figure, Item, Unreadable
from dateline.text.urls import is_address
from dateline.wire.trees import child, children, local, one_line, tree_of, words, xml_text

ROOTS = frozenset({"urlset", "sitemapindex"})
MOST = 50_000  # entries; sitemaps.org, "Sitemap file limits"
_BARE = re.compile(r"&(?!#?\w{1,31};)")
_CLOSED = re.compile(r"</(?:[\w.-]+:)?(?:url|sitemap)\s*>")


def parse(data: bytes) -> Batch:
    """Return a link for each page of a sitemap, or the sitemaps an index names; of a broken one, what is whole."""
    root, fault = mended(data)
    if local(root) not in ROOTS:
        raise Unreadable("a sitemap without its urlset")
    name = "url" if local(root) == "urlset" else "sitemap"
    found = children(root, name)
    refused: list[tuple[str, str]] = []
    if fault:
        # The last entry of a document that breaks off may have lost a part.
        found = found[: len(_CLOSED.findall(xml_text(data)))]
        refused.append((f"after {name} {len(found)}", fault))
    if len(found) > MOST:
        refused.append((f"after {name} {MOST}", f"{len(found) - MOST} more than the {MOST:,} a sitemap may hold"))
    addressed: list[Any] = []
    for number, each in enumerate(found[:MOST], start=1):
        address = words(child(each, "loc"))
        if address and is_address(address):
            addressed.append(each)
        else:
            refused.append(
                (f"{name} {number}", f"no address of the web: {one_line(address)}" if address else "no address")
            )
    if name == "sitemap":
        feeds = tuple(FeedLink(url=words(child(each, "loc")) or "") for each in addressed)
        return Batch(format="sitemap", items=(), feeds=feeds, refused=tuple(refused))
    return Batch(format="sitemap", items=tuple(map(_item, addressed)), refused=tuple(refused))


def mended(data: bytes) -> tuple[Any, str | None]:
    """Return the root of a list of addresses, and what does not parse in it.

    Ampersands that stand bare, as they do in so many addresses, are mended first: lxml would take them out.
    """
    try:
        return tree_of(data), None
    except Unreadable:
        pass
    text = _BARE.sub("&amp;", xml_text(data))
    try:
        return tree_of(text.encode("utf-8")), None
    except Unreadable as error:
        root = tree_of(text.encode("utf-8"), recover=True)
        whole = re.search(rf"</(?:[\w.-]+:)?{re.escape(local(root))}\s*>\s*$", text)
        return root, str(error) if whole else "it breaks off here"


def _item(url: Any) -> Item:
    news = child(url, "news")
    return Item(
        format="sitemap",
        body="",
        body_type="link",
        url=words(child(url, "loc")),
        headline=words(child(news, "title")),
        published=words(child(news, "publication_date")),
        updated=words(child(url, "lastmod")),
        language=words(child(news, "publication", "language")),
        site_name=words(child(news, "publication", "name")),
        tags=tuple(tag for each in (words(child(news, "keywords")) or "").split(",") if (tag := each.strip())),
        figures=tuple(_figure(each) for each in children(url, "image")),
    )


def _figure(image: Any) -> Figure:
    return Figure(
        url=words(child(image, "loc")), caption=words(child(image, "caption")), alt=words(child(image, "title"))
    )
