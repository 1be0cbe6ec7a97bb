"""NewsML 1.0 to 1.2: news items with their components."""

from __future__ import annotations

from typing import Any

from dateline.story import Batch, Figure, Item, Status, Unreadable
from dateline.wire import nitf
from dateline.wire.trees import child, children, local, serial, tree_of, words

ROOTS = frozenset({"newsml"})
_STATUS: dict[str, Status] = {"canceled": "canceled", "cancelled": "canceled", "withheld": "withheld"}


def parse(data: bytes) -> Batch:
    """Return the stories of a NewsML 1 document. Raises Unreadable when it is none."""
    root = tree_of(data)
    if local(root) != "NewsML":
        raise Unreadable(f"XML, but not NewsML: <{local(root)}>")
    items: list[Item] = []
    refused: list[tuple[str, str]] = []
    for number, each in enumerate(children(root, "NewsItem"), start=1):
        item = _item(each)
        if item.body or item.status == "canceled":
            items.append(item)
        else:
            refused.append((f"item {number}", "a news item without text"))
    return Batch(format="newsml1", items=tuple(items), refused=tuple(refused))


def _item(root: Any) -> Item:
    identity = child(root, "Identification", "NewsIdentifier")
    manage = child(root, "NewsManagement")
    status = (_formal(child(manage, "Status")) or "usable").lower()
    text = _first(root, "DataContent")
    body, figures = _body(text)
    first, revised = words(child(manage, "FirstCreated")), words(child(manage, "ThisRevisionCreated"))
    lines = {local(each): each for holder in reversed(_all(root, "NewsLines")) for each in holder}
    language = _first(root, "Language")
    return Item(
        format="newsml1",
        body=body,
        body_type="html",
        guid=words(child(identity, "PublicIdentifier")) or words(child(identity, "NewsItemId")),
        headline=words(lines.get("HeadLine")) or words(lines.get("SlugLine")),
        summary=words(lines.get("SubHeadLine")),
        published=first or revised,
        updated=revised if revised != first else None,
        dateline=words(lines.get("DateLine")),
        byline=words(lines.get("ByLine")),
        credit=words(lines.get("CreditLine")) or _party(root),
        language=_formal(language),
        tags=tuple(dict.fromkeys(filter(None, map(words, _all(root, "KeywordLine"))))),
        figures=(*figures, *_pictures(root)),
        status="withheld" if status == "embargoed" else _STATUS.get(status, "usable"),
        version=words(child(identity, "RevisionId")),
        note=words(child(manage, "Instruction")),
        urgency=_formal(child(manage, "Urgency")),
    )


def _formal(element: Any) -> str | None:
    return (element.get("FormalName") or "").strip() or None if element is not None else None


def _all(root: Any, name: str) -> list[Any]:
    return [each for each in root.iter() if local(each) == name]


def _first(root: Any, name: str) -> Any:
    return next(iter(_all(root, name)), None)


def _party(root: Any) -> str | None:
    party = next((each for holder in _all(root, "Provider") for each in children(holder, "Party")), None)
    return _formal(party)


def _body(content: Any) -> tuple[str, tuple[Figure, ...]]:
    """Return the markup of a content: NITF or XHTML by its own markup, bare text as it stands."""
    if content is None:
        return "", ()
    inner = next((each for each in content.iter() if local(each) == "nitf"), None)
    if inner is not None:
        (item,) = nitf.parse(serial(inner).encode()).items
        return item.body, item.figures
    held = next((each for each in content.iter() if local(each) in ("body.content", "body")), content)
    return ((held.text or "") + "".join(serial(each) + (each.tail or "") for each in held)).strip(), ()


def _pictures(root: Any) -> list[Figure]:
    found = []
    for each in _all(root, "ContentItem"):
        kind = _formal(child(each, "MediaType")) or ""
        if kind.lower() in ("photo", "picture", "graphic") and each.get("Href"):
            found.append(Figure(url=each.get("Href")))
    return found
