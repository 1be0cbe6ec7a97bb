"""WARC 1.0 and 1.1, plain and gzipped: the pages and feeds of a web archive; written in Media Cloud's layout."""

from __future__ import annotations

import html
import io
import json
import logging
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, BinaryIO, get_args
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.story import Batch, Figure, Item, Stamp, Status, Story, Unreadable
from dateline.text.urls import host, is_address
from dateline.wire.channel import Channel, FeedEntry
from dateline.wire.encoding import decode
from dateline.wire.rendering import body_html
from dateline.wire.trees import one_line, safe
from dateline.wire.warc_records import LARGEST, WarcFlaw, WarcRecord, decoded, differs, http_of, records_of

KEEPS = frozenset(each.name for each in fields(Story)) - {"repairs", "markup", "translations"}
_MEDIA_TYPE = "text/html; charset=utf-8"
_METADATA = "application/x.mediacloud-indexer+json"
_SAID = {each.name for each in fields(Item)} - {"figures", "translations"}
_OWN = "dateline"  # the key under which our own archives keep an item in a story's metadata
Parse = Callable[[bytes], Batch]
_MOST_KINDS = 200  # passed records of more kinds than this are counted as one
_PAGES = ("text/html", "application/xhtml+xml")
_UNSAID = ("", "application/octet-stream")
_DOCUMENT = re.compile(r"(?:text|application)/(?:[\w.+-]*\+)?(?:xml|json)")
_FEED = re.compile(r"rss|atom|rdf|feed|nitf|newsml|ninjs|newsmessage", re.IGNORECASE)
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_FEED_ROOT = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)

# What warcio says of a damaged record is said in the batch; its log would say it again on the terminal.
logging.getLogger("warcio").addHandler(logging.NullHandler())


def looks_like(data: bytes) -> bool:
    """Tell whether bytes begin a web archive, plain or gzipped."""
    if data.startswith(b"\x1f\x8b"):
        try:
            data = zlib.decompressobj(31).decompress(data, 5)
        except zlib.error:
            return False
    return data.startswith(b"WARC/")


