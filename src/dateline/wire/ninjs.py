"""ninjs 1.x, 2.x and 3.x: IPTC's news in JSON. Written as 3.0.

What comes in is read leniently: an agency's near-miss ("cancelled", a version that is a number, a property of its own)
is still a story, and the rules of the version it claims (ninjs_rules) are only asked why an item holds nothing usable.
``parse(data, strict=True)`` refuses every item that breaks them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from dateline.story import Batch, Figure, Item, Stamp, Status, Story, Translation, Unreadable
from dateline.wire.channel import Channel, FeedEntry, moment_of
from dateline.wire.ninjs_rules import faults, is_uri, version_of
from dateline.wire.rendering import body_html
from dateline.wire.translations import RELATIONS, standing_of

DATES = "full"
NEEDS_ID = True
KEEPS = frozenset(
    """headline text language published updated dateline byline credit summary section tags figures code guid url
    status version note corrects embargo urgency translations""".split()  # noqa: SIM905
)
_STATUS: dict[str, Status] = {
    "usable": "usable",
    "withheld": "withheld",
    "canceled": "canceled",
    "cancelled": "canceled",
}
_KEYS = frozenset(
    {"uri", "guid", "headline", "headlines", "bodies", "pubstatus", "versioncreated", "body_html", "body_text"}
)
_TOLD = frozenset({"", "text", "composite", "component"})  # the types that tell a story; the others go with one
_NAMED = 3  # faults that are named when an item is refused
Plain = dict[str, Any]


def parse(data: bytes, *, strict: bool = False, version: str | None = None) -> Batch:
    """Return the item of a ninjs document, or the items of a list of them. Raises Unreadable on what is no JSON.

    ``strict`` refuses what breaks the rules of ``version``, or else of the version an item claims.
    """
    items: list[Item] = []
    refused: list[tuple[str, str]] = []
    passed: list[tuple[str, str]] = []
    for number, given in enumerate(_objects(read_json(data)), start=1):
        place = f"item {number}"
        if not strict and not looks_like_ninjs(given) and faults(given):
            refused.append((place, "JSON, but not ninjs"))
            continue
        plain = _lower(given)
        item = _item(plain)
        kind = (_text(plain.get("type")) or "").lower()
        usable = item.body or (kind in _TOLD and (item.headline or item.status == "canceled"))
        wrong = faults(given, version) if strict or not usable else []
        if wrong:
            refused.append((place, f"not ninjs {version or version_of(given)}: {_some(wrong)}"))
        elif usable:
            items.append(item)
        else:
            passed.append((place, f"{kind or 'item'} without text"))
    return Batch(format="ninjs", items=tuple(items), refused=tuple(refused), passed=tuple(passed))


def _some(wrong: list[str]) -> str:
    more = f"; and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
    return "; ".join(wrong[:_NAMED]) + more


def read_json(data: bytes) -> Any:
    """Return what a JSON document holds. Raises Unreadable."""
    from dateline.wire.encoding import decode

    try:
        return json.loads(decode(data).text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise Unreadable(f"JSON that does not parse: {error.msg} (line {error.lineno})") from error
    except (ValueError, RecursionError) as error:  # a number too long, nesting too deep
        raise Unreadable("JSON that does not parse: nested too deep or a number too long") from error


def looks_like_ninjs(plain: Any) -> bool:
    """Tell whether a JSON value has the keys of a ninjs item, in whichever case."""
    return isinstance(plain, dict) and len(_KEYS & {str(key).lower() for key in plain}) >= 2


def _objects(plain: Any) -> list[Any]:
    """Return the items: a list is one of items, and agencies' APIs wrap one as ``item`` or ``items``."""
    if isinstance(plain, list):
        return plain
    if isinstance(plain, dict) and not looks_like_ninjs(plain):
        for key in ("item", "items"):
            if isinstance(plain.get(key), list):
                return list(plain[key])
    return [plain]


def _lower(plain: Any) -> Plain:
    return {str(key).lower(): value for key, value in plain.items()} if isinstance(plain, dict) else {}


