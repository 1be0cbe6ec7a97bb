"""A source's tree → its words in order, each with the emphasis, link, list or quotation it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from dateline.clean.blocks import PICTURE, is_hidden
from dateline.clean.wording import tidy
from dateline.text.urls import is_address

INLINE = frozenset({"a", "abbr", "b", "bdi", "cite", "code", "em", "i", "q", "span", "strong", "sub", "sup"})
OUTER = frozenset({"blockquote", "li", "ol", "ul"})
LEAVES = frozenset({"h2", "h3", "h4", "p"})
ATTRIBUTES = {"a": {"href"}, "abbr": {"title"}, "*": {"dir", "lang"}}
SCHEMES = frozenset({"http", "https", "mailto"})
# A page's own heading is the story's headline, so its text begins at the second level.
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_TEXT_BLOCKS = frozenset({"dd", "div", "dt", "p", "pre", "td", "th"})
_DIVIDES = _TEXT_BLOCKS.union(
    OUTER,
    _HEADINGS,
    re.findall(
        r"\w+",
        """address article aside body br center dl fieldset figcaption figure footer form header hr main section
        summary table tbody tfoot thead tr""",
    ),
)
_UNSEEN = frozenset(
    {"head", "iframe", "math", "nav", "noscript", "object", "script", "select", "style", "svg", "template", "textarea"}
)
# What one word of a hostile source may cost in tags around it.
_DEEPEST_INLINE, _DEEPEST_OUTER = 6, 8
_LONGEST_ADDRESS = 2_000
_BLANK_LINE = re.compile(rf"\n[^\S\n]*\n|{PICTURE}")


@dataclass(eq=False, slots=True)
class Tag:
    """One element of the source as we write it: equal to itself only, so that two lists in a row stay two."""

    name: str
    opening: str


PLAIN = Tag("p", "<p>")


@dataclass(slots=True, kw_only=True)
class Stretch:
    """Words between two places where a paragraph may end. ``said`` is without white space.

    ``outer`` are the lists and quotations around it, ``leaf`` its own block; ``marks`` says from which character on
    which inline elements hold, outermost first.
    """

    said: str
    outer: tuple[Tag, ...]
    leaf: Tag
    marks: list[tuple[int, tuple[Tag, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What holds for the text directly in an open element. ``list`` is a list whose item has not begun."""

    outer: tuple[Tag, ...] = ()
    list: Tag | None = None
    leaf: Tag = PLAIN
    inline: tuple[Tag, ...] = ()


_DIVIDE: tuple[str, None] = ("", None)


def squeezed(said: str) -> str:
    """Return a text without white space and unseen characters: what two spacings of it share."""
    return tidy(said).replace(" ", "")


def stretches(root: Any, *, base: str | None) -> Iterator[Stretch]:
    """Yield all that a tree shows, cut wherever a paragraph may begin. ``base`` completes relative links."""
    parts: list[str] = []
    marks: list[tuple[int, tuple[Tag, ...]]] = []
    first = _Frame()
    length = 0
    for said, frame in _said(root, base):
        if frame is None:
            if parts:
                yield Stretch(said="".join(parts), outer=first.outer, leaf=first.leaf, marks=marks)
            parts, marks, length = [], [], 0
            continue
        if not parts:
            first = frame
        if not marks or marks[-1][1] != frame.inline:
            marks.append((length, frame.inline))
        parts.append(said)
        length += len(said)


def _said(root: Any, base: str | None) -> Iterator[tuple[str, _Frame | None]]:
    """Yield pieces of text without white space and what holds for each; a piece without a frame divides."""
    frames = [_Frame()]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _DIVIDES:
            yield _DIVIDE
        if event == "end":
            frames.pop()
            if element is not root and element.tail:
                yield from _pieces(element.tail, frames[-1])
            continue
        frames.append(frames[-1])
        if not tag or tag in _UNSEEN or (element is not root and is_hidden(element)):
            walk.skip_subtree()
            continue
        frames[-1] = _entered(frames[-1], element, tag, base)
        if element.text:
            yield from _pieces(element.text, frames[-1])
    yield _DIVIDE


def _pieces(text: str, frame: _Frame) -> Iterator[tuple[str, _Frame | None]]:
    for number, part in enumerate(_BLANK_LINE.split(text) if "\n" in text or PICTURE in text else (text,)):
        if number:
            yield _DIVIDE
        if said := squeezed(part):
            yield said, frame


def _entered(frame: _Frame, element: Any, tag: str, base: str | None) -> _Frame:
    """Return what holds inside an element that stands in ``frame``."""
    if tag in INLINE:
        inline = None if len(frame.inline) >= _DEEPEST_INLINE else _inline(element, tag, frame, base)
        return frame if inline is None else replace(frame, inline=(*frame.inline, inline))
    if tag in _HEADINGS:
        return replace(frame, leaf=_written(element, _HEADINGS[tag]))
    if tag in _TEXT_BLOCKS:
        leaf = _written(element, "p") if element.get("dir") or element.get("lang") else PLAIN
        return frame if frame.leaf is leaf else replace(frame, leaf=leaf)
    if tag in ("ul", "ol"):
        return replace(frame, list=_written(element, tag))
    if tag in ("li", "blockquote"):
        listed = (frame.list,) if frame.list is not None and tag == "li" else ()
        inside = replace(frame, list=None, leaf=PLAIN)
        if (tag == "li" and not listed) or len(frame.outer) + 2 > _DEEPEST_OUTER:
            return inside
        return replace(inside, outer=(*frame.outer, *listed, _written(element, tag)))
    return frame


def _inline(element: Any, tag: str, frame: _Frame, base: str | None) -> Tag | None:
    """Return an inline element as we write it, None where it would say nothing."""
    if tag == "a":
        address = _address(element.get("href") or "", base)
        nested = any(each.name == "a" for each in frame.inline)
        return None if address is None or nested else _written(element, tag, href=address)
    if tag == "abbr":
        title = tidy(element.get("title") or "")[:200]
        return _written(element, tag, title=title) if title else None
    if tag == "span" and not (element.get("dir") or element.get("lang")):
        return None
    written = _written(element, tag)
    return None if written.opening == "<span>" else written


def _written(element: Any, name: str, **given: str) -> Tag:
    """Return an element's opening tag in our own words: sorted, quoted, its direction and language if valid."""
    direction, language = (element.get("dir") or "").strip().lower(), (element.get("lang") or "").strip()
    if direction in ("ltr", "rtl", "auto"):
        given["dir"] = direction
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}", language):
        given["lang"] = language
    return Tag(name, "<" + " ".join([name, *(f'{key}="{escape(given[key])}"' for key in sorted(given))]) + ">")


def _address(href: str, base: str | None) -> str | None:
    """Return where a link leads, None for any scheme but the web's and mail's, and for a place in the page itself."""
    href = href.strip()
    if not href or href.startswith("#") or len(href) > _LONGEST_ADDRESS:
        return None
    if re.fullmatch(r"mailto:[^\s<>\"'`\\]+", href, re.IGNORECASE):
        return href
    try:
        parts = urlsplit(href := urljoin(base or "", href))
        named = parts.port is None or parts.port >= 0  # reading the port checks it
    except ValueError:
        return None
    plain = re.search(r"[\x00-\x20\x7f-\xa0\\'`]", href) is None
    return href if plain and named and is_address(href) else None
