"""NewsML-G2 (2.0 to 2.35): news items, packages and messages of them; written as 2.34, core conformance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from lxml.builder import ElementMaker

from dateline.story import Batch, Figure, Item, Status, Translation, Unreadable
from dateline.wire import nitf
from dateline.wire.channel import Channel, FeedEntry, moment_of
from dateline.wire.rendering import body_html
from dateline.wire.translations import RELATIONS, standing_of
from dateline.wire.trees import child, children, local, safe, serial, tree_of, words

ROOTS = frozenset({"newsitem", "newsmessage", "packageitem"})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STATUS: dict[str, Status] = {"usable": "usable", "withheld": "withheld", "canceled": "canceled"}


def parse(data: bytes) -> Batch:
    """Return the stories of a NewsML-G2 document. Raises Unreadable when it is none."""
    root = tree_of(data)
    if local(root).lower() not in ROOTS:
        raise Unreadable(f"XML, but not NewsML-G2: <{local(root)}>")
    found = [root] if local(root) != "newsMessage" else [each for held in children(root, "itemSet") for each in held]
    items: list[Item] = []
    refused: list[tuple[str, str]] = []
    passed: list[tuple[str, str]] = []
    for number, each in enumerate(found, start=1):
        if local(each) == "packageItem":
            members = sum(1 for ref in each.iter() if local(ref) == "itemRef")
            passed.append((f"item {number}", f"a package of {members} items"))
        elif local(each) != "newsItem":
            passed.append((f"item {number}", f"a {local(each) or 'thing'}"))
        else:
            item = _item(each)
            if item.body or item.status == "canceled":
                items.append(item)
            else:
                refused.append((f"item {number}", f"{_kind(each)} without text"))
    return Batch(format="newsmlg2", items=tuple(items), refused=tuple(refused), passed=tuple(passed))


def _item(root: Any) -> Item:
    meta, content = child(root, "itemMeta"), child(root, "contentMeta")
    body, markup, figures = _body(child(root, "contentSet"))
    first, version = words(child(meta, "firstCreated")), words(child(meta, "versionCreated"))
    created = words(child(content, "contentCreated"))
    embargoed = child(meta, "embargoed")
    embargo = words(embargoed)
    status = _STATUS.get(_code(child(meta, "pubStatus")) or "usable", "usable")
    if embargoed is not None and embargo is None and status == "usable":
        status = "withheld"  # an embargo without an hour ends when the provider says so
    corrects = [
        each.get("residref")
        for each in children(meta, "link")
        if (each.get("rel") or "").endswith(("corrects", "corrected", "correctionof"))
    ]
    creators = ", ".join(filter(None, map(_named, children(content, "creator"))))
    return Item(
        format="newsmlg2",
        body=body,
        body_type="html" if markup else "text",
        guid=root.get("guid"),
        headline=words(child(content, "headline")) or words(child(meta, "title")),
        summary=_described(content),
        published=first or created or version,
        updated=version if first and version != first else None,
        dateline=words(child(content, "dateline")) or _named(child(content, "located")),
        byline=words(child(content, "by")) or creators or None,
        credit=words(child(content, "creditline"))
        or next(filter(None, map(_named, children(content, "infoSource"))), None)
        or _named(child(meta, "provider")),
        language=root.get(_LANG) or next((each.get("tag") for each in children(content, "language")), None),
        tags=tuple(dict.fromkeys(filter(None, map(_named, children(content, "subject"))))),
        figures=figures,
        status=status,
        version=root.get("version"),
        note=words(child(meta, "edNote")),
        corrects=next(filter(None, corrects), None),
        embargo=embargo,
        urgency=words(child(content, "urgency")),
        signal=_code(child(meta, "signal")),
        translations=tuple(_translations(meta)),
    )


def _translations(meta: Any) -> Iterable[Translation]:
    for each in children(meta, "link"):
        standing = standing_of((each.get("rel") or "").replace("/", ":").rpartition(":")[2])
        name = each.get("residref") or each.get("href")
        if standing and name:
            tag = next((one.get("tag") for one in children(each, "language")), None)
            yield Translation(name=name, standing=standing, language=tag)


def _code(element: Any) -> str | None:
    """Return the local part of a concept's code: "stat:usable" → "usable"."""
    if element is None:
        return None
    said = element.get("qcode") or element.get("uri") or ""
    return said.replace("/", ":").rpartition(":")[2].lower() or None


def _named(element: Any) -> str | None:
    """Return the name of a concept: its name element, else its literal."""
    if element is None:
        return None
    return words(child(element, "name")) or (element.get("literal") or "").strip() or None


def _kind(root: Any) -> str:
    said = _code(child(root, "itemMeta", "itemClass")) or "item"
    return f"an {said}" if said[0] in "aeio" else f"a {said}"