def parse(data: bytes) -> Batch:
    """Return what the pages of an archive hold, without the feeds in it. Raises Unreadable when it has no record."""
    parts = list(stream(io.BytesIO(data)))

    def placed(part: Batch, told: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
        return [(f"{part.place}: {where}" if part.place else where, what) for where, what in told]

    return Batch(
        format="warc",
        items=tuple(item for part in parts for item in part.items),
        refused=tuple(each for part in parts for each in placed(part, part.refused)),
        passed=tuple(each for part in parts for each in placed(part, part.passed)),
    )


def stream(file: BinaryIO, parse: Parse | None = None) -> Iterator[Batch]:
    """Yield a batch for each record that is a page, a feed or an anomaly, and one that counts all others by kind.

    ``parse`` reads the XML and JSON documents in the archive (``formats.parse``); without it they are counted.
    Raises Unreadable when there is no record at all.
    """
    counts: Counter[str] = Counter()
    page: tuple[str, Batch] | None = None
    for found in records_of(file):
        if page:
            yield _told_better(*page, found)
            page = None
        if isinstance(found, WarcFlaw):
            yield Batch(format="warc", items=(), refused=((found.where, found.why),), place=found.place)
            continue
        try:
            part = _part(found, parse)
        except Unreadable as error:
            part = Batch(format="warc", items=(), refused=((found.where, str(error)),))
        if isinstance(part, str):
            counts[part if part in counts or len(counts) < _MOST_KINDS else "records of other kinds"] += 1
        else:
            page = found.said("WARC-Record-ID"), replace(part, place=found.place)
    if page:
        yield page[1]
    if counts:
        passed = tuple((f"{count:,} record{'s' * (count > 1)}", kind) for kind, count in sorted(counts.items()))
        yield Batch(format="warc", items=(), passed=passed)


def _told_better(name: str, page: Batch, following: WarcRecord | WarcFlaw) -> Batch:
    """Return a page's batch, its story as the metadata behind it tell it where the archive is of our own writing."""
    if isinstance(following, WarcFlaw) or following.said("Content-Type") != _METADATA:
        return page
    if len(page.items) != 1 or not name or following.said("WARC-Refers-To") != name:
        return page
    try:
        told = dict(json.loads(following.block)[_OWN])
        return replace(page, items=(_own_item(told),))
    except (ValueError, RecursionError, LookupError, TypeError):
        return page


def _own_item(told: dict[str, Any]) -> Item:
    """Return the item that metadata tell. Raises KeyError or TypeError where they tell none."""
    said = {each.name: told[each.name] for each in fields(Item) if isinstance(told.get(each.name), str)}
    tags = [each for each in told.get("tags") or () if isinstance(each, str)]
    status = said.pop("status", "usable")
    return Item(
        **{**said, "body": said["body"], "format": "warc", "body_type": "html"},
        tags=tuple(tags),
        status=status if status in get_args(Status) else "usable",
    )


def _part(record: WarcRecord, parse: Parse | None) -> Batch | str:
    """Return what is to say of a record by itself, or the kind it is counted under. Raises Unreadable."""
    kind = record.said("WARC-Type").lower()
    if kind == "revisit":
        date = record.said("WARC-Refers-To-Date") or "an earlier visit"
        return Batch(format="warc", items=(), passed=((record.where, f"unchanged since {date}"),))
    if kind not in ("response", "resource"):
        return kind or "of no stated type"
    if record.status not in (None, "200"):
        return f"HTTP {record.status}"
    if record.url.endswith("/robots.txt"):
        return "robots.txt"
    http, payload = http_of(record)
    said = str(http.get_header("Content-Type") or "") if http else record.said("Content-Type")
    media = one_line(said.partition(";")[0].lower())
    if media not in (*_PAGES, *_UNSAID) and not _DOCUMENT.fullmatch(media):
        return media
    content = decoded(payload, http)
    form = _form(media, content)
    if form is None:
        return media or "of no stated media type"
    if record.beyond:
        raise Unreadable(f"{len(record.block) + record.beyond:,} bytes: larger than {LARGEST // 2**20} MiB")
    if record.said("WARC-Segment-Number"):
        raise Unreadable("one segment of a record that was divided")
    if not content.strip():
        return f"{media}, empty"
    part = _page(record, content, said) if form == "page" else _document(record, content, media, parse)
    if isinstance(part, str):
        return part
    return replace(part, passed=(*part.passed, *((record.where, note) for note in _notes(record, payload, content))))


def _form(media: str, content: bytes) -> str | None:
    """Tell a page from a document of another format; what says nothing of itself is neither, unless it looks it."""
    head = content[:2_000]
    if _DOCUMENT.fullmatch(media) or _FEED_ROOT.match(head):
        return "document"
    return "page" if media in _PAGES or _HTML.match(head) else None


def _page(record: WarcRecord, content: bytes, media: str) -> Batch:
    """Return a page. When it was visited is not when it was published, so no date is taken from the record."""
    stated, body = _CHARSET.search(media), decode(content)
    text = body.text
    if stated and body.declared is None and body.why not in ("byte order mark", "zero bytes"):
        # What only the HTTP header states is declared in front of it, where decode looks.
        mark = f'<meta charset="{stated[1]}">'
        text = decode(mark.encode() + content).text.removeprefix(mark)
    return Batch(format="warc", items=(Item(format="warc", body=text, body_type="page", url=record.url or None),))


def _document(record: WarcRecord, content: bytes, media: str, parse: Parse | None) -> Batch | str:
    """Return the items of a feed or agency document; an archive is full of other XML and JSON, which is counted."""
    if parse is None:
        return media
    try:
        batch = parse(content)
    except Unreadable:
        if _FEED.search(media):
            raise
        return media
    items = tuple(
        replace(item, url=record.url or None) if item.body_type == "page" and not item.url else item
        for item in batch.items
        if item.body_type != "link"  # of what an archive lists, it holds the pages or does not: none is fetched
    )
    if not items and not batch.refused:
        return batch.format
    return replace(batch, items=items, url=batch.url or record.url or None, feeds=())


def _notes(record: WarcRecord, payload: bytes, content: bytes) -> Iterator[str]:
    """Yield what is odd about a record that is read all the same."""
    block, whole = record.said("WARC-Block-Digest"), record.said("WARC-Payload-Digest")
    # Writers differ in what they call the payload: before or after HTTP's encodings were undone.
    if differs(block, record.block) or differs(whole, payload, content):
        yield "digest does not match"
    if cut := record.said("WARC-Truncated"):
        yield f"cut short when it was archived: {cut}"


# --- writing -----------------------------------------------------------------------------------------


def dump(entries: Iterable[FeedEntry], *, channel: Channel, packed: bool = False) -> bytes:
    """Return a WARC 1.0 archive: for each story a page and, as Media Cloud does, its metadata in JSON.

    With ``packed`` every record is gzipped by itself, as a ``.warc.gz`` has to be.
    """
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed, warc_version="1.0")
    info = f"software: dateline\r\nformat: WARC File Format 1.0\r\ndescription: {one_line(channel.title)}\r\n"
    heads = _heads(f"{channel.feed_url} warcinfo", channel.updated)
    _write(writer, "", "warcinfo", info.encode("utf-8", "replace"), heads)
    for entry in entries:
        url = quote(entry.permalink, safe=":/?#[]@!$&'()*+,;=%~")
        url = url if ":" in url else f"urn:uuid:{uuid5(NAMESPACE_URL, entry.id)}"
        page = _page_of(entry).encode("utf-8", "replace")
        heads = _heads(f"{entry.id} page", entry.updated)
        if is_address(url):
            http = [("Content-Type", _MEDIA_TYPE), ("Content-Length", str(len(page)))]
            _write(writer, url, "response", page, heads, StatusAndHeaders("200 OK", http, protocol="HTTP/1.1"))
        else:  # what has no address of the web can be no response of its server
            _write(writer, url, "resource", page, {**heads, "Content-Type": _MEDIA_TYPE})
        told = json.dumps(_metadata(entry), ensure_ascii=False, indent=1).encode("utf-8", "replace")
        heads = {
            **_heads(f"{entry.id} metadata", entry.updated),
            "Content-Type": _METADATA,
            "WARC-Refers-To": heads["WARC-Record-ID"],
        }
        _write(writer, url, "metadata", told, heads)
    return out.getvalue()


