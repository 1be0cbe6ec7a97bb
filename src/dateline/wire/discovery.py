"""The feeds a web page names."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

from dateline.story import FeedLink
from dateline.text.urls import is_address
from dateline.wire.encoding import decode

_TYPES = re.compile(r"^application/(?:(?:rss|atom|rdf)\+xml|feed\+json|json)|^text/xml\b", re.IGNORECASE)
_HINTED = re.compile(r"(?:^|[/._-])(?:feed|rss|atom|rdf)(?:$|[/._?-])|\.(?:rss|rdf|atom)$", re.IGNORECASE)
# Comments' feeds stand beside those of stories, and are never what was meant.
_COMMENTS = re.compile(r"comment", re.IGNORECASE)
# Where sites keep a feed that they do not name, commonest first.
USUAL = ("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/index.xml")


def feeds_of(page: bytes, *, url: str) -> tuple[FeedLink, ...]:
    """Return the feeds a page at ``url`` names: those it declares, else those it links to; comments' feeds last."""
    text = decode(page).text.replace("\0", "")
    try:
        root = lxml_html.document_fromstring(
            text.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8", no_network=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ()
    declared = [
        link
        for link in root.iter("link")
        if "alternate" in (link.get("rel") or "").lower().split() and _TYPES.match(link.get("type") or "")
    ]
    found = declared or [link for link in root.iter("a") if _HINTED.search(link.get("href") or "")]
    told: dict[str, FeedLink] = {}
    for link in found:
        try:
            address = urljoin(url, (link.get("href") or "").strip())
        except ValueError:
            continue
        if is_address(address):
            title = " ".join((link.get("title") or "".join(map(str, link.itertext()))).split()) or None
            told.setdefault(address, FeedLink(url=address, title=title, site_url=url))
    return tuple(sorted(told.values(), key=lambda feed: bool(_COMMENTS.search(f"{feed.url} {feed.title}"))))