def _item(plain: Plain) -> Item:
    uri = _text(plain.get("uri")) or _text(plain.get("guid"))
    body, markup = _body(plain)
    summary = _said(plain, "description")
    if not body and summary and (_text(plain.get("type")) or "").lower() in _TOLD:
        # As in feeds: a story sent in short is one.
        body, markup, summary = summary, "</" in summary, None
    first, version = _text(plain.get("firstcreated")), _text(plain.get("versioncreated"))
    first = first or _text(plain.get("contentcreated"))
    ids = _ids(plain)
    subjects = _dicts(plain.get("subjects") or plain.get("subject"))
    # Superdesk's dialect of 1.x has desks' sections as ``service``, and a ``signal`` and authors of its own.
    sections = [each for each in subjects if each.get("rel") == "section"] + _dicts(plain.get("service"))
    byline = _text(plain.get("byline")) or _text(plain.get("by")) or ", ".join(_names(_dicts(plain.get("authors"))))
    return Item(
        format="ninjs",
        body=body,
        body_type="html" if markup else "text",
        guid=ids.get("sourceid") or uri,
        url=uri if uri and uri.startswith(("http://", "https://")) else None,
        headline=_said(plain, "headline") or _text(plain.get("title")) or _text(plain.get("slugline")),
        summary=summary,
        published=first or version,
        updated=version if version != first and first else None,
        dateline=_text(plain.get("located")) or next(iter(_names(_dicts(plain.get("located")))), None),
        byline=byline or None,
        credit=_credit(plain),
        language=_text(plain.get("language")),
        section=next(iter(_names(sections)), None),
        tags=_names([each for each in subjects if each.get("rel") != "section"]),
        figures=tuple(_figures(plain.get("associations"))),
        code=ids.get("storycode"),
        status=_STATUS.get((_text(plain.get("pubstatus")) or "usable").lower(), "usable"),
        version=_text(plain.get("version")),
        note=_text(plain.get("ednote")),
        corrects=_corrected(plain.get("associations")),
        embargo=_text(plain.get("embargoeduntil")) or _text(plain.get("embargoed")),
        urgency=_text(plain.get("urgency")),
        signal=_text(plain.get("signal")) or next(iter(_names(_dicts(plain.get("signal")))), None),
        translations=tuple(_translations(plain.get("associations"))),
    )


