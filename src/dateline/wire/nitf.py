"""NITF 2.5 to 3.6: news agencies' XML for one story."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from dateline.story import Batch, Figure, Item, Status, Unreadable
from dateline.wire.trees import child, children, local, serial, tree_of, words

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STATUS: dict[str, Status] = {"usable": "usable", "embargoed": "withheld", "withheld": "withheld"}
# Elements that each become one paragraph: what stands before a picture is counted in them.
_BLOCKS = frozenset({"p", "hl2", "li", "dt", "dd", "pre", "tr", "credit"})


def parse(data: bytes) -> Batch:
    """Return the one story of a NITF document. Raises Unreadable when it is none."""
    root = tree_of(data)
    if local(root) != "nitf":
        raise Unreadable(f"XML, but not NITF: <{local(root)}>")
    docdata, top = child(root, "head", "docdata"), child(root, "body", "body.head")
    issued, released = _norm(docdata, "date.issue"), _norm(docdata, "date.release")
    version = _of(child(docdata, "du-key"), "version")
    guid = _of(child(docdata, "doc-id"), "id-string") or root.get("uno") or _of(child(docdata, "du-key"), "key")
    corrected = _of(child(docdata, "correction"), "id-string")
    body, figures = _body(child(root, "body", "body.content"))
    item = Item(
        format="nitf",
        body=body,
        body_type="html",
        guid=guid,
        headline=words(child(top, "hedline", "hl1"))
        or words(child(top, "headline", "hl1"))
        or words(child(root, "head", "title")),
        summary=words(child(top, "abstract")) or words(child(top, "hedline", "hl2")),
        published=issued or released or _of(child(root, "head", "pubdata"), "date.publication"),
        # An agency sends a later version with the first issue date and a release date of its own.
        updated=released if issued and released != issued and version not in (None, "0", "1") else None,
        dateline=words(child(top, "dateline", "location")) or words(child(top, "dateline")),
        byline=_byline(child(top, "byline")),
        credit=words(child(top, "distributor")) or _of(child(docdata, "doc.copyright"), "holder"),
        language=root.get(_LANG) or root.get("baselang"),
        section=_of(child(root, "head", "pubdata"), "position.section"),
        tags=_tags(docdata, child(root, "head", "tobject")),
        figures=figures,
        status=_status(docdata),
        version=version,
        note=_note(docdata, top),
        corrects=corrected if corrected != guid else None,
    )
    return Batch(format="nitf", items=(item,))


def _of(element: Any, name: str) -> str | None:
    return (element.get(name) or "").strip() or None if element is not None else None


def _norm(docdata: Any, name: str) -> str | None:
    """Return a date as it stands; a template's ``YYYYMMDD…`` is none."""
    said = _of(child(docdata, name), "norm")
    return said if said and said[:4].isdigit() else None


def _status(docdata: Any) -> Status:
    said = (_of(docdata, "management-status") or "usable").lower()
    return "canceled" if said.startswith("cancel") else _STATUS.get(said, "usable")


def _byline(element: Any) -> str | None:
    """Return the people's names; without markup the line as it stands, less the title behind the name."""
    if element is None:
        return None
    people = [name for name in map(words, element.iter("{*}person")) if name]
    if people:
        return ", ".join(people)
    bare = deepcopy(element)
    for title in [each for each in bare.iter() if local(each) == "byttl"]:
        title.text, title[:] = None, []
    return words(bare)


def _note(docdata: Any, top: Any) -> str | None:
    said = _of(child(docdata, "ed-msg"), "info")
    return said or next((words(note) for note in children(top, "note") if words(note)), None)


def _tags(docdata: Any, topics: Any) -> tuple[str, ...]:
    told = [_of(each, "key") for each in children(child(docdata, "key-list"), "keyword")]
    if not told:
        told = [
            _of(each, "tobject.subject.matter") or _of(each, "tobject.subject.type")
            for each in children(topics, "tobject.subject")
        ]
    return tuple(dict.fromkeys(name for name in told if name))


def _body(content: Any) -> tuple[str, tuple[Figure, ...]]:
    """Return the body's own markup without its pictures, and the pictures with their places."""
    if content is None:
        return "", ()
    blocks, figures, media = 0, [], []
    for element in content.iter():
        if any(local(above) == "media" for above in element.iterancestors()):
            continue
        if local(element) == "media":
            media.append(element)
            figures += _figures(element, after=blocks)
        elif local(element) in _BLOCKS and words(element):
            blocks += 1
    for element in media:
        tail, element.tail = element.tail, None
        element.getparent().replace(element, _gap(element, tail))
    return "".join([content.text or "", *map(_with_tail, content)]).strip(), tuple(figures)


def _gap(element: Any, tail: str | None) -> Any:
    """Return an empty element that keeps the text behind a picture where it was."""
    gap = element.makeelement("br")
    gap.tail = tail
    return gap


def _with_tail(element: Any) -> str:
    return serial(element) + (element.tail or "")


def _figures(media: Any, *, after: int) -> list[Figure]:
    kind = (media.get("media-type") or "image").lower()
    references = [each for each in children(media, "media-reference") if (each.get("source") or each.get("name"))]
    if not kind.startswith(("image", "photo", "picture", "graphic")) or not references:
        return []
    widest = max(references, key=lambda each: _size(each, "width") or 0)
    return [
        Figure(
            url=widest.get("source") or widest.get("name"),
            caption=words(child(media, "media-caption")),
            credit=words(child(media, "media-producer")),
            alt=_of(widest, "alternate-text"),
            width=_size(widest, "width"),
            height=_size(widest, "height"),
            after=after,
        )
    ]


def _size(element: Any, name: str) -> int | None:
    said = (element.get(name) or "").strip()
    return int(said) if said.isdecimal() and len(said) < 6 else None
