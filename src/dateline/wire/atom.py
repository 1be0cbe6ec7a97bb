"""Atom (RFC 4287), with tombstones (RFC 6721) for what was withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from dateline.story import Batch
from dateline.wire.channel import KEPT, Channel, FeedEntry, Tombstone, moment_of
from dateline.wire.feed import SECTION, read_feed
from dateline.wire.rendering import body_html
from dateline.wire.trees import safe

_ATOM = "http://www.w3.org/2005/Atom"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_E = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM, "at": _TOMBSTONES})
_AT = ElementMaker(namespace=_TOMBSTONES, nsmap={"at": _TOMBSTONES})

NEEDS_ID = NEEDS_SITE = True
DATES = "full"
KEEPS = KEPT


def parse(data: bytes) -> Batch:
    """Return the entries of an Atom feed. Raises Unreadable when there is nothing to read."""
    return read_feed(data, form="atom")


def dump(entries: Iterable[FeedEntry], *, channel: Channel, withdrawn: Iterable[Tombstone] = ()) -> bytes:
    """Return an Atom document with full text."""
    root = _E.feed(
        {_LANG: safe(channel.language)},
        _E.id(safe(channel.feed_url)),
        _E.title(safe(channel.title)),
        _E.updated(safe(channel.updated)),
        _E.author(_E.name(safe(channel.title))),
        _E.link(rel="self", type="application/atom+xml", href=safe(channel.feed_url)),
        _E.link(rel="alternate", type="text/html", href=safe(channel.url)),
    )
    if channel.description:
        root.append(_E.subtitle(safe(channel.description)))
    root.extend(_entry(entry) for entry in entries)
    root.extend(_tombstone(each) for each in withdrawn)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _entry(entry: FeedEntry) -> Any:
    story = entry.story
    element = _E.entry(
        {_LANG: safe(story.language)},
        _E.id(safe(entry.id)),
        _E.title(safe(story.headline)),
        _E.link(rel="alternate", type="text/html", href=safe(entry.permalink)),
        _E.published(safe(moment_of(entry))),
        _E.updated(safe(entry.updated)),
    )
    if story.byline:
        element.append(_E.author(_E.name(safe(story.byline))))
    if story.credit:
        element.append(_E.source(_E.title(safe(story.credit))))
    if story.section:
        element.append(_E.category(term=safe(story.section), scheme=SECTION))
    element.extend(_E.category(term=safe(name)) for name in story.tags)
    if story.summary:
        element.append(_E.summary(safe(story.summary), type="text"))
    element.append(_E.content(body_html(story), type="html"))
    return element


def _tombstone(each: Tombstone) -> Any:
    element = _AT("deleted-entry", ref=safe(each.ref), when=safe(each.when))
    if each.note:
        element.append(_AT.comment(safe(each.note)))
    return element
