"""RSS 0.9 to 2.0 and RDF (RSS 1.0)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from dateline.story import Batch
from dateline.wire.channel import KEPT, Channel, FeedEntry, moment_of
from dateline.wire.feed import SECTION, read_feed
from dateline.wire.rendering import body_html
from dateline.wire.trees import safe

_NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
_E = ElementMaker(nsmap=_NAMES)
_ATOM, _CONTENT, _DC, _MEDIA = (ElementMaker(namespace=uri, nsmap=_NAMES) for uri in _NAMES.values())

NEEDS_ID = NEEDS_SITE = True
DATES = "full"
KEEPS = KEPT


def parse(data: bytes) -> Batch:
    """Return the items of an RSS feed. Raises Unreadable when there is nothing to read."""
    return read_feed(data, form="rss")


def dump(entries: Iterable[FeedEntry], *, channel: Channel) -> bytes:
    """Return an RSS 2.0 document with full text. RSS knows no withdrawal: an item just stays away."""
    root = _E.rss(
        _E.channel(
            _E.title(safe(channel.title)),
            _E.link(safe(channel.url)),
            _E.description(safe(channel.description or channel.title)),
            _E.language(safe(channel.language)),
            _E.lastBuildDate(_mail_date(channel.updated)),
            _ATOM.link(href=safe(channel.feed_url), rel="self", type="application/rss+xml"),
            *(_item(entry) for entry in entries),
        ),
        version="2.0",
    )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _item(entry: FeedEntry) -> Any:
    story = entry.story
    item = _E.item(
        _E.title(safe(story.headline)),
        _E.link(safe(entry.permalink)),
        _E.guid(safe(entry.id), isPermaLink="true" if entry.id == entry.permalink else "false"),
        _E.pubDate(_mail_date(moment_of(entry))),
        _ATOM.updated(safe(entry.updated)),
    )
    if story.byline:
        item.append(_DC.creator(safe(story.byline)))
    if story.credit:
        item.append(_E.source(safe(story.credit), url=safe(entry.permalink)))
    if entry.code:
        item.append(_DC.identifier(safe(entry.code)))
    item.append(_DC.language(safe(story.language)))
    if story.section:
        item.append(_E.category(safe(story.section), domain=SECTION))
    item.extend(_E.category(safe(name)) for name in story.tags)
    if story.summary:
        item.append(_E.description(safe(story.summary)))
    item.append(_CONTENT.encoded(body_html(story)))
    for figure in story.figures:
        if figure.url:
            media = _MEDIA.content(url=safe(figure.url), medium="image")
            media.extend(
                made(safe(said))
                for made, said in ((_MEDIA.description, figure.caption), (_MEDIA.credit, figure.credit))
                if said
            )
            item.append(media)
    return item


def _mail_date(moment: str) -> str:
    """Return an ISO 8601 moment as RFC 822 writes it."""
    return format_datetime(datetime.fromisoformat(moment))
