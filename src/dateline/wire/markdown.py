"""Markdown (CommonMark) with the story's fields in front matter, as site generators read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from dateline.plain import to_plain
from dateline.story import Batch, Figure, Item, Stamp, Story, Unreadable
from dateline.wire.channel import Channel, FeedEntry
from dateline.wire.encoding import decode
from dateline.wire.rendering import body_html

ONE = True  # story in a document
KEEPS_CAPTIONS = True  # of figures whose image is missing
KEEPS = frozenset(Story.__dataclass_fields__) - {"repairs", "markup", "translations"}
# Front matter's names where the tools that read it have one of their own.
_NAMES = {
    "headline": "title", "published": "date", "updated": "lastmod", "byline": "author", "summary": "description",
    "language": "lang",
}  # fmt: skip
_FIELDS = (
    "headline", "published", "updated", "language", "byline", "credit", "dateline", "summary", "section", "tags",
    "guid", "url", "code", "site_name", "site_url", "status", "version", "note", "corrects", "embargo", "urgency",
    "signal",
)  # fmt: skip
_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
_LINE = re.compile(r"([A-Za-z_]+):[ \t]*(.*)")
_ACTIVE = re.compile(r"([\\`*_\[\]<&])|^(?=[#>+-])|^(\d{1,9})(?=[.)])")


def looks_like(text: str) -> bool:
    """Tell whether a text opens with front matter that names a title."""
    found = _FRONT.match(text.replace("\r\n", "\n"))
    return bool(found and re.search(r"^(?:title|headline):", found[1], re.MULTILINE))


def parse(data: bytes) -> Batch:
    """Return the one story of a Markdown document. Raises Unreadable when it has no front matter."""
    from markdown_it import MarkdownIt

    text = decode(data).text.lstrip("\ufeff").replace("\r\n", "\n")
    front = _FRONT.match(text)
    if front is None:
        raise Unreadable("Markdown without front matter")
    told = {name: value for line in front[1].splitlines() if (value := _value(line)) for name in [_name(line)]}
    fields = {name: told.get(_NAMES.get(name, name)) or told.get(name) for name in _FIELDS}
    tags, figures = fields.pop("tags"), told.get("figures")
    plain: dict[str, Any] = {
        name: value for name, value in fields.items() if isinstance(value, str) and name != "status"
    }
    status = fields["status"] if fields["status"] in ("usable", "withheld", "canceled") else "usable"
    item = Item(
        format="markdown",
        body=MarkdownIt("commonmark").render(text[front.end() :]),
        body_type="html",
        tags=tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
        figures=_figures(figures),
        status=status,  # type: ignore[arg-type]
        **plain,
    )
    return Batch(format="markdown", items=(item,))


def _figures(told: Any) -> tuple[Figure, ...]:
    """Return the figures without a picture that front matter tells of; what is no caption is passed over."""

    def said(each: dict[str, Any], name: str, kind: type) -> Any:
        value = each.get(name)
        return value if isinstance(value, kind) and not isinstance(value, bool) else None

    given = [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []
    return tuple(
        Figure(
            **{name: said(each, name, str) for name in ("url", "caption", "credit", "alt")},
            **{name: said(each, name, int) for name in ("width", "height")},
            after=said(each, "after", int) or 0,
            missing=True,
        )
        for each in given
    )


def _name(line: str) -> str:
    found = _LINE.match(line)
    return found[1].lower() if found else ""


def _value(line: str) -> Any:
    """Return the value of a line of front matter: JSON, or a bare scalar of YAML as a string."""
    found = _LINE.match(line)
    if found is None:
        return None
    try:
        value = json.loads(found[2])
    except ValueError:
        return found[2].strip().strip("'\"")
    return str(value) if isinstance(value, int | float) else value


def dump(entries: Iterable[FeedEntry], *, channel: Channel) -> bytes:
    """Return the one story as Markdown. Raises ValueError for none or several."""
    (entry,) = entries
    story = entry.story
    lines = ["---"]
    for name in _FIELDS:
        value = getattr(story, name)
        if isinstance(value, Stamp):
            value = f"{value.value}{value.zone or ''}"
        if value not in (None, "", ()) and (name, value) not in (("status", "usable"), ("language", "und")):
            told = list(value) if isinstance(value, tuple) else value
            lines.append(f"{_NAMES.get(name, name)}: {json.dumps(told, ensure_ascii=False)}")
    missing = [to_plain(figure) for figure in story.figures if figure.missing]
    if missing:
        lines.append(f"figures: {json.dumps(missing, ensure_ascii=False)}")
    return "\n".join([*lines, "---", "", *_body(story)]).encode("utf-8", "replace")


def _body(story: Story) -> Iterable[str]:
    """Yield paragraphs, escaped where Markdown would see markup, and figures as HTML, which CommonMark lets pass."""
    paragraphs = story.paragraphs
    for number in range(len(paragraphs) + 1):
        last = number == len(paragraphs)
        for figure in story.figures:
            if not figure.missing and (figure.after == number or (last and figure.after > number)):
                yield body_html(Story(headline="", text="", figures=(figure,)))
                yield ""
        if not last:
            yield _ACTIVE.sub(_escaped, paragraphs[number])
            yield ""


def _escaped(found: re.Match[str]) -> str:
    # "1." at the start of a line is escaped behind its number, all else in front.
    return f"{found[2]}\\" if found[2] else f"\\{found[1] or ''}"
