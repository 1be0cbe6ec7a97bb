"""WordPress shortcodes in text that WordPress itself never rendered.

By WordPress's own rules: ``[tag attributes]``, ``[tag /]``, ``[tag]inner[/tag]``, and ``[[tag]]`` as the way to
print one. Ordinary brackets ("[ISIS]", "[sic]") look the same, so a bracket counts as a shortcode only with
attributes, with a closing tag, or with a tag that WordPress and its common plugins use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.text.spans import Span

# Tags of WordPress itself and of plugins whose output everybody has met.
KNOWN = frozenset(
    {
        "audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption", "youtube", "vimeo",
        "tweet", "twitter", "soundcloud", "instagram", "facebook", "contact-form", "contact-form-7",
        "slideshow", "polldaddy", "googlemaps", "vc_row", "vc_column", "vc_column_text", "et_pb_section",
        "et_pb_row", "et_pb_column", "et_pb_text", "su_quote", "su_button", "toc", "more-link", "adrotate",
        "ad", "related_posts", "wp_ad_camp", "print_link", "addtoany", "social_share", "sharethis", "nextpage"
    }
)  # fmt: skip
_OPENING = re.compile(r"\[(\[?)([A-Za-z][\w-]*)(?![\w-])([^\]\[/]*(?:/(?!\])[^\]\[/]*)*?)(/?)\](\]?)")
_ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”|”([^”]*)”|‘([^’]*)’|&quot;(.*?)&quot;|([^\s"']+))(?=\s|$)"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcode:
    """A shortcode where it stands. ``inner`` covers what its two tags enclose, None when it encloses nothing.

    ``escaped`` says that it is written with doubled brackets and stands for itself with single ones.
    """

    tag: str
    attributes: dict[str, str]
    span: Span
    inner: Span | None = None
    escaped: bool = False


def find_shortcodes(text: str) -> tuple[Shortcode, ...]:
    """Return the outermost shortcodes of ``text`` in order; one inside another is found by looking again."""
    found: list[Shortcode] = []
    at = 0
    while opening := _OPENING.search(text, at):
        shortcode = _shortcode(text, opening)
        if shortcode:
            found.append(shortcode)
        at = shortcode.span.end if shortcode else opening.start() + 1
    return tuple(found)


def _shortcode(text: str, opening: re.Match[str]) -> Shortcode | None:
    tag = opening[2]
    attributes = _attributes(opening[3])
    if opening[1] and opening[5]:
        known = bool(attributes) or tag.lower() in KNOWN
        return Shortcode(tag=tag, attributes=attributes, span=Span(*opening.span()), escaped=True) if known else None
    start, end = opening.start() + len(opening[1]), opening.end() - len(opening[5])
    closing = None if opening[4] else _closing(text, tag, end)
    if closing:
        if opening[1] and text[closing.end() : closing.end() + 1] == "]":
            span = Span(opening.start(), closing.end() + 1)
            return Shortcode(tag=tag, attributes=attributes, span=span, inner=Span(end, closing.start()), escaped=True)
        span = Span(start, closing.end())
        return Shortcode(tag=tag, attributes=attributes, span=span, inner=Span(end, closing.start()))
    # A bare unknown tag is somebody's brackets; a bare known one is not, unless other words stand in them too.
    if not attributes and (tag.lower() not in KNOWN or (opening[3].strip() and not opening[4])):
        return None
    return Shortcode(tag=tag, attributes=attributes, span=Span(start, end))


def _closing(text: str, tag: str, start: int) -> re.Match[str] | None:
    """Return the closing tag. Like WordPress, the first one counts: a tag does not nest in itself."""
    return re.compile(rf"\[/{re.escape(tag)}\]", re.IGNORECASE).search(text, start)


def _attributes(said: str) -> dict[str, str]:
    """Return named attributes, names in lower case. Quotes may be straight, single, curly or escaped."""
    return {
        found[1].lower(): next((value for value in found.groups()[1:] if value is not None), "")
        for found in _ATTRIBUTE.finditer(said.replace("\u00a0", " "))
    }
