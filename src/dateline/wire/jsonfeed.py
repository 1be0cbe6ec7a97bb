"""JSON Feed 1.0 and 1.1 (jsonfeed.org); written as 1.1."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from dateline.story import Batch, Figure, Item, Unreadable
from dateline.wire.channel import Channel, FeedEntry, moment_of
from dateline.wire.ninjs import read_json
from dateline.wire.rendering import body_html

_MOST = 2_000  # items
DATES = "full"
NEEDS_ID = NEEDS_SITE = True
KEEPS = frozenset(
    """headline text language published updated byline credit section tags summary figures guid url code
    site_name site_url""".split()  # noqa: SIM905
)


def looks_like(plain: Any) -> bool:
    """Tell whether a JSON value is a JSON Feed."""
    return isinstance(plain, dict) and "jsonfeed.org" in str(plain.get("version"))


def parse(data: bytes) -> Batch:
    """Return the items of a JSON Feed. Raises Unreadable on anything else."""
    feed = read_json(data)
    if not looks_like(feed) or not isinstance(feed.get("items", []), list):
        raise Unreadable("JSON, but no JSON Feed")
    items: list[Item] = []
    refused: list[tuple[str, str]] = []
    for number, each in enumerate(feed.get("items", [])[:_MOST], start=1):
        item = _read(each, feed) if isinstance(each, dict) else None
        if item is None:
            refused.append((f"item {number}", "an item with neither identifier nor content"))
        else:
            items.append(item)
    if len(feed.get("items", [])) > _MOST:
        refused.append((f"item {_MOST + 1}", f"only the first {_MOST} items are read"))
    hubs = [each for each in _list(feed.get("hubs")) if str(each.get("type")).lower() == "websub"]
    return Batch(
        format="jsonfeed",
        items=tuple(items),
        title=_text(feed.get("title")),
        url=_text(feed.get("home_page_url")),
        language=_text(feed.get("language")),
        refused=tuple(refused),
        hub=_text(hubs[0].get("url")) if hubs else None,
        topic=_text(feed.get("feed_url")),
    )


def _read(plain: dict[str, Any], feed: dict[str, Any]) -> Item | None:
    own = plain.get("_dateline") if isinstance(plain.get("_dateline"), dict) else {}
    markup, text = _text(plain.get("content_html")), _text(plain.get("content_text"))
    summary = _text(plain.get("summary"))
    guid = _text(plain.get("id"))
    if guid is None and not (markup or text or summary):
        return None
    image = _text(plain.get("image")) or _text(plain.get("banner_image"))
    authors = _list(plain.get("authors")) or _list([plain.get("author")]) or _list(feed.get("authors"))
    names = [name for each in authors if (name := _text(each.get("name")))]
    section = _text(own.get("section")) if own else None
    tags = [name for name in map(_text, plain.get("tags") or ()) if name] if isinstance(plain.get("tags"), list) else []
    return Item(
        format="jsonfeed",
        body=markup or text or summary or "",
        body_type="html" if markup else "text",
        guid=guid,
        url=_text(plain.get("url")) or _text(plain.get("external_url")),
        headline=_text(plain.get("title")),
        summary=summary if markup or text else None,
        published=_text(plain.get("date_published")),
        updated=_text(plain.get("date_modified")),
        byline=", ".join(names) or None,
        credit=_text(own.get("credit")) if own else None,
        language=_text(plain.get("language")) or _text(feed.get("language")),
        section=section,
        tags=tuple(dict.fromkeys(tags)),
        figures=(Figure(url=image),) if image else (),
        site_name=_text(feed.get("title")),
        site_url=_text(feed.get("home_page_url")),
        code=_text(own.get("code")) if own else None,
    )


def _text(value: Any) -> str | None:
    """Return a string, or a number as one (ids are met as numbers); None for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def _list(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def dump(entries: Iterable[FeedEntry], *, channel: Channel) -> bytes:
    """Return a JSON Feed with full text; the story code stands in the ``_dateline`` extension."""
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


def _item(entry: FeedEntry) -> dict[str, Any]:
    story = entry.story
    own = {"code": entry.code, "section": story.section, "credit": story.credit}
    image = next((figure.url for figure in story.figures if figure.url), None)
    return _told(
        {
            "id": entry.id,
            "url": entry.permalink,
            "title": story.headline,
            "content_html": body_html(story),
            "summary": story.summary,
            "image": image,
            "date_published": moment_of(entry),
            "date_modified": entry.updated,
            "authors": [{"name": story.byline}] if story.byline else None,
            "tags": list(story.tags),
            "language": None if story.language == "und" else story.language,
            "_dateline": {name: value for name, value in own.items() if value} or None,
        }
    )


def _told(plain: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not stated; ``items`` is required even when empty."""
    return {key: value for key, value in plain.items() if value not in (None, [], "") or key == "items"}