def _text(value: Any) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def _dicts(value: Any) -> list[Plain]:
    """Return the objects of a list, or of an object of objects with the key as their name."""
    if isinstance(value, dict):
        return [{"name": key, **_lower(each)} for key, each in value.items() if isinstance(each, dict)]
    return [_lower(each) for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _names(told: list[Plain]) -> tuple[str, ...]:
    names = (_text(each.get("name")) or _text(each.get("literal")) for each in told)
    return tuple(dict.fromkeys(name for name in names if name))


def _said(plain: Plain, name: str) -> str | None:
    """Return a text property: flat, or the main one of 2.x's and 3.x's list, or 1.x's first ``name_*``."""
    if flat := _text(plain.get(name)) or _text(plain.get(f"{name}_text")):
        return flat
    told = sorted(_dicts(plain.get(f"{name}s")), key=lambda each: each.get("role") not in ("main", "headline", "text"))
    more = (_text(plain[key]) for key in plain if key.startswith(f"{name}_"))
    return next((said for said in (*(_text(each.get("value")) for each in told), *more) if said), None)


def _body(plain: Plain) -> tuple[str, bool]:
    """Return the longest body that is marked up, else the longest plain one; of a NITF document the body in it."""
    told = [(_text(plain[key]), key) for key in plain if key.startswith("body_")]
    told += [(_text(each.get("value")), str(each.get("contenttype", ""))) for each in _dicts(plain.get("bodies"))]
    found = []
    for said, kind in told:
        if said and "<nitf" in said[:500]:
            found += [(True, len(item.body), item.body) for item in _nitf(said)]
        elif said:
            found.append(("html" in kind, len(said), said))
    markup, _, said = max(found, default=(False, 0, ""))
    return said, markup


def _nitf(said: str) -> tuple[Item, ...]:
    from dateline.wire import nitf

    try:
        return nitf.parse(said.encode("utf-8-sig", "replace")).items
    except Unreadable:
        return ()


def _ids(plain: Plain) -> dict[str, str]:
    """Return alternative ids by their role (1.x: an object, later: a list of roles and values)."""
    given = plain.get("altids")
    pairs = (
        _lower(given).items()
        if isinstance(given, dict)
        else [(each.get("role"), each.get("value")) for each in _dicts(given)]
    )
    return {str(role).lower(): said for role, value in pairs if (said := _text(value))}


def _credit(plain: Plain) -> str | None:
    told = _dicts(plain.get("infosources") or plain.get("infosource"))
    told.sort(key=lambda each: (each.get("role") or each.get("rel")) != "origin")
    named = next((name for each in told if (name := _text(each.get("name")))), None)
    return named or _text(plain.get("source")) or _text(plain.get("copyrightholder"))


def _corrected(associations: Any) -> str | None:
    """Return the identifier of the item that is said to be corrected: 3.x's ``rel`` of an association."""
    told = next((each for each in _dicts(associations) if each.get("rel") == "corrects"), {})
    return _ids(told).get("sourceid") or _text(told.get("uri"))


def _translations(associations: Any) -> Iterable[Translation]:
    """Yield the items that are said to be this one in another language: another's language alone says nothing."""
    for each in _dicts(associations):
        standing = standing_of(_text(each.get("rel")) or _text(each.get("name")))
        name = _ids(each).get("sourceid") or _text(each.get("uri")) or _text(each.get("guid"))
        if standing and name:
            yield Translation(name=name, standing=standing, language=_text(each.get("language")))


def _figures(associations: Any) -> Iterable[Figure]:
    for each in _dicts(associations):
        renditions = [one for one in _dicts(each.get("renditions")) if _text(one.get("href"))]
        if each.get("type") not in ("picture", "graphic", None) or not (renditions or each.get("type")):
            continue
        best = max(renditions, key=lambda one: _size(one.get("width")) or 0, default={})
        uri = _text(each.get("uri"))
        yield Figure(
            url=_text(best.get("href")) or (uri if uri and uri.startswith("http") else None),
            caption=_said(each, "description") or _said(each, "body"),
            credit=_text(each.get("byline")) or _text(each.get("by")) or _credit(each),
            alt=_text(each.get("alttext")) or _said(each, "headline"),
            width=_size(best.get("width")),
            height=_size(best.get("height")),
        )


def _size(value: Any) -> int | None:
    return (
        int(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 100_000 else None
    )


# --- writing -----------------------------------------------------------------------------------------


def dump(entries: Iterable[FeedEntry], *, channel: Channel | None = None) -> bytes:
    """Return a ninjs 3.0 document: an object for one story, a list for several. ninjs says nothing of its channel."""
    plain = [item_of(entry) for entry in entries]
    return json.dumps(plain[0] if len(plain) == 1 else plain, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def keeps(story: Story) -> frozenset[str]:
    """Return the fields of a story that come back equal: an embargo does that is known to the second, with its zone."""
    stamp = story.embargo
    whole = stamp is None or (stamp.precision == "second" and stamp.zone is not None)
    return KEEPS if whole else KEEPS - {"embargo", "status"}


def item_of(entry: FeedEntry) -> Plain:
    """Return a story as a ninjs 3.0 item."""
    story = entry.story
    embargo = _moment(story.embargo)
    # An embargo that names no day cannot be written, and must not be lost: the story is withheld instead.
    held = story.embargo is not None and embargo is None and story.status == "usable"
    named = _named(entry.permalink or entry.id, story.guid)
    item = {
        "standard": {
            "name": "ninjs",
            "version": "3.0",
            "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
        },
        "uri": named["uri"],
        "type": "text",
        "representationType": "full",
        "version": story.version,
        "firstCreated": moment_of(entry),
        "versionCreated": entry.updated,
        "embargoedUntil": embargo,
        "pubStatus": "withheld" if held else story.status,
        "urgency": story.urgency,
        "edNote": story.note,
        "language": None if story.language == "und" else story.language,
        "by": story.byline,
        "located": story.dateline,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": story.headline}],
        "descriptions": [{"role": "summary", "contentType": "text/plain", "value": story.summary}]
        if story.summary
        else [],
        "bodies": [{"role": "main", "contentType": "text/html", "value": body_html(story)}],
        "subjects": [
            *([{"name": story.section, "rel": "section"}] if story.section else []),
            *({"name": name, "rel": "about"} for name in story.tags),
        ],
        "infoSources": [{"name": story.credit, "role": "origin"}] if story.credit else [],
        "altIds": [*([{"role": "storyCode", "value": entry.code}] if entry.code else []), *named.get("altIds", [])],
        "associations": list(_associations(story)),
    }
    return {key: value for key, value in item.items() if value not in (None, [], "")}


def _named(said: str, guid: str | None) -> Plain:
    """Return the URI ninjs demands for what identifies an item, and the source's identifier where that differs."""
    uri = said if is_uri(said) else f"urn:x-dateline:{quote(said, safe='', errors='replace')}"
    return {"uri": uri, "altIds": [{"role": "sourceId", "value": guid}]} if guid and guid != uri else {"uri": uri}


def _moment(stamp: Stamp | None) -> str | None:
    """Return a stamp as a date-time: from the start of its day or minute where it says no more, in UTC by default."""
    if stamp is None or stamp.day is None:
        return None
    return f"{stamp.value}{'T00:00:00'[len(stamp.value) - 10 :]}{stamp.zone or '+00:00'}"


def _associations(story: Story) -> Iterable[Plain]:
    if story.corrects:
        yield {"name": "corrected", "rel": "corrects", **_named(story.corrects, story.corrects)}
    for number, each in enumerate(story.translations, start=1):
        tag = {"language": each.language} if each.language else {}
        rel = RELATIONS[each.standing]
        yield {"name": f"{rel}{number}", "rel": rel, "type": "text", **tag, **_named(each.name, each.name)}
    for number, figure in enumerate(story.figures, start=1):
        if is_uri(figure.url):
            yield _picture(figure, number)


def _picture(figure: Figure, number: int) -> Plain:
    said = {"role": "caption", "contentType": "text/plain", "value": figure.caption}
    size = {"width": figure.width, "height": figure.height}
    plain = {
        "name": f"picture{number}",
        "uri": figure.url,
        "type": "picture",
        "by": figure.credit,
        "descriptions": [said] if figure.caption else None,
        "renditions": [{"name": "main", "href": figure.url, **{key: value for key, value in size.items() if value}}],
    }
    return {key: value for key, value in plain.items() if value}
