"""Stories → any format we write, with what gets lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256

from dateline.story import Stamp, Story
from dateline.text.urls import host
from dateline.wire.channel import UNDATED, Channel, FeedEntry, moment_of
from dateline.wire.formats import FORMATS

# Formats that hold stories and are written. Those with ``ONE`` hold one story in a document.
WRITTEN = tuple(sorted(name for name, module in FORMATS.items() if hasattr(module, "KEEPS")))
_PLAIN = {
    "published": "its date of publication",
    "updated": "its date of update",
    "guid": "its source's identifier",
    "site_name": "name of its site",
    "site_url": "address of its site",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What of a story a format cannot say: the field, and the loss in words."""

    field: str
    said: str


def convert(stories: Sequence[Story], to: str) -> tuple[bytes, list[str]]:
    """Return the document and one line for each loss.

    Raises ValueError for a format not in WRITTEN, and for several stories where it holds one.
    """
    if to not in WRITTEN:
        raise ValueError(f"not written here: {to}")
    if holds_one(to) and len(stories) != 1:
        raise ValueError(f"{to} holds one story in a document, not {len(stories)}")
    told = [f"{story.headline[:60]}: {loss.said}" for story in stories for loss in losses(story, to)]
    entries = [entry_of(story) for story in stories]
    data: bytes = FORMATS[to].dump(entries, channel=_channel(stories, entries))
    return data, told


def holds_one(to: str) -> bool:
    """Tell whether a document of this format holds one story and no more."""
    return bool(getattr(FORMATS[to], "ONE", False))


def losses(story: Story, to: str) -> list[Loss]:
    """Return what of a story the format cannot say: all that does not come back when it is read again."""
    module = FORMATS[to]
    keeps: frozenset[str] = module.keeps(story) if hasattr(module, "keeps") else module.KEEPS
    lost = [
        Loss(field=each.name, said=_PLAIN.get(each.name) or each.name.replace("_", " "))
        for each in fields(story)
        if each.name not in keeps | {"repairs"} and getattr(story, each.name) != each.default
    ]
    # "full": the format wants a second and a zone, "any": a date goes as it is known.
    if getattr(module, "DATES", "any") == "full":
        lost += list(_of_dates(story, keeps))
    if getattr(module, "NEEDS_ID", False) and story.guid is None:
        lost.append(Loss(field="guid", said="that it has no identifier of its own (one is made up)"))
    if getattr(module, "NEEDS_SITE", False):
        lost += [
            Loss(field=name, said=f"that it states no {_PLAIN[name]} (one is made up)")
            for name in ("site_name", "site_url")
            if getattr(story, name) is None
        ]
    keeps_captions = getattr(module, "KEEPS_CAPTIONS", False)
    if "figures" in keeps and not keeps_captions and any(figure.missing for figure in story.figures):
        lost.append(Loss(field="figures", said="a figure whose image is missing"))
    if story.repairs:
        lost.append(Loss(field="repairs", said=f"the record of {len(story.repairs)} repairs"))
    return lost


def _of_dates(story: Story, keeps: frozenset[str]) -> Iterable[Loss]:
    for name, said, stamp in (("published", "publication date", story.published), ("updated", "update", story.updated)):
        if stamp is None or name not in keeps:
            continue
        if len(stamp.value) < 16:
            yield Loss(field=name, said=f"that the {said} is known to the {stamp.precision} only")
        elif stamp.zone is None:
            yield Loss(field=name, said=f"that the {said} states no zone (written as UTC)")
        elif stamp.precision == "minute":
            yield Loss(field=name, said=f"that the {said} is known to the minute only")
    if story.published is None:
        yield Loss(field="published", said="that it has no date")
        yield Loss(field="updated", said="that it has no date")


def entry_of(story: Story) -> FeedEntry:
    """Return a story as feeds and wires carry it: under its own identifier, its address, or one made from its words."""
    named = story.guid or story.url
    said = f"{story.headline}\n{story.text}".encode("utf-8", "replace")
    return FeedEntry(
        story=story,
        id=named or f"urn:sha256:{sha256(said).hexdigest()}",
        permalink=story.url or named or "",
        updated=_moment(story.updated) or _moment(story.published) or UNDATED,
        code=story.code,
    )


def _moment(stamp: Stamp | None) -> str | None:
    if stamp is None or stamp.day is None:
        return None
    bare = Story(headline="", text="", published=stamp)
    return moment_of(FeedEntry(story=bare, id="", permalink="", updated=UNDATED))


def _channel(stories: Iterable[Story], entries: Sequence[FeedEntry]) -> Channel:
    first = next(iter(stories), None)
    url = (first.site_url or first.url or "") if first else ""
    return Channel(
        title=(first.site_name or first.credit or host(url) or "Stories") if first else "Stories",
        url=url,
        feed_url=url,
        language=first.language if first else "und",
        updated=max((entry.updated for entry in entries), default=UNDATED),
    )
