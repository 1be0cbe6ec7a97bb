"""WordPress export (WXR 1.0 to 1.2): published posts become items, the rest is counted."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any, BinaryIO

from dateline.story import Batch, Figure, Item, Unreadable
from dateline.wire.trees import child, children, local, tree_of, words
from dateline.wire.wxr_writing import DATES, KEEPS, NEEDS_ID, NEEDS_SITE, dump, keeps

__all__ = ["DATES", "KEEPS", "NEEDS_ID", "NEEDS_SITE", "dump", "keeps", "parse", "stream"]

_EMPTY = "0000-00-00"
_STEP = 1 << 20
_HEAD = 1 << 20
_LARGEST = 32 << 20  # bytes of one post
_TAIL = 256  # bytes, more than the start of an item or the end of the file has
_OPEN = re.compile(rb"<item[\s>]")
_MARK = re.compile(rb"</item\s*>|<!\[CDATA\[")
_ROOT = re.compile(rb"<rss\b[^>]*>")
# A plugin put CDATA into CDATA: the end that no closing tag follows is none.
_CLOSES_TOO_SOON = re.compile(rb"\]\]>(?!\s*</)")
_DECLARED = re.compile(rb"\s*<\?xml[^>]*\?>")
_WIDEST, _ZONE_STEP = timedelta(hours=14), timedelta(minutes=15)
_ENDED = re.compile(r"</rss\s*>\s*$")


def parse(data: bytes) -> Batch:
    """Return the published posts of an export; of one that breaks off, those that are whole."""
    parts = list(stream(io.BytesIO(data)))
    whole = parts[-1]
    refused = [(each.place, why) for each in parts for _, why in each.refused if each.place]
    return replace(
        whole, items=tuple(item for each in parts for item in each.items), refused=(*refused, *whole.refused)
    )


def stream(file: BinaryIO) -> Iterator[Batch]:
    """Yield a batch for each published post, and one at the end that counts the rest, at constant memory.

    A file that can be read twice is: pictures are exported after the posts they belong to. Only attachments
    are kept from the first pass. Raises Unreadable when there is no channel.
    """
    cut = _Cut(file)
    pictures: dict[str | None, Figure] = {}
    if file.seekable():
        first = _Cut(file)
        for item in first.items():
            if b"attachment_url" in item and (root := _tree(first.head, item)) is not None:
                pictures[_said(root, "post_id")] = _attachment(root)
        file.seek(0)
    other: Counter[str] = Counter()
    number = 0
    channel: Any = None
    authors: dict[str | None, str | None] = {}
    for number, item in enumerate(cut.items(), start=1):
        if channel is None:
            channel = _channel(cut.head)
            authors = {
                _said(each, "author_login"): _said(each, "author_display_name") for each in children(channel, "author")
            }
        root = _tree(cut.head, item)
        if root is None:
            root = _tree(cut.head, _CLOSES_TOO_SOON.sub(b"]]]]><![CDATA[>", item), recover=True)
            other["mended: did not parse as it stood"] += root is not None
        if root is None:
            yield Batch(format="wxr", items=(), refused=(("", "a post that does not parse"),), place=f"item {number}")
        elif reason := _no_story(root):
            other[reason] += 1
        else:
            told = _item(root, channel, authors, pictures)
            yield Batch(format="wxr", items=(told,), place=f"post {told.code or number}")
    channel = _channel(cut.head) if channel is None else channel
    if number == 0:
        other["the export has no posts"] = 0
    passed = [(f"{count} item{'s' * (count > 1)}", reason) for reason, count in sorted(other.items())]
    yield Batch(
        format="wxr",
        items=(),
        title=_said(channel, "title"),
        url=_said(channel, "link"),
        language=_said(channel, "language"),
        refused=((f"after item {number}", "the export breaks off here"),) if cut.breaks_off else (),
        passed=tuple(passed),
    )


class _Cut:
    """The items of an export as bytes, cut out of the file one by one; ``head`` is all that stands before the first."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._held = b""
        self.head = b""
        self.breaks_off = False
        self._begun = False

    def items(self) -> Iterator[bytes]:
        """Yield each whole item. What stands between two is passed over."""
        at = 0
        while True:
            found = _OPEN.search(self._held, at)
            if found is None:
                rest = self._held[-_TAIL:]
                if not self._begun and len(self.head) < _HEAD:
                    self.head += self._held[: -_TAIL or None]
                if not self._more(keep=len(self._held) - len(rest)):
                    self.head += b"" if self._begun else rest
                    self.breaks_off = not _ENDED.search(rest.decode("utf-8", "replace"))
                    return
                at = 0
                continue
            if not self._begun:
                self.head += self._held[: found.start()]
                self._begun = True
            end = self._end(found.end())
            while end is None:
                start = found.start()
                if len(self._held) - start > _LARGEST or not self._more(keep=start):
                    self.breaks_off = True
                    return
                found = _OPEN.match(self._held) or found
                end = self._end(found.end())
            yield self._held[found.start() : end]
            at = end

    def _end(self, at: int) -> int | None:
        """Return where the item ends whose content begins at ``at``; a tag inside CDATA ends nothing."""
        while True:
            found = _MARK.search(self._held, at)
            if found is None:
                return None
            if found[0] != b"<![CDATA[":
                return found.end()
            closed = self._held.find(b"]]>", found.end())
            if closed < 0:
                return None
            at = closed + 3

    def _more(self, *, keep: int) -> bool:
        """Read on, and forget what stands before ``keep``; False at the end of the file."""
        read = self._file.read(_STEP)
        if read:
            self._held = self._held[keep:] + read
        return bool(read)


