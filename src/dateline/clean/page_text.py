"""The lines of a page as a reader sees them, each character traced to where it stands in the source."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from dateline.story import Figure
from dateline.text.offsets import Patch, Patched
from dateline.text.spans import Span

PICTURE = "\ufffc"  # stands in the text where a picture stands
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
        "td", "th", "caption"
    }
)  # fmt: skip
_REFERENCE = "&"
_VOID = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr"
    }
)  # fmt: skip
_UNSEEN = frozenset(
    {
        "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "textarea",
        "canvas", "audio", "video", "nav"
    }
)  # fmt: skip


@dataclass(kw_only=True)
class PageText:
    """A page as text: ``patched`` traces it to the source; pictures stand as U+FFFC, in the order of ``pictures``.

    ``roles`` names what the markup says of a stretch of the source: ``headline``, ``heading``, ``caption``.
    The other fields are what the head of an HTML page states.
    """

    patched: Patched
    pictures: tuple[Figure, ...] = ()
    roles: tuple[tuple[Span, str], ...] = ()
    title: str | None = None
    language: str | None = None
    url: str | None = None
    site_name: str | None = None
    marks: frozenset[str] = field(default_factory=frozenset)
    links: int = 0

    def role_at(self, raw: int) -> str | None:
        """Return the role of the character of the source at ``raw``."""
        return next((role for span, role in self.roles if span.start <= raw < span.end), None)


def page_text(body: str, *, is_html: bool) -> PageText:
    """Return the text of a page: as it stands, or as its HTML would show it."""
    if not is_html:
        return PageText(patched=Patched(body))
    reader = _Reader(body)
    reader.feed(body)
    reader.close()
    return reader.page()


def looks_like_html(text: str) -> bool:
    """Tell whether text is a whole HTML page rather than lines."""
    return re.search(r"<!doctype html|<html[\s>]|<body[\s>]", text[:4096], re.IGNORECASE) is not None


class _Reader(HTMLParser):
    """Turn markup into patches: each event replaces all of the source up to the next one."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.starts = [0, *(found.end() for found in re.finditer("\n", source))]
        self.events: list[tuple[int, str | None]] = []  # start, what stands for it (None: its own characters)
        self.hidden: list[str] = []  # open elements from the first unseen one on
        self.opened: list[tuple[str, str, int]] = []  # tag, role, start
        self.roles: list[tuple[Span, str]] = []
        self.pictures: list[Figure] = []
        self.stated: dict[str, str] = {}
        self.marks: set[str] = set()
        self.links = 0
        self.in_title = False

    def page(self) -> PageText:
        ends = [*(start for start, _ in self.events), len(self.source)][1:]
        patches: list[Patch] = []
        for (start, said), end in zip(self.events, ends, strict=True):
            if said == _REFERENCE:  # "&T" of "AT&T" reads as a reference and is none
                patches.append(Patch(Span(start, end), html.unescape(self.source[start:end])))
            elif said is not None:
                patches.append(Patch(Span(start, end), said))
            else:
                patches += [
                    Patch(Span(start + found.start(), start + found.end()), " ")
                    for found in re.finditer(r"[ \t\n\r\f]*[\t\n\r\f][ \t\n\r\f]*| {2,}", self.source[start:end])
                ]
        return PageText(
            patched=Patched(self.source, patches),
            pictures=tuple(self.pictures),
            roles=tuple(self.roles),
            title=self.stated.get("title", "").strip() or None,
            language=self.stated.get("language"),
            url=self.stated.get("url"),
            site_name=self.stated.get("site_name"),
            marks=frozenset(self.marks),
            links=self.links,
        )

    def _say(self, said: str | None) -> None:
        line, column = self.getpos()
        self.events.append((self.starts[line - 1] + column, "" if self.hidden and said is not None else said))
        if self.hidden and said is None:
            self.events[-1] = (self.events[-1][0], "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note(tag, given)
        if self.hidden:
            if tag not in _VOID:
                self.hidden.append(tag)
            self._say("")
        elif tag not in _VOID and _unseen(tag, given):
            self._say("\n\n" if tag in _BLOCKS or tag == "nav" else "")
            self.hidden.append(tag)
        elif tag == "img":
            self._picture(given)
        else:
            self._say("\n" if tag == "br" else "\n\n" if tag in _BLOCKS else "")
            role = _role(tag, given)
            if role and tag not in _VOID:
                self.opened.append((tag, role, self.events[-1][0]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            if self.hidden:
                self._unhide(tag)
            elif self.opened and self.opened[-1][0] == tag:
                self.opened.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            self._say("")
            self._unhide(tag)
            return
        self.in_title = False if tag == "title" else self.in_title
        self._say("\n\n" if tag in _BLOCKS else "")
        for at in range(len(self.opened) - 1, -1, -1):
            if self.opened[at][0] == tag:
                _, role, start = self.opened.pop(at)
                self.roles.append((Span(start, self.events[-1][0]), role))
                break

    def _unhide(self, tag: str) -> None:
        if tag in self.hidden:
            at = len(self.hidden) - 1 - self.hidden[::-1].index(tag)
            del self.hidden[at:]

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.stated["title"] = self.stated.get("title", "") + " ".join(data.split())
        self._say("" if self.in_title else None)

    def handle_entityref(self, name: str) -> None:
        self._refer(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._refer(f"&#{name};")

    def _refer(self, reference: str) -> None:
        if self.in_title:
            self.stated["title"] = self.stated.get("title", "") + html.unescape(reference)
        self._say("" if self.in_title else _REFERENCE)

    def handle_comment(self, data: str) -> None:
        self._say("")

    def handle_decl(self, decl: str) -> None:
        self._say("")

    def handle_pi(self, data: str) -> None:
        self._say("")

    def unknown_decl(self, data: str) -> None:
        self._say("")

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        # The parser of the library raises on a section it has no name for; a browser sees a comment.
        return self.parse_bogus_comment(i)

    def _picture(self, given: dict[str, str]) -> None:
        source = given.get("data-src") if given.get("src", "data:").startswith("data:") else given.get("src")
        self.pictures.append(
            Figure(
                url=source or None,
                alt=" ".join(given.get("alt", "").split()) or None,
                width=_pixels(given.get("width")),
                height=_pixels(given.get("height")),
            )
        )
        self._say(f"\n\n{PICTURE}\n\n")

    def _note(self, tag: str, given: dict[str, str]) -> None:
        """Keep what the head and the frame of the page state."""
        if tag == "html" and given.get("lang"):
            self.stated.setdefault("language", given["lang"])
        elif tag == "title" and not self.hidden:
            self.in_title = "title" not in self.stated
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split() and given.get("href"):
            self.stated.setdefault("url", given["href"].strip())
        elif tag == "meta" and given.get("property", given.get("name", "")).lower() == "og:site_name":
            self.stated.setdefault("site_name", given.get("content", "").strip())
        elif tag == "body" and "print(" in given.get("onload", ""):
            self.marks.add("prints itself")
        elif tag == "a":
            self.links += 1
        elif tag in ("nav", "aside") or given.get("type") == "application/ld+json":
            self.marks.add("web page")
        named = " ".join(given.get(name, "") for name in ("class", "alt", "aria-label")).lower()
        if "qr" in re.split(r"[\W_]+", named):
            self.marks.add("qr")


def _unseen(tag: str, given: dict[str, str]) -> bool:
    if tag in _UNSEEN or "hidden" in given or given.get("role") == "img" or given.get("aria-hidden") == "true":
        return True
    return re.search(r"display\s*:\s*none", given.get("style", "")) is not None


def _role(tag: str, given: dict[str, str]) -> str | None:
    if tag in ("h1", "h2"):
        return "headline" if tag == "h1" else "heading"
    return "caption" if tag == "figcaption" or "caption" in given.get("class", "").lower() else None


def _pixels(said: str | None) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,5})(?:px)?\s*", said or "")
    return int(found[1]) or None if found else None
