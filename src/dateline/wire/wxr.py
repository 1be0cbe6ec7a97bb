"""WordPress export (WXR 1.0 to 1.2): published posts become items, the rest is counted."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from dateline.story import Batch, Figure, Item, Unreadable
from dateline.wire.trees import child, children, local, tree_of, words, xml_text

_EMPTY = "0000-00-00"
_CLOSED = re.compile(r"</item\s*>")
_ENDED = re.compile(r"</rss\s*>\s*$")


def parse(data: bytes) -> Batch:
    """Return the published posts of an export; of one that breaks off, those that are whole."""
    try:
        root, fault = tree_of(data), None
    except Unreadable as error:
        root, fault = tree_of(data, recover=True), str(error)
    channel = root if local(root) == "channel" else child(root, "channel")
    if channel is None:
        raise Unreadable("a WordPress export without a channel")
    found = children(channel, "item")
    refused: list[tuple[str, str]] = []
    if fault:
        text = xml_text(data)
        if not _ENDED.search(text):
            found = found[: len(_CLOSED.findall(text))]
            fault = "the export breaks off here"
        refused.append((f"after item {len(found)}", fault))
    authors = {_said(each, "author_login"): _said(each, "author_display_name") for each in children(channel, "author")}
    pictures = {_said(each, "post_id"): _attachment(each) for each in found if _said(each, "post_type") == "attachment"}
    other: Counter[str] = Counter()
    items: list[Item] = []
    for each in found:
        if reason := _no_story(each):
            other[reason] += 1
        else:
            items.append(_item(each, channel, authors, pictures))
    passed = [(f"{count} item{'s' * (count > 1)}", reason) for reason, count in sorted(other.items())]
    return Batch(
        format="wxr",
        items=tuple(items),
        title=_said(channel, "title"),
        url=_said(channel, "link"),
        language=_said(channel, "language"),
        refused=tuple(refused),
        passed=tuple(passed),
    )


def _said(element: Any, name: str) -> str | None:
    return words(child(element, name))


def _no_story(item: Any) -> str | None:
    """Name what an entry is if it is no published post."""
    kind, status = _said(item, "post_type") or "post", _said(item, "status") or "publish"
    if kind != "post":
        return kind
    if status != "publish":
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
        published=_said(item, "pubDate") or _gmt(item, "post_date_gmt") or _said(item, "post_date"),
        updated=_gmt(item, "post_modified_gmt"),
        byline=authors.get(creator) or creator,
        language=_said(channel, "language"),
        section=sections[0] if sections else None,
        tags=tuple(dict.fromkeys((*tags, *sections[1:]))),
        figures=(thumbnail,) if thumbnail else (),
        site_name=_said(channel, "title"),
        site_url=_said(channel, "link"),
        code=_said(item, "post_id"),
    )


def _raw(item: Any, namespace: str, name: str) -> str | None:
    """Return the text of a namespaced element as it stands, white space included."""
    found = next((each for each in children(item, name) if namespace in str(each.tag)), None)
    return (found.text or "").strip() or None if found is not None else None


def _gmt(item: Any, name: str) -> str | None:
    """Return a time whose zone only the field's name states."""
    said = _said(item, name)
    return f"{said}Z" if said and not said.startswith(_EMPTY) else None


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
