"""Who deals with one: the others around it, each tied to it by how much and in what spirit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from dateline.site import wording
from dateline.site.charts.chart import (
    Chart,
    TableCell,
    blank,
    breadth,
    isolated,
    leftward,
    link,
    plot,
    shortened,
    spoken,
    tag,
)
from dateline.site.language import gettext as _

MOST = 20
WIDE, SIZE = 400.0, 13.0  # units, which on a telephone are about 0.9 pixels each; the letters
_ROW, _ROOM = 35.0, 138.0  # the height of one of a side, what its name may take of the width


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Another one, with how many findings tie it to the one in the middle; of these so many events of each kind."""

    label: str
    number: int
    href: str
    cooperation: int = 0
    conflict: int = 0

    @property
    def spirit(self) -> str:
        """Tell whether two thirds of the events are of one kind."""
        events = self.cooperation + self.conflict
        if not events:
            return "plain"
        if 3 * self.cooperation >= 2 * events:
            return "warm"
        return "cold" if 3 * self.conflict >= 2 * events else "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoke:
    """Where one of the others stands, and the box of its words: x, y, width, height."""

    tie: Tie
    x: float
    y: float
    outward: int
    words: str
    box: tuple[float, float, float, float]


def network(name: str, title: str, middle: str, ties: Iterable[Tie]) -> Chart:
    """Draw up to twenty others around ``middle``, the heaviest at the top, by turns on one side and the other."""
    found = sorted((tie for tie in ties if tie.number > 0), key=lambda tie: (-tie.number, tie.label, tie.href))[:MOST]
    if not found:
        return blank(name, "network", title)
    told = ngettext(
        "%(n)s other, by how often both are named.", "%(n)s others, by how often both are named.", len(found)
    )
    rows = [
        (
            TableCell(text=spoken(tie.label), href=tie.href),
            *(TableCell(text=wording.digits(number)) for number in (tie.number, tie.cooperation, tie.conflict)),
        )
        for tie in found
    ]
    shown = [spirit for spirit in _words() if any(tie.spirit == spirit for tie in found)]
    return Chart(
        name=name,
        kind="network",
        title=title,
        told=told % {"n": wording.digits(len(found))},
        picture=_drawn(name, middle, found),
        heads=(_("With whom"), _("In all"), _("Cooperation"), _("Conflict")),
        rows=tuple(rows),
        legend=tuple((_words()[spirit], _key(spirit)) for spirit in shown),
    )


def _words() -> dict[str, str]:
    return {
        "warm": _("mostly cooperation"),
        "cold": _("mostly conflict"),
        "mixed": _("both"),
        "plain": _("no deeds between them"),
    }


def spokes(ties: list[Tie]) -> list[Spoke]:
    """Return where each stands: on two sides of a ring, in rows of their own, so that no name meets another."""
    high, placed = height(ties), []
    for at, tie in enumerate(ties):
        side = 1 if (at % 2 == 0) != leftward() else -1
        rows = (len(ties) + 1 - at % 2) // 2
        y = high / 2 + (at // 2 - (rows - 1) / 2) * _ROW
        bend = ((y - high / 2) / (high / 2)) ** 2
        x = WIDE / 2 + side * (WIDE / 2 - _ROOM) * (1 - bend) ** 0.5 if high > _ROW * 2 else WIDE / 2 + side * 70
        words = shortened(tie.label, SIZE, _ROOM - 14 + abs(WIDE / 2 + side * (WIDE / 2 - _ROOM) - x))
        wide = max(breadth(words, SIZE), breadth(wording.digits(tie.number), 11.0))
        start = x + side * 13 - (wide if side < 0 else 0)
        placed.append(Spoke(tie=tie, x=x, y=y, outward=side, words=words, box=(start, y - 12, wide, 30)))
    return placed


def height(ties: list[Tie]) -> float:
    return max(130.0, (len(ties) + 1) // 2 * _ROW + 24)


def _drawn(name: str, middle: str, ties: list[Tie]) -> SafeString:
    high, most = height(ties), max(tie.number for tie in ties)
    placed = spokes(ties)
    lines = [
        tag(
            "path",
            class_=f"tie {each.tie.spirit}",
            d=f"M{WIDE / 2:g} {high / 2:g}L{each.x:.0f} {each.y:.0f}",
            stroke_width=1 + 5 * (each.tie.number / most) ** 0.5,
        )
        for each in placed
    ]
    marks = [_mark(each, most) for each in placed]
    words = shortened(middle, SIZE, 150)
    wide = breadth(words, SIZE) + 18
    hub = [
        tag("rect", class_="hub", x=WIDE / 2 - wide / 2, y=high / 2 - 14, width=wide, height=28, rx=3),
        tag("text", isolated(words), class_="hub", x=WIDE / 2, y=high / 2 + 5, text_anchor="middle"),
    ]
    return plot(name, *lines, *hub, *marks, viewBox=f"0 0 {WIDE:g} {high:g}")


def _mark(each: Spoke, most: int) -> SafeString:
    tie = each.tie
    # An anchor is a side of the line of writing, the side of the ring is one of the picture.
    anchor = "end" if (each.outward < 0) != leftward() else "start"
    x = each.x + each.outward * 13
    return link(
        tie.href,
        f"{isolated(tie.label)}: {wording.digits(tie.number)}, {_words()[tie.spirit]}",
        tag("circle", class_=f"node {tie.spirit}", cx=each.x, cy=each.y, r=4 + 5 * (tie.number / most) ** 0.5),
        tag("text", isolated(each.words), x=x, y=each.y + 1, text_anchor=anchor),
        tag("text", wording.digits(tie.number), class_="soft", x=x, y=each.y + 15, text_anchor=anchor),
    )


def _key(spirit: str) -> SafeString:
    line = tag("path", class_=f"tie {spirit}", d="M0 7H28", stroke_width=3)
    return tag("svg", line, class_="sign", viewBox="0 0 28 14", width=28, height=14, aria_hidden="true")
