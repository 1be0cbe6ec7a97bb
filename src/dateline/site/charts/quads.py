"""PLOVER's four kinds of deed as marks: round is cooperation, pointed conflict; hollow is said, filled is done."""

from __future__ import annotations

from django.utils.safestring import SafeString

from dateline.site import wording
from dateline.site.charts.chart import spoken, tag

QUADS = (1, 2, 3, 4)


def shape(quad: int) -> SafeString:
    """Return the mark of a quad class, nine pixels across around its own zero."""
    if quad in (1, 2):
        return tag("circle", class_=f"q{quad}", r=4)
    return tag("path", class_=f"q{quad}", d="M0-5 5 0 0 5-5 0z")


def name(quad: int) -> str:
    return spoken(wording.quad(quad))


def legend(quads: list[int]) -> tuple[tuple[str, SafeString], ...]:
    return tuple((name(quad), _key(shape(quad))) for quad in quads)


def swatches(quads: list[int]) -> tuple[tuple[str, SafeString], ...]:
    """Return the keys of bars: their pattern tells what is done from what is said."""
    return tuple((name(quad), _key(tag("rect", class_=f"q{quad}", x=-5, y=-5, width=10, height=10))) for quad in quads)


def _key(mark: SafeString) -> SafeString:
    return tag("svg", mark, class_="sign", viewBox="-7 -7 14 14", width=14, height=14, aria_hidden="true")
