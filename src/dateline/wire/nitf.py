"""NITF 2.5 to 3.6: news agencies' XML for one story."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from lxml import etree
from lxml.builder import E

from dateline.story import Batch, Figure, Item, Stamp, Status, Story, Unreadable
from dateline.text.urls import is_address
from dateline.wire.channel import Channel, FeedEntry
from dateline.wire.trees import child, children, local, safe, serial, tree_of, words

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STATUS: dict[str, Status] = {"usable": "usable", "embargoed": "usable", "withheld": "withheld"}
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
    status, embargo = _status(docdata), None
    if (_of(docdata, "management-status") or "").lower() == "embargoed":
        # An embargo without an hour ends when the agency says so.
        embargo, status = released, "usable" if released else "withheld"
    pubdata = child(root, "head", "pubdata")
    address = _of(pubdata, "ex-ref") or ""
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
        url=address if is_address(address) else None,
        published=issued or (None if embargo else released) or _of(pubdata, "date.publication"),
        # An agency sends a later version with the first issue date and a release date of its own.
        updated=released if issued and released != issued and not embargo and version not in (None, "0", "1") else None,
        dateline=words(child(top, "dateline", "location")) or words(child(top, "dateline")),
        byline=_byline(child(top, "byline")),
        credit=words(child(top, "distributor")) or _of(child(docdata, "doc.copyright"), "holder"),
        language=root.get(_LANG) or root.get("baselang"),
        section=_of(pubdata, "position.section"),
        tags=_tags(docdata, child(root, "head", "tobject")),
        figures=figures,
        site_name=_of(pubdata, "name"),
        status=status,
        embargo=embargo,
        urgency=_of(child(docdata, "urgency"), "ed-urg"),
        signal=_of(child(docdata, "ed-msg"), "msg-type"),
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


# --- writing -----------------------------------------------------------------------------------------

ONE = True  # story in a document
NEEDS_ID = True
KEEPS = frozenset(
    [
        "headline",
        "text",
        "language",
        "published",
        "dateline",
        "byline",
        "credit",
        "summary",
        "section",
        "tags",
        "figures",
        "guid",
        "url",
        "site_name",
        "status",
        "version",
        "note",
        "corrects",
        "embargo",
        "urgency",
        "signal",
    ]
)


def dump(entries: Iterable[FeedEntry], *, channel: Channel) -> bytes:
    """Return a NITF 3.6 document of the one story. Raises ValueError for none or several."""
    (entry,) = entries
    story = entry.story
    root = E.nitf(
        {_LANG: safe(story.language)},
        E.head(
            E.title(safe(story.headline)),
            _docdata(entry),
            E.pubdata(**_said(name=story.site_name, **{"position.section": story.section, "ex-ref": story.url})),
        ),
        E.body(_top(story), _content(story), E("body.end")),
        version="-//IPTC//DTD NITF 3.6//EN",
    )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _said(**given: str | int | None) -> dict[str, str]:
    return {name: safe(str(value)) for name, value in given.items() if value is not None}


def _docdata(entry: FeedEntry) -> Any:
    story = entry.story
    status = "embargoed" if story.embargo and story.status == "usable" else story.status
    data = E.docdata({"management-status": status})
    told: list[tuple[str, dict[str, str]]] = [
        ("correction", _said(**{"id-string": story.corrects})),
        ("doc-id", _said(**{"id-string": story.guid or entry.id})),
        ("urgency", _said(**{"ed-urg": story.urgency})),
        ("date.issue", _said(norm=_when(story.published))),
        ("date.release", _said(norm=_when(story.embargo or story.updated))),
        ("du-key", _said(version=story.version)),
        ("ed-msg", _said(**{"msg-type": story.signal, "info": story.note})),
    ]
    data.extend(E(name, attributes) for name, attributes in told if attributes)
    if story.tags:
        data.append(E("key-list", *(E.keyword(key=safe(tag)) for tag in story.tags)))
    return data


def _when(stamp: Stamp | None) -> str | None:
    """Return a date as precisely as it is known, in ISO 8601's extended form, which all readers met so far take."""
    return f"{stamp.value}{stamp.zone or ''}" if stamp else None


def _top(story: Story) -> Any:
    top = E("body.head", E.hedline(E.hl1(safe(story.headline))))
    if story.byline:
        top.append(E.byline(safe(story.byline)))
    if story.credit:
        top.append(E.distributor(safe(story.credit)))
    if story.dateline:
        top.append(E.dateline(E.location(safe(story.dateline))))
    if story.summary:
        top.append(E.abstract(E.p(safe(story.summary))))
    return top


def _content(story: Story) -> Any:
    content = E("body.content")
    paragraphs = story.paragraphs
    for number in range(len(paragraphs) + 1):
        last = number == len(paragraphs)
        figures = [each for each in story.figures if each.after == number or (last and each.after > number)]
        content.extend(_media(figure) for figure in figures if figure.url)
        if not last:
            content.append(E.p(safe(paragraphs[number])))
    return content


def _media(figure: Figure) -> Any:
    reference = _said(source=figure.url, width=figure.width, height=figure.height, **{"alternate-text": figure.alt})
    media = E.media({"media-type": "image"}, E("media-reference", reference))
    if figure.caption:
        media.append(E("media-caption", safe(figure.caption)))
    if figure.credit:
        media.append(E("media-producer", safe(figure.credit)))
    return media
