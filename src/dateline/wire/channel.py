"""What a feed we write is made of."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.story import Story

# What stands where a format demands a date and the story has none; conversion names it as a loss.
UNDATED = "1970-01-01T00:00:00+00:00"
# What an entry of a feed says of a story.
KEPT = frozenset(
    """headline text language published updated byline credit section tags summary figures guid url
    site_name site_url""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed as a whole. ``updated`` is ISO 8601 with a zone: the last change of any entry."""

    title: str
    url: str
    feed_url: str
    language: str
    updated: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """A story as a feed shows it. ``id`` never changes; ``updated`` and ``published`` are ISO 8601 with a zone.

    ``published`` is when the story went out here; without it, the story's own date is written where it is
    precise enough.
    """

    story: Story
    id: str
    permalink: str
    updated: str
    code: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """An entry withdrawn: its id, when (ISO 8601 with a zone), and the public note."""

    ref: str
    when: str
    note: str = ""


def moment_of(entry: FeedEntry) -> str:
    """Return the entry's publication time as RFC 3339: UTC and midnight where the story's own lacks zone and time."""
    if entry.published:
        return entry.published
    stamp = entry.story.published
    if stamp is None or stamp.day is None:
        return entry.updated
    time = stamp.value[10:] or "T00:00"
    return f"{stamp.day}{time}{'' if time.count(':') == 2 else ':00'}{stamp.zone or '+00:00'}"
