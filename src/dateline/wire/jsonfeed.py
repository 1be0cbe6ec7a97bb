"""JSON Feed 1.0 and 1.1 (jsonfeed.org); written as 1.1.

What the format has no word for stands in the extension ``_dateline``: the story code first of all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from dateline.story import Batch, Figure, Item, Status, Unreadable
from dateline.wire.channel import Channel, FeedEntry, moment_of
from dateline.wire.ninjs import read_json
from dateline.wire.rendering import body_html

DATES = "full"
NEEDS_ID = NEEDS_SITE = True
KEEPS = frozenset(
    """headline text language published updated byline credit section tags summary figures guid url code
    site_name site_url dateline version status corrects embargo urgency signal""".split()  # noqa: SIM905
)
_MOST = 2_000  # items
_STATUS: dict[str | None, Status] = {"withheld": "withheld", "canceled": "canceled"}
# Story fields that are told in the extension. The source's note is not: it may be meant for editors only.
_OWN = ("section", "credit", "dateline", "version", "corrects", "urgency", "signal")
Plain = dict[str, Any]


def looks_like(plain: Any) -> bool:
    """Tell whether a JSON value is a JSON Feed: by its version's address, or a bare version and items with content."""
    if not isinstance(plain, dict):
        return False
    version = _text(plain.get("version")) or ""
    bare = version in ("1", "1.0", "1.1")
    return "jsonfeed.org" in version or (
        bare and any("content_html" in each or "content_text" in each for each in _dicts(plain.get("items")))
    )


def parse(data: bytes) -> Batch:
    """Return the items of a JSON Feed. Raises Unreadable on anything else."""
    feed = read_json(data)
    found = feed.get("items") or [] if looks_like(feed) else None
    if not isinstance(found, list):
        raise Unreadable("JSON, but no JSON Feed")
    items: list[Item] = []
    refused: list[tuple[str, str]] = []
    for number, each in enumerate(found[:_MOST], start=1):
        item = _read(each, feed) if isinstance(each, dict) else None
        if item is None:
            refused.append((f"item {number}", "an item with neither identifier nor content"))
        else:
            items.append(item)
    if len(found) > _MOST:
        refused.append((f"item {_MOST + 1}", f"only the first {_MOST} of {len(found)} items are read"))
    hubs = [_text(each.get("url")) for each in _dicts(feed.get("hubs")) if str(each.get("type")).lower() == "websub"]
    return Batch(
        format="jsonfeed",
        items=tuple(items),
        title=_text(feed.get("title")),
        url=_text(feed.get("home_page_url")),
        language=_text(feed.get("language")),
        refused=tuple(refused),
        hub=next(filter(None, hubs), None),
        topic=_text(feed.get("feed_url")),
    )


def _read(plain: Plain, feed: Plain) -> Item | None:
    """Return an item; None where nothing tells it from others, nor says anything."""
    own = next(iter(_dicts([plain.get("_dateline")])), {})
    markup, text, summary = (_text(plain.get(name)) for name in ("content_html", "content_text", "summary"))
    guid = _text(plain.get("id"))
    if guid is None and not (markup or text or summary):
        return None
    site = _text(feed.get("home_page_url"))
    tags = plain.get("tags")
    return Item(
        format="jsonfeed",
        body=markup or text or summary or "",
        body_type="html" if markup else "text",
        guid=guid,
        url=_address(plain.get("url"), site) or _address(plain.get("external_url"), site),
        headline=_text(plain.get("title")),
        summary=summary if markup or text else None,
        published=_text(plain.get("date_published")),
        updated=_text(plain.get("date_modified")),
        dateline=_text(own.get("dateline")),
        byline=_authors(plain) or _authors(feed),
        credit=_text(own.get("credit")),
        language=_text(plain.get("language")) or _text(feed.get("language")),
        section=_text(own.get("section")),
        tags=tuple(dict.fromkeys(filter(None, map(_text, tags)))) if isinstance(tags, list) else (),
        figures=tuple(_figures(plain, site)),
        site_name=_text(feed.get("title")),
        site_url=site,
        code=_text(own.get("code")),
        status=_STATUS.get(_text(own.get("status")), "usable"),
        version=_text(own.get("version")),
        corrects=_text(own.get("corrects")),
        embargo=_text(own.get("embargo")),
        urgency=_text(own.get("urgency")),
        signal=_text(own.get("signal")),
    )


def _authors(plain: Plain) -> str | None:
    """Return the names of 1.1's ``authors``, else of 1.0's ``author``."""
    authors = _dicts(plain.get("authors")) or _dicts([plain.get("author")])
    return ", ".join(dict.fromkeys(name for each in authors if (name := _text(each.get("name"))))) or None


def _figures(plain: Plain, site: str | None) -> Iterable[Figure]:
    """Yield the main picture and the attached ones; captions and sizes only the content has."""
    main = _address(plain.get("image"), site) or _address(plain.get("banner_image"), site)
    if main:
        yield Figure(url=main)
    for each in _dicts(plain.get("attachments")):
        url = _address(each.get("url"), site)
        if url and url != main and str(each.get("mime_type")).lower().startswith("image/"):
            yield Figure(url=url, caption=_text(each.get("title")))


def _address(value: Any, site: str | None) -> str | None:
    said = _text(value)
    try:
        return urljoin(site or "", said) if said else None
    except ValueError:  # brackets that hold no IPv6 address
        return said


def _text(value: Any) -> str | None:
    """Return a string, or a number as one (ids are met as numbers); None for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def _dicts(value: Any) -> list[Plain]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


# --- writing -----------------------------------------------------------------------------------------


def dump(entries: Iterable[FeedEntry], *, channel: Channel) -> bytes:
    """Return a JSON Feed with full text."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.url,
        "feed_url": channel.feed_url,
        "description": channel.description or None,
        "language": channel.language,
        "items": [_item(entry) for entry in entries],
    }
    return json.dumps(_told(feed), ensure_ascii=False, indent=1).encode("utf-8", errors="replace")


def _item(entry: FeedEntry) -> Plain:
    story = entry.story
    own = {
        "code": entry.code,
        **{name: getattr(story, name) for name in _OWN},
        "status": None if story.status == "usable" else story.status,
        "embargo": f"{story.embargo.value}{story.embargo.zone or ''}" if story.embargo else None,
    }
    return _told(
        {
            "id": entry.id,
            "url": entry.permalink,
            "title": story.headline,
            "content_html": body_html(story),
            "summary": story.summary,
            "image": next((figure.url for figure in story.figures if figure.url), None),
            "date_published": moment_of(entry),
            "date_modified": entry.updated,
            "authors": [{"name": story.byline}] if story.byline else None,
            "tags": list(story.tags),
            "language": None if story.language == "und" else story.language,
            "_dateline": _told(own) or None,
        }
    )


def _told(plain: Plain) -> Plain:
    """Leave out what is not stated; ``items`` is required even when empty."""
    return {key: value for key, value in plain.items() if value not in (None, [], "") or key == "items"}
