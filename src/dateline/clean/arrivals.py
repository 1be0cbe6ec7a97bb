"""A story on its way in, with all that can be said of it without asking the archive.

It is what takes long about taking in, and needs nothing but the item: it may be done in other processes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from dateline.clean.stories import clean
from dateline.plain import digest_of, instant, to_plain
from dateline.story import Item, Reading, Refused, Repair, Stamp, Story
from dateline.text.similarity import sketch_of
from dateline.text.variants import page_of

# A clock may be wrong by hours and a zone unstated by half a day; beyond that, a date is not believed.
_AHEAD = timedelta(days=1)
_KEY = 300  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """``digest`` is that of the item as it came, ``raw`` the item, compressed; ``words`` the digest of what the story
    says, ``plain`` its plain form, ``sketch`` that of its text; ``guid`` and ``page`` are the names it is looked up by,
    empty where it has none. ``reading`` is what was read in it, where it was read on the way."""

    story: Story
    item_format: str
    digest: str
    raw: bytes
    words: str
    plain: dict[str, Any]
    sketch: tuple[int, ...]
    guid: str
    page: str
    reading: Reading | None = None


Arrived = Arrival | tuple[str, str]


def key_of(said: str) -> str:
    """Return an identifier or address as it is looked up: itself, or the digest of a very long one."""
    return said if len(said) <= _KEY else f"sha256:{sha256(said.encode()).hexdigest()}"


def raw_of(item: Item) -> bytes:
    """Return an item as it is kept: every character its source sent."""
    plain = to_plain(item)
    if not item.translations:
        del plain["translations"]  # as items were kept before they had any: they are known again by their bytes
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")


def digest_of_raw(raw: bytes) -> str:
    """Return the digest an item is known again by."""
    return sha256(raw).hexdigest()


def arrivals(items: Iterable[Item], *, now: datetime) -> list[Arrived]:
    """Return what each item is, cleaned, or the name and the detail of why it is refused."""
    found: list[Arrived] = []
    for item in items:
        try:
            found.append(arrival(clean(item), item_format=item.format, raw=raw_of(item), now=now))
        except Refused as refused:
            found.append((refused.reason, refused.detail))
    return found


def arrival(story: Story, *, item_format: str, raw: bytes, now: datetime) -> Arrival:
    story = _quarantined(story, now=now)
    plain = to_plain(story)
    return Arrival(
        story=story,
        item_format=item_format,
        digest=digest_of_raw(raw),
        raw=zlib.compress(raw, 6),
        words=digest_of(story, plain),
        plain=plain,
        sketch=sketch_of(story.text),
        guid=key_of(story.guid or ""),
        page=key_of(page_of(story.url)) if story.url else "",
    )


def _quarantined(story: Story, *, now: datetime) -> Story:
    """Return the story without the dates that lie in the future: each goes into a Repair instead."""
    for name in ("published", "updated"):
        stamp: Stamp | None = getattr(story, name)
        moment = instant(stamp)
        if stamp is None or moment is None or moment <= now + _AHEAD:
            continue
        told = Repair(kind="future-date", before=stamp.said, after="", rule=f"{name}: a date in the future is not kept")
        story = replace(story, repairs=(*story.repairs, told), **{name: None})  # type: ignore[arg-type]
    return story
