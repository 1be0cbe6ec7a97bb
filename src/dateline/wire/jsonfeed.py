"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from dateline.wire.channel import Channel, FeedEntry, moment_of
from dateline.wire.rendering import body_html


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
    authors = [{"name": name} for name in (story.byline, story.credit) if name]
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
            "authors": authors,
            "tags": list(dict.fromkeys((*filter(None, [story.section]), *story.tags))),
            "language": None if story.language == "und" else story.language,
            "_dateline": {"code": entry.code} if entry.code else None,
        }
    )


def _told(plain: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not stated; ``items`` is required even when empty."""
    return {key: value for key, value in plain.items() if value not in (None, [], "") or key == "items"}
