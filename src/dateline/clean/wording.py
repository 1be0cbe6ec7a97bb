"""Text from markup: white space folded, what cannot be seen taken out, markup in one-line fields undone."""

from __future__ import annotations

import html
import re

# Characters without width or meaning in a text: soft hyphen, zero-width space, word joiner, byte order mark,
# object replacement, and every control character. ZWNJ and ZWJ stay: Persian and Hindi are spelt with them.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\ufffc\ufffe\uffff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Embeddings, overrides and isolates reorder what follows them, outside the field as well.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# HTML's own elements only: "a < b" and "<sic>" are words.
_TAG = re.compile(
    r"<(?:!--.*?--|/?(?:a|abbr|article|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|figcaption|figure|font|form|h[1-6]|"
    r"hr|i|iframe|img|input|ins|li|link|mark|math|meta|object|ol|p|pre|q|s|script|section|small|span|strike|strong|"
    r"style|sub|sup|svg|table|tbody|td|th|tr|tt|u|ul|video|wbr)(?:[\s/][^<>]*)?)>",
    re.DOTALL | re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,30});", re.IGNORECASE)
LONGEST_TITLE = 1_000


def tidy(text: str) -> str:
    """Return a text in one line: white space folded, unseen characters gone."""
    return " ".join(_UNSEEN.sub("", text).split())


def plain(said: str | None) -> str | None:
    """Return a one-line field without markup, entities and reordering marks; None for an empty one.

    At most 1,000 characters: longer is no headline and no name.
    """
    if not said:
        return None
    if _TAG.search(said) or _ENTITY.search(said):
        # Twice, because feeds escape what was escaped already.
        said = html.unescape(_TAG.sub(" ", html.unescape(said)))
        said = _TAG.sub(" ", said)
    line = tidy(_REORDERING.sub("", said))
    return (line if len(line) <= LONGEST_TITLE else line[:LONGEST_TITLE].rpartition(" ")[0] + "…") or None
