"""The door of feedparser: what RSS, RDF and Atom share.

feedparser finds the entries in whatever a publisher made of the formats. Its sanitiser is off and its
dates are unused: an Item keeps the source's characters. Pictures are read from the tree instead,
because feedparser flattens ``media:*`` and loses which caption belongs to which picture.
"""

from __future__ import annotations

import io
import re
from typing import Any
from urllib.parse import urljoin

from dateline.story import Batch, Figure, Item, Translation, Unreadable
from dateline.text.urls import is_address
from dateline.wire.trees import child, children, local, one_line, tree_of, words, xml_text

# The scheme (Atom) or domain (RSS) of a category that is the section a story stands in.
SECTION = "https://schema.org/articleSection"
MOST_ITEMS = 2_000
_CLOSED = re.compile(r"</(?:[\w-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ENDED = re.compile(r"</(?:[\w-]+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
# RSS 1.0's syndication module, in seconds.
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_MARKUP = re.compile(r"<[a-zA-Z/!][^>]*>|&#?\w+;")
_IMAGE = re.compile(r"\.(jpe?g|png|gif|webp|avif)(\?|$)", re.IGNORECASE)


def read_feed(data: bytes, *, form: str) -> Batch:
    """Return the entries of a feed; of one that breaks off, those that are whole.

    Raises Unreadable when nothing of it can be read.
    """
    text = xml_text(data)
    found = _parsed(text)
    entries = found.get("entries", [])
    if not entries and (fault := _fault(found)):
        raise Unreadable(f"a feed that does not parse: {fault}")
    refused: list[tuple[str, str]] = []
    pictures = _pictures(data)
    if len(pictures) != len(entries):
        pictures = [()] * len(entries)
    if not _ENDED.search(text[-2_000:]):
        whole = len(_CLOSED.findall(text))
        if whole == 0:
            raise Unreadable("a feed that breaks off before its first entry is complete")
        refused += [(f"item {whole + 1}", "the feed breaks off here")]
        entries = entries[:whole]
    if len(entries) > MOST_ITEMS:
        refused.append((f"item {MOST_ITEMS + 1}", f"only the first {MOST_ITEMS} of {len(entries)} items are read"))
        entries = entries[:MOST_ITEMS]
    feed = found.get("feed", {})
    items = tuple(_item(entry, feed, form, figures) for entry, figures in zip(entries, pictures, strict=False))
    told = [each for each in dict.get(feed, "links") or () if isinstance(each, dict)]
    links = {(each.get("rel") or "").lower(): each.get("href") for each in reversed(told)}
    return Batch(
        format=form,
        items=(*items, *_withdrawn(data, form)),
        title=_raw(feed, "title"),
        url=_raw(feed, "link"),
        language=_raw(feed, "language"),
        refused=tuple(refused),
        hub=links.get("hub"),
        topic=links.get("self"),
        refresh=_refresh(feed),
    )


def _refresh(feed: Any) -> int | None:
    """Return the seconds a feed asks to be left alone: RSS's ttl (minutes) or the syndication module's period."""
    ttl = _number(_raw(feed, "ttl"))
    period = _PERIODS.get((_raw(feed, "sy_updateperiod") or "").lower())
    if period is not None:
        return period // max(1, _number(_raw(feed, "sy_updatefrequency")) or 1)
    return ttl * 60 if ttl else None


def _parsed(text: str) -> Any:
    import feedparser

    document = b'<?xml version="1.0" encoding="utf-8"?>\n' + text.encode("utf-8")
    try:
        # A stream, never a string: feedparser would take a string for an address or a file's name.
        return feedparser.parse(io.BytesIO(document), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # feedparser lets OverflowError, UnicodeError, ValueError and others through
        raise Unreadable(f"a feed that does not parse: {one_line(str(error))}") from error


def _fault(found: Any) -> str | None:
    """Return why a feed is not well formed; None when it is, or only its HTTP headers were missed."""
    from feedparser.exceptions import ThingsNobodyCaresAboutButMe

    error = found.get("bozo_exception")
    return None if error is None or isinstance(error, ThingsNobodyCaresAboutButMe) else one_line(str(error))


def _raw(entry: Any, key: str) -> str | None:
    # dict.get, because feedparser's own falls back from `updated` to `published`.
    value = dict.get(entry, key)
    return value.strip() or None if isinstance(value, str) else None


def _item(entry: Any, feed: Any, form: str, figures: tuple[Figure, ...]) -> Item:
    body, body_language = _body(entry)
    summary = _raw(entry, "summary")
    if summary in {figure.caption for figure in figures}:
        summary = None  # feedparser takes a picture's media:description for the entry's
    published, updated = _raw(entry, "published"), _raw(entry, "updated")
    if form == "rss" and published is None:  # dc:date, which RSS 1.0 has instead of pubDate
        published, updated = updated, None
    site = _raw(feed, "link")
    pages = _pages(entry)
    address = _raw(entry, "feedburner_origlink") or (pages[0].get("href") if pages else _raw(entry, "link"))
    if address == _raw(entry, "id") and not is_address(address or ""):
        address = None  # feedparser takes a guid for a link where there is none
    source = dict.get(entry, "source")
    return Item(
        format=form,
        body=body or summary or "",
        body_type="html" if _MARKUP.search(body or summary or "") else "text",
        guid=_raw(entry, "id"),
        url=_joined(site, address),
        headline=_raw(entry, "title"),
        summary=summary if body and summary != body else None,
        published=published,
        updated=updated,
        byline=_authors(entry)
        or (_authors(feed) if form == "atom" and _authors(feed) != _raw(feed, "title") else None),
        credit=_raw(source, "title") if source else None,
        language=body_language or _raw(feed, "language"),
        section=next(iter(_tags(entry, section=True)), None),
        tags=_tags(entry),
        figures=figures,
        site_name=_raw(feed, "title"),
        site_url=site,
        translations=tuple(
            Translation(name=each["href"], standing="alternate", language=each["hreflang"]) for each in pages[1:]
        ),
    )


def _pages(entry: Any) -> list[Any]:
    """Return the pages of an entry whose links name languages, its own first; else nothing.

    feedparser takes the last of them for the entry's.
    """
    links = [each for each in dict.get(entry, "links") or () if each.get("rel") == "alternate" and each.get("href")]
    told = [each for each in links if each.get("hreflang")]
    own = next((each for each in links if not each.get("hreflang")), told[0] if told else None)
    return [own, *(each for each in told if each["href"] != own["href"])] if own and told else []


def _joined(site: str | None, address: str | None) -> str | None:
    """Return an address as it stands on its site; one that does not parse as it is."""
    try:
        return urljoin(site or "", address) if address else None
    except ValueError:
        return address


def _body(entry: Any) -> tuple[str | None, str | None]:
    """Return the longest of the entry's contents that is text, and the language it states."""
    contents = [
        each
        for each in dict.get(entry, "content") or ()
        if "text" in each.get("type", "text") or "html" in each["type"]
    ]
    if not contents:
        return None, None
    longest = max(contents, key=lambda each: len(each.get("value") or ""))
    return longest.get("value") or None, longest.get("language")


def _authors(entry: Any) -> str | None:
    names = [(each.get("name") or "").strip() for each in dict.get(entry, "authors") or () if each]
    told = [name for name in dict.fromkeys(names) if name]
    return ", ".join(told) or None


def _tags(entry: Any, *, section: bool = False) -> tuple[str, ...]:
    """Return an entry's categories: those that name a section, or all others."""
    tags = [tag for tag in dict.get(entry, "tags") or () if (tag.get("scheme") == SECTION) == section]
    told = ((tag.get("label") or tag.get("term") or "").strip() for tag in tags)
    return tuple(dict.fromkeys(name for name in told if name))


def _tree(data: bytes) -> Any:
    try:
        return tree_of(data, recover=True)
    except Unreadable:
        return None


def _withdrawn(data: bytes, form: str) -> list[Item]:
    """Return the tombstones of RFC 6721 as items without words: what they refer to is withdrawn."""
    root = _tree(data) if form == "atom" and b"deleted-entry" in data else None
    gone = [] if root is None else [each for each in root.iter() if local(each) == "deleted-entry" and each.get("ref")]
    return [
        Item(
            format=form,
            body="",
            body_type="text",
            guid=each.get("ref"),
            updated=each.get("when"),
            status="canceled",
            note=words(child(each, "comment")),
        )
        for each in gone
    ]


# --- pictures ----------------------------------------------------------------------------------------


def _pictures(data: bytes) -> list[tuple[Figure, ...]]:
    """Return the pictures of each entry, in the order of the entries."""
    root = _tree(data)
    if root is None:
        return []
    return [_figures(each) for each in root.iter() if local(each) in ("item", "entry")]


def _figures(entry: Any) -> tuple[Figure, ...]:
    found: dict[str, Figure] = {}
    for group in [entry, *children(entry, "group")]:
        images = [each for each in children(group, "content") if _is_image(each)]
        if group is not entry and images:  # a group holds one picture in several sizes
            images = [max(images, key=lambda each: _number(each.get("width")) or 0)]
        for each in images:
            found.setdefault(each.get("url"), _figure(each, group))
    if not found:
        for each in [*children(entry, "enclosure"), *children(entry, "link"), *children(entry, "thumbnail")]:
            url = each.get("url") or (each.get("href") if each.get("rel") == "enclosure" else None)
            if url and (local(each) == "thumbnail" or _is_image(each)):
                found.setdefault(url, _figure(each, entry))
    return tuple(found.values())


def _is_image(element: Any) -> bool:
    kind = element.get("medium") or element.get("type") or ""
    url = element.get("url") or element.get("href") or ""
    return bool(url) and (kind.startswith("image") or (not kind and bool(_IMAGE.search(url))))


def _figure(element: Any, group: Any) -> Figure:
    """Build a Figure; what an only picture does not say itself, the entry around it may."""
    alone = local(group) == "group" or len(children(group, "content")) + len(children(group, "thumbnail")) <= 1

    def said(name: str) -> str | None:
        inside = children(element, name)
        beside = [each for each in children(group, name) if "mrss" in str(each.tag)] if alone else []
        return words((inside or beside or [None])[0])

    return Figure(
        url=element.get("url") or element.get("href"),
        caption=said("description"),
        credit=said("credit"),
        alt=said("title"),
        width=_number(element.get("width")),
        height=_number(element.get("height")),
    )


def _number(said: str | None) -> int | None:
    return int(said) if said and re.fullmatch(r"\d{1,5}", said) else None
