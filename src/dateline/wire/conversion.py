"""Stories → any format we write, with what gets lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from dateline.story import Stamp, Story
from dateline.text.urls import host
from dateline.wire import atom, jsonfeed, ninjs, rss
from dateline.wire.channel import Channel, FeedEntry, moment_of

WRITTEN = ("atom", "jsonfeed", "ninjs", "rss")
# Fields of Story each format has no place for.
_NO_PLACE = {
    "atom": ("dateline", "section", "note", "version", "corrects", "site_name"),
    "jsonfeed": ("dateline", "section", "note", "version", "corrects", "site_name"),
    "ninjs": ("section", "corrects", "site_name", "site_url"),
    "rss": ("dateline", "section", "note", "version", "corrects", "site_name"),
}
_UNDATED = "1970-01-01T00:00:00+00:00"


def convert(stories: Sequence[Story], to: str) -> tuple[bytes, list[str]]:
    """Return the document and one line for each loss. Raises ValueError for a format not in WRITTEN."""
    if to not in WRITTEN:
        raise ValueError(f"not written here: {to}")
    entries = [_entry(story) for story in stories]
    told = [f"{story.headline[:60]}: {loss}" for story in stories for loss in losses(story, to)]
    if to == "ninjs":
        return ninjs.dump(entries), told
    channel = _channel(stories, entries)
    dump = {"atom": atom.dump, "jsonfeed": jsonfeed.dump, "rss": rss.dump}[to]
    return dump(entries, channel=channel), told


def losses(story: Story, to: str) -> list[str]:
    """Return what of a story the format cannot say."""
    lost = [name.replace("_", " ") for name in _NO_PLACE[to] if getattr(story, name)]
    for name, stamp in (("publication date", story.published), ("update", story.updated)):
        if stamp and len(stamp.value) < 16:
            lost.append(f"that the {name} is known to the {stamp.precision} only")
        elif stamp and stamp.zone is None:
            lost.append(f"that the {name} states no zone (written as UTC)")
    if story.published is None:
        lost.append("that it has no date")
    if to != "ninjs" and story.status != "usable":
        lost.append(f"its status: {story.status}")
    if any(figure.missing for figure in story.figures):
        lost.append("a figure whose image is missing")
    if story.repairs:
        lost.append(f"the record of {len(story.repairs)} repairs")
    return lost


def _entry(story: Story) -> FeedEntry:
    named = story.guid or story.url
    said = f"{story.headline}\n{story.text}".encode("utf-8", "replace")
    return FeedEntry(
        story=story,
        id=named or f"urn:sha256:{sha256(said).hexdigest()}",
        permalink=story.url or named or "",
        updated=_moment(story.updated) or _moment(story.published) or _UNDATED,
        code=story.code,
    )


def _moment(stamp: Stamp | None) -> str | None:
    if stamp is None or stamp.day is None:
        return None
    bare = Story(headline="", text="", published=stamp)
    return moment_of(FeedEntry(story=bare, id="", permalink="", updated=_UNDATED))


def _channel(stories: Iterable[Story], entries: Sequence[FeedEntry]) -> Channel:
    first = next(iter(stories), None)
    url = (first.site_url or first.url or "") if first else ""
    return Channel(
        title=(first.site_name or first.credit or host(url) or "Stories") if first else "Stories",
        url=url,
        feed_url=url,
        language=first.language if first else "und",
        updated=max((entry.updated for entry in entries), default=_UNDATED),
    )