def _heads(name: str, moment: str) -> dict[str, str]:
    """Return a record's id and date; given both, warcio asks no clock and no chance."""
    date = datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, name)}>", "WARC-Date": date}


def _write(
    writer: WARCWriter, url: str, kind: str, data: bytes, heads: dict[str, str], http: StatusAndHeaders | None = None
) -> None:
    writer.write_record(
        writer.create_warc_record(
            url, kind, payload=io.BytesIO(data), length=len(data), warc_headers_dict=heads, http_headers=http
        )
    )


def _metadata(entry: FeedEntry) -> dict[str, Any]:
    """Return what Media Cloud's archives say of a story, under its names, and the item it reads back as."""
    story, when = entry.story, _stated(entry)
    return {
        "rss_entry": {"link": entry.permalink, "title": story.headline, "pub_date": when},
        "http_metadata": {"response_code": 200, "final_url": entry.permalink, "encoding": "utf-8"},
        "content_metadata": {
            "url": entry.permalink,
            "canonical_domain": host(entry.permalink).removeprefix("www.") or None,
            "publication_date": when[:10] if when and len(when) >= 10 else None,
            "language": None if story.language == "und" else story.language,
            "article_title": story.headline,
            "text_content": story.text,
            "parsed_date": entry.updated,
        },
        _OWN: _plain_item(entry),
    }


def _plain_item(entry: FeedEntry) -> dict[str, Any]:
    story = entry.story
    said = {each.name: getattr(story, each.name, None) for each in fields(Item) if each.name in _SAID}
    said |= {
        "body": body_html(story),
        "url": entry.permalink,
        "code": entry.code,
        "language": None if story.language == "und" else story.language,
        "published": _stated(entry),
        "updated": _iso(story.updated),
        "embargo": _iso(story.embargo),
        "urgency": str(story.urgency) if story.urgency else None,
    }
    return {name: value for name, value in said.items() if value}


def _stated(entry: FeedEntry) -> str | None:
    return entry.published or _iso(entry.story.published)


def _iso(stamp: Stamp | None) -> str | None:
    """Return a date as precise as it was stated."""
    return f"{stamp.value}{stamp.zone or ''}" if stamp else None


def _page_of(entry: FeedEntry) -> str:
    """Return a story as a web page that states all it can about itself in JSON-LD."""
    story = entry.story
    linked = json.dumps(_linked(entry), ensure_ascii=False).replace("<", "\\u003c")
    language = "" if story.language == "und" else f' lang="{_attribute(story.language)}"'
    return (
        f"<!DOCTYPE html>\n<html{language}><head>"
        f'<meta charset="utf-8"><title>{_text(story.headline)}</title>'
        f'<link rel="canonical" href="{_attribute(entry.permalink)}">'
        f'<script type="application/ld+json">{safe(linked)}</script></head>\n'
        f"<body><article><h1>{_text(story.headline)}</h1>{body_html(story)}</article></body></html>\n"
    )


def _text(said: str) -> str:
    return html.escape(safe(said), quote=False)


def _attribute(said: str) -> str:
    return html.escape(safe(said))


def _linked(entry: FeedEntry) -> dict[str, Any]:
    story = entry.story
    authors = [{"@type": "Person", "name": story.byline}] if story.byline else []
    authors += [{"@type": "Organization", "name": story.credit}] if story.credit else []
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "description": story.summary,
        "url": entry.permalink,
        "identifier": {"@type": "PropertyValue", "propertyID": "code", "value": entry.code} if entry.code else None,
        "inLanguage": None if story.language == "und" else story.language,
        "datePublished": _stated(entry),
        "dateModified": _iso(story.updated),
        "dateline": story.dateline,
        "author": authors,
        "publisher": {"@type": "Organization", "name": story.site_name, "url": story.site_url}
        if story.site_name
        else None,
        "articleSection": story.section,
        "keywords": list(story.tags),
        "image": [_image(each) for each in story.figures if each.url],
    }
    return {key: value for key, value in said.items() if value}


def _image(figure: Figure) -> dict[str, Any]:
    said = {
        "@type": "ImageObject",
        "contentUrl": figure.url,
        "caption": figure.caption,
        "creditText": figure.credit,
        "width": figure.width,
        "height": figure.height,
    }
    return {key: value for key, value in said.items() if value}
