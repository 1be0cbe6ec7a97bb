"""Figures of a body and figures of its metadata: one list, each picture once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from dateline.clean.wording import plain
from dateline.story import Figure
from dateline.text.captions import split_caption
from dateline.text.urls import is_address

# Sizes and crops that one picture has in its name: "-800x533", "_1200", "@2x", "-scaled".
_SIZE = re.compile(
    r"(?:[-_](?:\d{2,4}x\d{2,4}|\d{3,4}w?|scaled|large|medium|small|thumb)|@\dx)+(?=\.\w+$|$)", re.IGNORECASE
)


def merged(inside: Iterable[Figure], beside: Iterable[Figure], *, paragraphs: int) -> tuple[Figure, ...]:
    """Return the body's figures and those of its metadata that the body does not show, in order of place.

    What the body does not say of a picture its metadata may. Metadata's words are the source's own and are tidied here.
    """
    shown: list[Figure] = list(inside)
    for other in map(_tidied, beside):
        if other.url is None and other.caption is None:
            continue
        twin = next((number for number, each in enumerate(shown) if _same(each, other)), None)
        if twin is None:
            shown.append(replace(other, after=min(other.after, paragraphs)))
        else:
            shown[twin] = _filled(shown[twin], other)
    return tuple(sorted(shown, key=lambda figure: figure.after))


def _tidied(figure: Figure) -> Figure:
    caption, credit = plain(figure.caption), plain(figure.credit)
    if caption and credit is None:
        caption, credit = split_caption(caption)
    # Only an address of the web is shown: what else stands in a field ("javascript:…") is none.
    url = figure.url.strip() if figure.url and is_address(figure.url) else None
    return replace(figure, url=url, caption=caption, credit=credit, alt=plain(figure.alt), missing=url is None)


def _same(one: Figure, other: Figure) -> bool:
    return bool(one.url and other.url) and _name(one.url or "") == _name(other.url or "")


def _name(url: str) -> str:
    """Return what stays of a picture's address when its size is taken off."""
    try:
        path = urlsplit(url).path
    except ValueError:
        path = url
    return _SIZE.sub("", path.rpartition("/")[2].lower())


def _filled(figure: Figure, other: Figure) -> Figure:
    return replace(
        figure,
        caption=figure.caption or other.caption,
        credit=figure.credit or other.credit,
        alt=figure.alt or other.alt,
        width=figure.width or other.width,
        height=figure.height or other.height,
    )
