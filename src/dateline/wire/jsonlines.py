"""JSON lines of stories, one object a line: ``{text, id?, title?, published?, source?, url?, language?}``."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, BinaryIO

from dateline.story import Batch, Item, Story, Unreadable
from dateline.wire.channel import Channel, FeedEntry

DATES = "any"
KEEPS = frozenset({"headline", "text", "language", "published", "guid", "url", "site_name"})
_PART = 500  # lines that are held at once
_LARGEST = 8 << 20  # bytes of one line
_TEXT = re.compile(rb'[{,]\s*"text"\s*:\s*"')
_ELSE = re.compile(rb'"(?:body_(?:text|html|xhtml)|bodies|versioncreated|pubstatus|content_(?:text|html)|jsonfeed)')
_SHOWN = 40  # characters of what is wrong


def looks_like(data: bytes) -> bool:
    """Tell whether bytes begin with a line that is one JSON object with a text in it, and no more of a format."""
    line = data.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    return line.startswith(b"{") and _TEXT.search(line) is not None and not _ELSE.search(line)


def parse(data: bytes) -> Batch:
    """Return the stories of some lines; a line that tells none is refused by its number."""
    parts = list(stream(io.BytesIO(data)))
    return Batch(
        format="jsonlines",
        items=tuple(item for part in parts for item in part.items),
        refused=tuple(each for part in parts for each in part.refused),
    )


def stream(file: BinaryIO) -> Iterator[Batch]:
    """Yield a batch for each few hundred lines, read one at a time."""
    numbered = enumerate(iter(lambda: file.readline(_LARGEST + 1), b""), start=1)
    while lines := list(islice(numbered, _PART)):
        yield replace(_batch(lines), place=f"lines {lines[0][0]:,} to {lines[-1][0]:,}")


def _batch(lines: Iterable[tuple[int, bytes]]) -> Batch:
    items: list[Item] = []
    refused: list[tuple[str, str]] = []
    for number, given in lines:
        line = given.strip(b"\xef\xbb\xbf \t\r\n")
        if not line:
            continue
        try:
            items.append(_item(line))
        except Unreadable as error:
            refused.append((f"line {number:,}", str(error)))
    return Batch(format="jsonlines", items=tuple(items), refused=tuple(refused))


def _item(line: bytes) -> Item:
    if len(line) > _LARGEST:
        raise Unreadable(f"longer than {_LARGEST // 2**20} MiB")
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON: {error}"[:200]) from error
    if not isinstance(given, dict):
        raise Unreadable("not a JSON object")
    if not isinstance(given.get("text"), str):
        raise Unreadable("no text")
    named = given.get("id")
    return Item(
        format="jsonlines",
        body=given["text"],
        body_type="text",
        guid=str(named) if isinstance(named, str | int) and not isinstance(named, bool) else None,
        headline=_said(given, "title"),
        published=_said(given, "published"),
        language=_said(given, "language"),
        url=_said(given, "url"),
        site_name=_said(given, "source"),
    )


def _said(given: dict[str, Any], name: str) -> str | None:
    value = given.get(name)
    if value is None or isinstance(value, str):
        return value or None
    raise Unreadable(f"{name}: no string: {str(value)[:_SHOWN]}")


def dump(entries: Iterable[FeedEntry], *, channel: Channel) -> bytes:
    """Write one line for each story."""
    return "".join(line_of(entry.story) for entry in entries).encode("utf-8", "replace")


def line_of(story: Story) -> str:
    """Return a story as one line."""
    date = story.published
    told = {
        "id": story.guid,
        "title": story.headline,
        "published": f"{date.value}{date.zone or ''}" if date else None,
        "language": story.language if story.language != "und" else None,
        "source": story.site_name,
        "url": story.url,
        "text": story.text,
    }
    return json.dumps({name: value for name, value in told.items() if value is not None}, ensure_ascii=False) + "\n"
