"""A source's tree → its words in order, each with the emphasis, link, list or quotation it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
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
_DIVIDES = _TEXT_BLOCKS | frozenset(
    re.findall(
        r"\w+",
        """address article aside body br center dl fieldset figcaption figure footer form header hr main section
        summary table tbody tfoot thead tr""",
    )
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
    leaf: Tag = field(default_factory=lambda: Tag("p", "<p>"))
    inline: tuple[Tag, ...] = ()


def squeezed(said: str) -> str:
    """Return a text without white space and unseen characters: what two spacings of it share."""
    return tidy(said).replace(" ", "")


def stretches(root: Any, *, base: str | None) -> list[Stretch]:
    """Return all that a tree shows, cut wherever a paragraph may begin. ``base`` completes relative links."""
    found = _Collector()
    frames = [_Frame()]
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        divides = tag in _DIVIDES or tag in OUTER or tag in _HEADINGS
        if event == "end":
            frames.pop()
            if divides:
                found.divide()
            if element is not root and element.tail:
                found.say(element.tail, frames[-1])
            continue
        frames.append(frames[-1])
        if not tag or tag in _UNSEEN or (element is not root and is_hidden(element)):
            walk.skip_subtree()
            continue
        if divides:
            found.divide()
        frames[-1] = _entered(frames[-1], element, tag, base)
        if element.text:
            found.say(element.text, frames[-1])
    found.divide()
    return found.stretches


class _Collector:
    """Gather text into stretches."""

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self.parts: list[str] = []
        self.length = 0
        self.open: Stretch | None = None

    def divide(self) -> None:
        if self.open is not None:
            self.open.said = "".join(self.parts)
            self.stretches.append(self.open)
            self.open, self.parts, self.length = None, [], 0

    def say(self, text: str, frame: _Frame) -> None:
        for number, part in enumerate(_BLANK_LINE.split(text) if "\n" in text or PICTURE in text else (text,)):
            if number:
                self.divide()
            if not (said := squeezed(part)):
                continue
            if self.open is None:
                self.open = Stretch(said="", outer=frame.outer, leaf=frame.leaf, marks=[])
            if not self.open.marks or self.open.marks[-1][1] != frame.inline:
                self.open.marks.append((self.length, frame.inline))
            self.parts.append(said)
            self.length += len(said)


def _entered(frame: _Frame, element: Any, tag: str, base: str | None) -> _Frame:
    """Return what holds inside an element that stands in ``frame``."""
    if tag in INLINE:
        inline = None if len(frame.inline) >= _DEEPEST_INLINE else _inline(element, tag, frame, base)
        return frame if inline is None else replace(frame, inline=(*frame.inline, inline))
    if tag in _HEADINGS:
        return replace(frame, leaf=_written(element, _HEADINGS[tag]))
    if tag in _TEXT_BLOCKS:
        return replace(frame, leaf=_written(element, "p"))
    if tag in ("ul", "ol"):
        return replace(frame, list=_written(element, tag))
    if tag in ("li", "blockquote"):
        listed = (frame.list,) if frame.list is not None and tag == "li" else ()
        inside = replace(frame, list=None, leaf=Tag("p", "<p>"))
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
    written = _written(element, tag)
    return None if tag == "span" and written.opening == "<span>" else written


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
