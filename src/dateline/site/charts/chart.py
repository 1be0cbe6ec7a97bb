"""What all charts are made of: a picture, the table that says the same, and safe markup."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from math import isfinite

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from dateline.site.language import direction, speech

TELEPHONE, DESK = 330.0, 660.0  # pixels a picture is wide on a telephone, and at least where there is room
HEAVIEST = 40_000  # bytes of a picture, before compression
_UNSAID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_OURS = re.compile(r"[#?]|/(?!/)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A cell of the table beside a chart."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawn chart. ``name`` is its id in the page, ``told`` what it shows in a sentence; no picture: nothing yet."""

    name: str
    kind: str
    title: str
    told: str
    picture: SafeString
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[TableCell, ...], ...] = ()
    legend: tuple[tuple[str, SafeString], ...] = ()


def blank(name: str, kind: str, title: str) -> Chart:
    return Chart(name=name, kind=kind, title=title, told="", picture=SafeString(""))


def tag(element: str, *inside: object, **attributes: object) -> SafeString:
    """Write an element. Text inside is escaped, markup of ours is not; ``class_`` is class, ``aria_label`` aria-label.

    An attribute that is None is left out. Raises ValueError for a number that is none, so that no chart says "nan".
    """
    told = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    within = "".join(part if isinstance(part, SafeString) else escape(_value(part)) for part in inside)
    # Every part has just been escaped, or is markup that went through here.
    return mark_safe(f"<{element}{told}>{within}</{element}>" if within else f"<{element}{told}/>")  # noqa: S308


def link(href: str, said: str, *inside: SafeString, **attributes: object) -> SafeString:
    """Write a mark of a picture: a link within this site, with what it stands for as its name."""
    return tag("a", tag("title", said), *inside, href=ours(href), **attributes)


def ours(href: str) -> str:
    if not _OURS.match(href):
        raise ValueError(f"a chart links within the site only, not to {href!r}")
    return href


def plot(name: str, *inside: SafeString, **attributes: object) -> SafeString:
    """Write the outermost element. Its links can be reached one by one, so it is a group and no single image."""
    labelled = {"role": "group", "aria_labelledby": f"{name}-t", "aria_describedby": f"{name}-d"}
    return tag("svg", *inside, class_="plot", **labelled, **attributes)


def across(share: float, *, margin: float = 2.0) -> str:
    """Return a place along the line of writing, 0 to 1 between two margins, in percent of the width."""
    share = 1 - share if leftward() else share
    return percent(margin + share * (100 - 2 * margin))


def percent(value: float) -> str:
    return f"{_value(value)}%"


def leftward() -> bool:
    """Tell whether the active language runs from right to left."""
    return direction(language=speech()) == "rtl"


def spoken(text: str) -> str:
    """Return a name out of the news as one clean line that cannot turn the line it stands in."""
    return " ".join(_TURNING.sub("", _UNSAID.sub(" ", text)).split())


def isolated(text: str) -> str:
    return f"\u2068{spoken(text)}\u2069"


def breadth(text: str, size: float) -> float:
    """Return about how many pixels a text of ``size`` pixels is wide: never less than it is, seldom much more."""
    ems = 0.0
    for char in text:
        if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn"):
            continue
        ems += 1.0 if unicodedata.east_asian_width(char) in "WF" else 0.74 if char.isupper() else 0.59
    return ems * size


def shortened(text: str, size: float, most: float) -> str:
    """Cut a name to so many pixels."""
    text = spoken(text)
    if breadth(text, size) <= most:
        return text
    while text and breadth(text + "…", size) > most:
        text = text[:-1]
    return text.rstrip() + "…"


def _value(value: object) -> str:
    if isinstance(value, float):
        if not isfinite(value):
            raise ValueError(f"a chart draws numbers only, not {value}")
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return _UNSAID.sub(" ", str(value))
