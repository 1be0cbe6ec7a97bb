"""OPML 1.0, 1.1 and 2.0, and FOAF lists of weblogs: the feeds somebody reads, with the folders they keep them in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml.builder import E

from dateline.story import Batch, FeedLink, Unreadable
from dateline.text.urls import is_address
from dateline.wire.sitemap import mended
from dateline.wire.trees import child, children, local, one_line, safe, words

ROOTS = frozenset({"opml"})
_FEED_SCHEME = re.compile(r"^feed:(?=https?:)|^feed(?=:)", re.IGNORECASE)
_FOAF = re.compile(r"<(?:\w+:)?RDF\b[^>]*xmlns\.com/foaf/", re.IGNORECASE)
_ITEM = re.compile(r"<(?:\w+:)?item[\s>]")
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_HOLDS = {"channel": "about", "feed": "resource"}  # the attributes RSS 1.0 and Yandex's terms keep an address in
# What an outline with an address may be beside a feed, by its type; Liferea calls another list a source.
_OTHER = {"include": "another list", "source": "another list", "link": "a link"}


def looks_like(text: str) -> bool:
    """Tell whether an RDF document is a FOAF list rather than a feed."""
    return bool(_FOAF.search(text[:4096])) and not _ITEM.search(text)


def parse(data: bytes) -> Batch:
    """Return the feeds a list names, each once; of a list that does not parse, those that can be made out."""
    root, fault = mended(data)
    found = _FeedList()
    if local(root) == "RDF":
        found.add_all(_weblogs(root))
        lists = (each.get(f"{_RDF}resource") for each in root.iter() if local(each) == "seeAlso")
        found.passed += [("seeAlso", f"another list: {one_line(each)}") for each in lists if each]
    elif local(root) in ROOTS:
        for each in (root, *root):
            _walk(each, (), found)
    else:
        raise Unreadable("a list of feeds without its opml element")
    return Batch(
        format="opml",
        items=(),
        title=words(child(root, "head", "title")),
        url=words(child(root, "head", "ownerId")),
        feeds=tuple(found.feeds.values()),
        refused=(*found.refused, *([("the list", fault)] if fault else [])),
        passed=(
            *found.passed,
            *((f"{count} outline{'s' * (count > 1)}", what) for what, count in sorted(found.counted.items())),
        ),
    )


@dataclass(slots=True)
class _FeedList:
    feeds: dict[str, FeedLink] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)
    passed: list[tuple[str, str]] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    def add_all(self, feeds: Iterable[FeedLink]) -> None:
        for feed in feeds:
            where = one_line(feed.title or feed.site_url or "a feed")
            if not feed.url:
                self.refused.append((where, f"a feed without its address, of {one_line(feed.site_url or 'no site')}"))
            elif not is_address(feed.url):
                self.refused.append((where, f"no address of the web: {one_line(feed.url)}"))
            elif feed.url in self.feeds:
                self.counted["a feed named before"] += 1
            else:
                self.feeds[feed.url] = feed


def _walk(parent: Any, folders: tuple[str, ...], found: _FeedList) -> None:
    """Collect the outlines of an element, and theirs."""
    for outline in children(parent, "outline"):
        said = {name.lower(): " ".join(value.split()) for name, value in outline.attrib.items()}
        title, kind = said.get("text") or said.get("title"), said.get("type", "").lower()
        feed, address = said.get("xmlurl"), said.get("url")
        inside = children(outline, "outline")
        if kind in _OTHER and (address or (feed and kind != "link")):  # WordPress calls feeds links
            found.passed.append((one_line(title or "an outline"), f"{_OTHER[kind]}: {one_line(address or feed or '')}"))
        elif feed or kind == "rss" or "xmlurl" in said or said.get("htmlurl"):
            found.add_all([_feed(feed or "", title, said, folders)])
        elif not inside:
            found.counted["words without a feed"] += 1
        _walk(outline, (*folders, title) if title else folders, found)


def _feed(address: str, title: str | None, said: dict[str, str], folders: tuple[str, ...]) -> FeedLink:
    # "feed://host" and "feed:https://host" were once how a browser was told to open a reader.
    url = _FEED_SCHEME.sub(lambda found: "" if found[0].endswith(":") else "http", address)
    filed = "/".join(folders) or _category(said.get("category", ""))
    language = said.get("language")
    return FeedLink(
        url=url,
        title=title if title != address else None,
        site_url=said.get("htmlurl") or None,
        folder=filed or None,
        language=language if language and language.lower() != "unknown" else None,
    )


def _category(said: str) -> str:
    """Return the first of OPML 2.0's comma-separated, slash-delimited categories."""
    told = ("/".join(part for each in path.split("/") if (part := each.strip())) for path in said.split(","))
    return next(filter(None, told), "")


def _weblogs(root: Any) -> Iterator[FeedLink]:
    """Yield the feeds of a FOAF document: those of weblogs, and those Yandex names."""
    for each in root.iter():
        address = each.get(f"{_RDF}{_HOLDS[local(each)]}") if local(each) in _HOLDS else None
        if address is None:
            continue
        above = list(each.iterancestors())
        sites = (other.get(f"{_RDF}about") for other in above if local(other) == "Document")
        names = (words(child(other, name)) for other in above for name in ("title", "name", "member_name"))
        yield FeedLink(
            url=address.strip(), title=next(filter(None, names), None), site_url=next(filter(None, sites), None)
        )


def dump(feeds: Iterable[FeedLink], *, title: str) -> bytes:
    """Return an OPML 2.0 list, each feed in its folders."""
    body = E.body()
    folders: dict[tuple[str, ...], Any] = {(): body}
    for feed in feeds:
        path: tuple[str, ...] = ()
        for name in filter(None, (feed.folder or "").split("/")):
            above, path = folders[path], (*path, name)
            if path not in folders:
                folders[path] = etree.SubElement(above, "outline", text=safe(name))
        said = {
            "type": "rss",
            "text": feed.title or feed.url,
            "xmlUrl": feed.url,
            "htmlUrl": feed.site_url,
            "language": feed.language,
        }
        etree.SubElement(folders[path], "outline", {key: safe(value) for key, value in said.items() if value})
    root = E.opml(E.head(E.title(safe(title))), body, version="2.0")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))