def _described(content: Any) -> str | None:
    told = sorted(children(content, "description"), key=lambda each: "summary" not in (each.get("role") or ""))
    return next(filter(None, map(words, told)), None)


def _body(content: Any) -> tuple[str, bool, tuple[Figure, ...]]:
    """Return body, whether it is marked up, and figures: of the first content that is text, else of the pictures."""
    figures: list[Figure] = []
    for each in [] if content is None else list(content):
        if local(each) == "inlineXML":
            for root in each:
                if local(root) == "nitf":
                    (item,) = nitf.parse(serial(root).encode()).items
                    return item.body, True, item.figures
                inner = root if local(root) != "html" else child(root, "body")
                if inner is not None:
                    return serial(inner), True, ()
        elif local(each) == "inlineData" and (said := "".join(each.itertext()).strip()):
            return said, "html" in (each.get("contenttype") or ""), ()
        elif local(each) == "remoteContent" and (each.get("contenttype") or "").startswith("image"):
            figures.append(Figure(url=each.get("href"), width=_size(each, "width"), height=_size(each, "height")))
    return "", False, tuple(figures)


def _size(element: Any, name: str) -> int | None:
    said = (element.get(name) or "").strip()
    return int(said) if said.isdecimal() and len(said) < 6 else None


# --- writing -----------------------------------------------------------------------------------------

_NAR = "http://iptc.org/std/nar/2006-10-01/"
_XHTML = "http://www.w3.org/1999/xhtml"
_E = ElementMaker(namespace=_NAR, nsmap={None: _NAR})
_H = ElementMaker(namespace=_XHTML, nsmap={None: _XHTML})
DATES = "full"
NEEDS_ID = True
KEEPS = frozenset(
    """headline text language published updated dateline byline credit summary tags figures guid status version note
    embargo urgency signal corrects translations""".split()  # noqa: SIM905
)


def dump(entries: Iterable[FeedEntry], *, channel: Channel) -> bytes:
    """Return a newsItem for one story, a newsMessage for several."""
    items = [_news_item(entry) for entry in entries]
    message = [_E.header(_E.sent(channel.updated)), _E.itemSet(*items)]
    root = items[0] if len(items) == 1 else _E.newsMessage(*message)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=False))


def _news_item(entry: FeedEntry) -> Any:
    story = entry.story
    catalog = _E.catalogRef(href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml")
    meta = _E.itemMeta(
        _E.itemClass(qcode="ninat:text"),
        _E.provider(_E.name(safe(story.credit))) if story.credit else _E.provider(qcode="nprov:unknown"),
        _E.versionCreated(safe(entry.updated)),
        _E.firstCreated(safe(moment_of(entry))),
    )
    if story.embargo:
        meta.append(_E.embargoed(f"{story.embargo.value}{story.embargo.zone or ''}"))
    meta.append(_E.pubStatus(qcode=f"stat:{story.status}"))
    if story.note:
        meta.append(_E.edNote(safe(story.note)))
    if story.signal:
        meta.append(_E.signal(qcode=f"sig:{safe(story.signal)}"))
    if story.corrects:
        meta.append(_E.link(rel="irel:corrects", residref=safe(story.corrects)))
    for each in story.translations:
        tongue = [_E("language", {"tag": safe(each.language)})] if each.language else []
        meta.append(_E.link(*tongue, rel=f"irel:{RELATIONS[each.standing]}", residref=safe(each.name)))
    attributes = {
        "guid": safe(entry.id),
        **({"version": safe(story.version)} if story.version else {}),  # 1 by default
        "standard": "NewsML-G2",
        "standardversion": "2.34",
        "conformance": "core",
        _LANG: safe(story.language),
    }
    return _E.newsItem(attributes, catalog, meta, _content_meta(entry), _E.contentSet(_inline(entry)))


def _content_meta(entry: FeedEntry) -> Any:
    story = entry.story
    told: list[tuple[str, str | None]] = [
        ("urgency", str(story.urgency) if story.urgency else None),
        ("headline", story.headline),
        ("dateline", story.dateline),
        ("by", story.byline),
        ("creditline", story.credit),
        ("description", story.summary),
    ]
    meta = _E.contentMeta(*(_E(name, safe(said)) for name, said in told if said))
    meta.extend(_E.subject(_E.name(safe(tag)), type="cpnat:abstract") for tag in story.tags)
    return meta


def _inline(entry: FeedEntry) -> Any:
    body = _H.body()
    for element in lxml_html.fragments_fromstring(body_html(entry.story)):
        for each in element.iter():
            each.tag = f"{{{_XHTML}}}{each.tag}"
        body.append(element)
    page = _H.html(_H.head(_H.title(safe(entry.story.headline))), body)
    return _E.inlineXML(page, contenttype="application/xhtml+xml")