def _channel(head: bytes) -> Any:
    """Return the channel of an export without its items. Raises Unreadable when there is none."""
    root = tree_of(head, recover=True)
    channel = root if local(root) == "channel" else child(root, "channel")
    if channel is None:
        raise Unreadable("a WordPress export without a channel")
    return channel


def _tree(head: bytes, item: bytes, *, recover: bool = False) -> Any:
    """Return the item element, None where it does not parse; the namespaces are those the file declares."""
    opened = _ROOT.search(head)
    declared = _DECLARED.match(head)
    document = (declared[0] if declared else b"") + (opened[0] if opened else b"<rss>") + item + b"</rss>"
    try:
        return child(tree_of(document, recover=recover), "item")
    except Unreadable:
        return None


def _said(element: Any, name: str) -> str | None:
    return words(child(element, name))


def _no_story(item: Any) -> str | None:
    """Name what an entry is if it is no published post."""
    kind, status = _said(item, "post_type") or "post", _said(item, "status") or "publish"
    if kind != "post":
        return kind
    if status not in ("publish", "future"):
        return status
    return "post behind a password" if _said(item, "post_password") else None


def _item(item: Any, channel: Any, authors: dict[str | None, str | None], pictures: dict[str | None, Figure]) -> Item:
    creator = _said(item, "creator")
    sections, tags = _terms(item, "category"), _terms(item, "post_tag")
    thumbnail = pictures.get(_meta(item, "_thumbnail_id"))
    return Item(
        format="wxr",
        body=_raw(item, "content/", "encoded") or "",
        body_type="html",
        guid=_said(item, "guid"),
        url=_said(item, "link"),
        headline=_said(item, "title"),
        summary=_raw(item, "excerpt/", "encoded"),
        published=_said(item, "pubDate") or _zoned(item, "post_date") or _said(item, "post_date"),
        updated=_zoned(item, "post_modified"),
        byline=authors.get(creator) or creator,
        language=_said(item, "language") or _said(channel, "language"),
        section=sections[0] if sections else None,
        tags=tuple(dict.fromkeys((*tags, *sections[1:]))),
        figures=(thumbnail,) if thumbnail else (),
        site_name=_said(channel, "title"),
        site_url=_said(channel, "link"),
        code=_said(item, "post_id"),
        # WordPress publishes a "future" post at its date: until then it is under embargo.
        embargo=_gmt(item, "post_date_gmt") if _said(item, "status") == "future" else None,
    )


def _raw(item: Any, namespace: str, name: str) -> str | None:
    """Return the text of a namespaced element as it stands, white space included."""
    found = next((each for each in children(item, name) if namespace in str(each.tag)), None)
    return (found.text or "").strip() or None if found is not None else None


def _gmt(item: Any, name: str) -> str | None:
    """Return a time whose zone only the field's name states."""
    said = _said(item, name)
    return f"{said}Z" if said and not said.startswith(_EMPTY) else None


def _zoned(item: Any, name: str) -> str | None:
    """Return a time that is stated twice, by the site's clock and in UTC: the difference is its zone."""
    in_utc = _gmt(item, f"{name}_gmt")
    try:
        utc, local = datetime.fromisoformat(in_utc or ""), datetime.fromisoformat(f"{_said(item, name)}Z")
    except ValueError:
        return in_utc
    offset = local - utc
    if abs(offset) > _WIDEST or offset % _ZONE_STEP:
        return in_utc
    return utc.astimezone(timezone(offset)).isoformat(sep=" ")


def _terms(item: Any, domain: str) -> list[str]:
    told = (words(each) for each in children(item, "category") if each.get("domain") == domain)
    return list(dict.fromkeys(name for name in told if name))


def _meta(item: Any, key: str) -> str | None:
    return next(
        (_said(each, "meta_value") for each in children(item, "postmeta") if _said(each, "meta_key") == key), None
    )


def _attachment(item: Any) -> Figure:
    return Figure(
        url=_said(item, "attachment_url"),
        caption=_raw(item, "excerpt/", "encoded"),
        alt=_meta(item, "_wp_attachment_image_alt"),
    )
