"""WordPress shortcodes that leaked into text: captions become figures, the rest is taken out and listed."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from dateline.clean.page_text import PICTURE
from dateline.story import Figure
from dateline.text.captions import split_caption
from dateline.text.labels import find_label
from dateline.text.offsets import Patch
from dateline.text.shortcodes import Shortcode, find_shortcodes
from dateline.text.spans import Span

_CAPTIONS = frozenset({"caption", "wp_caption"})
# What these enclose is an address or a list of files, never words of the story.
_MEDIA = frozenset({"audio", "embed", "gallery", "playlist", "video", "youtube", "vimeo", "tweet", "soundcloud"})
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """One mending of a shortcode: its ``patch``, the ``kind`` and ``rule`` of the Repair, the ``figure`` it was."""

    kind: str
    rule: str
    patch: Patch
    figure: Figure | None = None


def find_leaks(text: str, pictures: tuple[Figure, ...]) -> tuple[Leak, ...]:
    """Return the mendings that ``text`` needs, in order, none overlapping.

    ``pictures`` are those that stand in the text as U+FFFC, in order.
    """
    return tuple(leak for shortcode in find_shortcodes(text) for leak in _leaks(text, shortcode, pictures))


def _leaks(text: str, shortcode: Shortcode, pictures: tuple[Figure, ...]) -> list[Leak]:
    span, tag = shortcode.span, shortcode.tag
    if shortcode.escaped:
        rule = "doubled brackets are how WordPress prints a shortcode as it stands: one pair was taken off"
        return [Leak(kind="escaped-shortcode", rule=rule, patch=Patch(span, span.of(text)[1:-1]))]
    if tag.lower() in _CAPTIONS and (shortcode.inner is not None or "caption" in shortcode.attributes):
        return _caption(text, shortcode, pictures)
    if shortcode.inner is None:
        rule = f"[{tag}] is no shortcode that is rendered here: it was taken out and is kept in this list"
        return [Leak(kind="unknown-shortcode", rule=rule, patch=Patch(span, ""))]
    if tag.lower() in _MEDIA:
        rule = f"[{tag}] holds the address of a medium, no words: it was taken out and is kept in this list"
        return [Leak(kind="unknown-shortcode", rule=rule, patch=Patch(span, ""))]
    rule = f"the markup of [{tag}] was taken out and is kept in this list; the text it encloses stays"
    return _unwrapped(text, shortcode, pictures, "unknown-shortcode", rule)


def _unwrapped(text: str, shortcode: Shortcode, pictures: tuple[Figure, ...], kind: str, rule: str) -> list[Leak]:
    """Take out the two tags and look again at what they enclose."""
    span = shortcode.span
    inner = Span(span.end, span.end) if shortcode.inner is None else shortcode.inner
    within = pictures[text.count(PICTURE, 0, inner.start) :] if pictures else ()
    return [
        Leak(kind=kind, rule=rule, patch=Patch(Span(span.start, inner.start), "")),
        *(
            Leak(kind=leak.kind, rule=leak.rule, patch=_shifted(leak.patch, inner.start), figure=leak.figure)
            for leak in find_leaks(inner.of(text), within)
        ),
        Leak(kind=kind, rule=rule, patch=Patch(Span(inner.end, span.end), "")),
    ]


def _caption(text: str, shortcode: Shortcode, pictures: tuple[Figure, ...]) -> list[Leak]:
    """Do what WordPress does with a caption; without a width it prints what the tags enclose and nothing else."""
    tag, figure = shortcode.tag, _figure(text, shortcode, pictures)
    if not figure.caption and not figure.credit and figure.missing:
        rule = f"a [{tag}] shortcode without words and without an image was taken out"
        return [Leak(kind="caption-shortcode", rule=rule, patch=Patch(shortcode.span, ""))]
    if not re.match(r"\s*[1-9]", shortcode.attributes.get("width", "")) and shortcode.inner is not None:
        rule = f"a [{tag}] shortcode without a width: like WordPress, its tags were taken out and its text stays"
        return _unwrapped(text, shortcode, pictures, "caption-shortcode", rule)
    lost = "; its image did not survive" if figure.missing else ""
    rule = f"a [{tag}] shortcode that was never rendered became a figure: its text is the figure's caption{lost}"
    patch = Patch(shortcode.span, f"\n\n{PICTURE}\n\n")
    return [Leak(kind="caption-shortcode", rule=rule, patch=patch, figure=figure)]


def _shifted(patch: Patch, by: int) -> Patch:
    return Patch(patch.span.shifted(by), patch.after)


def _figure(text: str, shortcode: Shortcode, pictures: tuple[Figure, ...]) -> Figure:
    """Read a caption by WordPress's rules: an old one holds its words in an attribute, a new one after the image."""
    inner = "" if shortcode.inner is None else shortcode.inner.of(text)
    image: Figure | None = None
    if pictures and PICTURE in inner and shortcode.inner is not None:
        image = pictures[text.count(PICTURE, 0, shortcode.inner.start)]
    elif found := _IMAGE.search(inner):
        image = _image(found[0])
    words = shortcode.attributes.get("caption") or _MARKUP.sub("", _IMAGE.sub("", inner)).replace(PICTURE, "")
    words = " ".join(html.unescape(words).split())
    label = find_label(words)
    if label and label.kind in ("image", "photo", "picture"):
        words = label.value.of(words)
    caption, credit = split_caption(words)
    width = re.match(r"\d+", shortcode.attributes.get("width", ""))
    return Figure(
        url=image.url if image else None,
        alt=image.alt if image else None,
        height=image.height if image else None,
        caption=caption,
        credit=credit,
        width=(int(width[0]) if width else 0) or (image.width if image else None) or None,
        missing=image is None,
    )


def _image(markup: str) -> Figure:
    given = {
        found[1].lower(): found[2] if found[2] is not None else found[3]
        for found in re.finditer(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", markup)
    }
    width, height = (int(given[side]) if given.get(side, "").isdigit() else None for side in ("width", "height"))
    return Figure(url=given.get("src") or None, alt=given.get("alt") or None, width=width, height=height)
