"""How much markup is too much: checked before any parser sees it, so that hostile input costs nothing."""

from __future__ import annotations

import re

from dateline.story import Refused

LONGEST_FRAGMENT = 1_000_000
LONGEST_PAGE = 8_000_000
DEEPEST = 256
MOST_ATTRIBUTES = 64
# Elements that HTML closes by itself; leaving them open nests nothing.
_FLAT = frozenset(
    re.findall(
        r"\w+",
        """area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th tbody thead
        tfoot colgroup html head body""",
    )
)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)([^<>]*)")
_QUOTED = re.compile(r""""[^"]*(?:"|$)|'[^']*(?:'|$)""")
_RAW = re.compile(r"<(script|style|!--)", re.IGNORECASE)


def check_markup(markup: str, *, longest: int) -> None:
    """Raise Refused (not-text) when markup is longer, deeper or fuller of attributes than any story is."""
    if len(markup) > longest:
        raise Refused("not-text", f"markup of {len(markup):,} characters, more than {longest:,}")
    deep = 0
    for closing, name, rest in _TAG.findall(_without_raw(markup)):
        if len(rest) > 2 * MOST_ATTRIBUTES and len(_QUOTED.sub("", rest).split()) > MOST_ATTRIBUTES:
            raise Refused("not-text", f"a tag with more than {MOST_ATTRIBUTES} attributes")
        if name.lower() in _FLAT or rest.endswith("/"):
            continue
        deep = max(0, deep - 1) if closing else deep + 1
        if deep > DEEPEST:
            raise Refused("not-text", f"markup nested deeper than {DEEPEST}")


def _without_raw(markup: str) -> str:
    """Return markup without scripts, styles and comments. Linear, whatever is left open."""
    ends = {"script": "</script", "style": "</style", "!--": "-->"}
    lower, parts, at = markup.lower(), [], 0
    while found := _RAW.search(markup, at):
        parts.append(markup[at : found.start()])
        end = lower.find(ends[found[1].lower()], found.end())
        if end < 0:
            return "".join(parts)
        at = end + 3
    return "".join([*parts, markup[at:]])
