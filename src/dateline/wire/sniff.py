"""Which format bytes are in. What they hold decides; a name never does."""

from __future__ import annotations

import re

from dateline.story import Unreadable
from dateline.text.print_marks import is_print_page
from dateline.wire import (
    anpa,
    iptc7901,
    jsonfeed,
    jsonlines,
    mail,
    markdown,
    newsml1,
    newsmlg2,
    opml,
    press_review,
    sitemap,
    warc,
)
from dateline.wire.encoding import decode
from dateline.wire.ninjs import looks_like_ninjs, read_json

_MAGIC = (
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
)
_ROOTS = {
    "html": "page",
    "nitf": "nitf",
    "rss": "rss",
    "rdf": "rss",
    "feed": "atom",
    "channel": "rss",
    **dict.fromkeys(newsml1.ROOTS, "newsml1"),
    **dict.fromkeys(newsmlg2.ROOTS, "newsmlg2"),
    **dict.fromkeys(opml.ROOTS, "opml"),
    **dict.fromkeys(sitemap.ROOTS, "sitemap"),
}
_KNOWN_ELSEWHERE = {
    "conceptitem": "a NewsML-G2 concept, no news",
    "knowledgeitem": "a list of NewsML-G2 concepts, no news",
    "planningitem": "a NewsML-G2 plan of coverage, no news",
    "catalogitem": "a NewsML-G2 catalog, no news",
    "svg": "a drawing",
    "entry": "a single Atom entry",
}
_HTML = frozenset(
    re.findall(
        r"\w+",
        """article aside b base blockquote body center div dl em figure font footer form h1 h2 h3 h4 header i iframe img
        li link main meta nav ol p pre script section span strong style table title ul""",
    )
)
_BEFORE_ROOT = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>]|\[.*?\]\s*(?=>))*>)*", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_LATE_ROOT = re.compile(r"<\?xml\b|<(?:rss|rdf:RDF|feed|nitf|html)\b|<!DOCTYPE\s+html", re.IGNORECASE)
_WXR = re.compile(r"xmlns:wp\s*=|<wp:wxr_version|wordpress\.org/export/")
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]\d-])")
# A page saved without its head is told from text with a stray tag by block elements that close.
_FRAGMENT = re.compile(r"</(?:p|div|article|body|html|table|h1)\s*>", re.IGNORECASE)


def sniff(data: bytes, *, name: str = "") -> str:
    """Return the name of the format. Raises Unreadable, in one line, on what no format is.

    ``name`` only makes the message clearer.
    """
    if not data.strip(b"\0 \t\r\n\f\v\xef\xbb\xbf"):
        raise Unreadable("empty")
    if data.lstrip()[:5] == b"%PDF-":
        return "pdf"
    if warc.looks_like(data):
        return "warc"
    if anpa.looks_like(data):
        return "anpa"
    if iptc7901.looks_like(data):
        return "iptc7901"
    for mark, what in _MAGIC:
        if data.startswith(mark):
            raise Unreadable(f"not text: {what}")
    text = decode(data).text.lstrip("\ufeff")
    if not text.strip():
        raise Unreadable("empty")
    if text.startswith("filedesc://"):
        raise Unreadable("an ARC archive, the form before WARC: `warcio recompress` makes a WARC of it")
    if _is_binary(text):
        raise Unreadable("not text: binary data")
    if jsonlines.looks_like(data):
        return "jsonlines"
    if _JSON.match(text):
        return _json(data, text)
    start = _markup_start(text)
    if start is not None:
        return "review" if press_review.looks_like(text) else _markup(text, start)
    if mail.looks_like(data):
        return "mail"
    if markdown.looks_like(text):
        return "markdown"
    if len(_FRAGMENT.findall(text)) >= 2:
        return "page"
    if press_review.looks_like(text):
        return "review"
    return "print" if is_print_page(text) else "text"


def bulk_format(head: bytes) -> str | None:
    """Return the format of a file that may be too large to hold, by its first bytes; None for any other."""
    if warc.looks_like(head):
        return "warc"
    if head.startswith(b"From ") and mail.looks_like(head):
        return "mail"
    if jsonlines.looks_like(head):
        return "jsonlines"
    if b"<rss" in head and _WXR.search(head.decode("utf-8", "replace")):
        return "wxr"
    return None


def _is_binary(text: str) -> bool:
    """Tell whether control characters and unreadable bytes are more than accidents."""
    head = text[:20_000]
    odd = sum((char < " " and char not in "\t\n\r\f\v\x1b") or char == "\ufffd" for char in head)
    return odd > 4 and odd * 20 > len(head)


def _json(data: bytes, text: str) -> str:
    try:
        plain = read_json(data)
    except Unreadable:
        # Text may open with a bracket too; JSON that is only broken has more of its punctuation.
        if text.count('":') or text.count('" :') or text.lstrip()[0] == "{" or not any(map(str.isalpha, text)):
            raise
        return "print" if is_print_page(text) else "text"
    if jsonfeed.looks_like(plain):
        return "jsonfeed"
    wrapped = isinstance(plain, dict) and (plain.get("item") or plain.get("items"))
    inside = plain if isinstance(plain, list) else wrapped if isinstance(wrapped, list) else [plain]
    if any(looks_like_ninjs(each) for each in inside):
        return "ninjs"
    raise Unreadable("JSON, but not ninjs")


def _markup_start(text: str) -> int | None:
    """Return where markup starts, None in plain text. A few lines of junk may stand before a root."""
    if text.lstrip().startswith("<"):
        return 0
    found = _LATE_ROOT.search(text[:2_000])
    return found.start() if found else None


def _markup(text: str, start: int) -> str:
    before = _BEFORE_ROOT.match(text, start)
    at = before.end() if before else start
    found = _ROOT.match(text, at)
    if "<!doctype html" in text[start:at].lower():
        return "page"
    root = found[1].lower() if found else ""
    if opml.looks_like(text):
        return "opml"
    if root == "rss" and _WXR.search(text[:50_000]):
        return "wxr"
    if root in _ROOTS:
        return _ROOTS[root]
    if root in _HTML:
        return "page"
    if root in _KNOWN_ELSEWHERE:
        raise Unreadable(f"{_KNOWN_ELSEWHERE[root]}, which is not read here")
    if not root:
        raise Unreadable("markup that breaks off before its first element")
    raise Unreadable(f"XML of an unknown kind: <{root}>")
