"""Places on a map of the world, or of the part of it they lie in, drawn by us: no tiles, no requests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import isfinite, sqrt

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from dateline.site import wording
from dateline.site.charts.chart import (
    DESK,
    TELEPHONE,
    Chart,
    TableCell,
    blank,
    breadth,
    isolated,
    leftward,
    link,
    percent,
    plot,
    shortened,
    spoken,
    tag,
)
from dateline.site.charts.projection import HIGH, WIDE, Window, land, window
from dateline.site.language import gettext as _

MOST = 40
SHRUNK = 0.6  # of a dot on a telephone, as the sheet has it
_LEVEL = 4.0  # pixels from the middle of letters to their foot
_NEAR, _SIZE = 22.0, 12.0  # units within which places are one mark; pixels of the letters
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place with how many findings name it."""

    label: str
    lat: float
    lon: float
    number: int
    href: str


@dataclass(frozen=True, kw_only=True)  # no slots: what is asked of it again and again is kept
class Cluster:
    """Places so near each other that they are one mark. ``x`` and ``y`` are units of the drawing."""

    spots: tuple[Spot, ...]
    x: float
    y: float

    @cached_property
    def number(self) -> int:
        return sum(spot.number for spot in self.spots)

    @cached_property
    def radius(self) -> float:
        return min(14.0, 3 + 1.1 * sqrt(self.number))

    @cached_property
    def label(self) -> str:
        first = shortened(self.spots[0].label, _SIZE, 110)
        more = f" +{wording.digits(len(self.spots) - 1)}" if len(self.spots) > 1 else ""
        return f"{isolated(first)}{more}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """Where words stand, in pixels from their mark; ``half`` of their breadth; ``roomy``: on wide maps only."""

    cluster: Cluster
    dx: float
    dy: float
    half: float
    roomy: bool

    @property
    def side(self) -> int:
        """Tell whether the words begin at the dot's right, 1, end at its left, -1, or stand over or under it, 0."""
        return 0 if self.dy != _LEVEL else 1 if self.dx > 0 else -1

    def box(self, wide: float) -> Box:
        """Return left, top, right and bottom on a map so many pixels wide."""
        scale = wide / WIDE
        x, y = self.cluster.x * scale + self.dx, self.cluster.y * scale + self.dy
        return x - self.half, y - 10, x + self.half, y + 4


def world(name: str, title: str, spots: Iterable[Spot]) -> Chart:
    """Draw places as dots by how often they are named; a dot that stands for several leads to the table."""
    found = [spot for spot in spots if spot.number > 0 and isfinite(spot.lat) and isfinite(spot.lon)]
    found = [spot for spot in found if abs(spot.lat) <= 90 and abs(spot.lon) <= 180]
    found.sort(key=lambda spot: (-spot.number, spot.label, spot.href))
    if not found:
        return blank(name, "world", title)
    shown = found[:MOST]
    view = window((spot.lat, spot.lon) for spot in shown)
    told = ngettext("%(n)s place.", "%(n)s places.", len(found)) % {"n": wording.digits(len(found))}
    if len(found) > MOST:
        told += " " + _("The map shows the %(n)s named most.") % {"n": wording.digits(MOST)}
    return Chart(
        name=name,
        kind="world",
        title=title,
        told=told,
        picture=_drawn(name, view, clusters(shown, view)),
        heads=(_("Place"), _("How often")),
        rows=tuple(
            (TableCell(text=spoken(spot.label), href=spot.href), TableCell(text=wording.digits(spot.number)))
            for spot in shown
        ),
    )


def clusters(spots: list[Spot], view: Window) -> list[Cluster]:
    """Gather spots, which come heaviest first, around the heaviest of their neighbourhood."""
    gathered: list[tuple[float, float, list[Spot]]] = []
    for spot in spots:
        x, y = view.place(spot.lat, spot.lon)
        y = min(max(y, 6.0), HIGH - 6.0)  # a map of the world ends before the poles do
        near = next((each for each in gathered if (each[0] - x) ** 2 + (each[1] - y) ** 2 < _NEAR**2), None)
        if near:
            near[2].append(spot)
        else:
            gathered.append((x, y, [spot]))
    found = [Cluster(spots=tuple(each), x=x, y=y) for x, y, each in gathered]
    return sorted(found, key=lambda each: -each.number)


def letterings(marks: list[Cluster]) -> list[Lettering]:
    """Find room for the words of each mark, the heaviest first: on all maps, else on wide ones, else nowhere."""
    placed: list[Lettering] = []
    for mark in marks:
        choice = next((each for each in _choices(mark) if _fits(each, placed, marks)), None)
        if choice:
            placed.append(choice)
    return placed


def _choices(mark: Cluster) -> Iterator[Lettering]:
    half = breadth(mark.label, _SIZE) / 2
    aside = mark.radius + 4 + half
    above, below = -mark.radius - 6, mark.radius + 13
    spots = (
        *((aside, _LEVEL), (-aside, _LEVEL), (0.0, above), (0.0, below)),
        *((side * 0.7 * aside, high) for high in (above, below) for side in (1, -1)),
    )
    for roomy in (False, True):
        for dx, dy in spots:
            yield Lettering(cluster=mark, dx=dx, dy=dy, half=half, roomy=roomy)


def _fits(choice: Lettering, placed: list[Lettering], marks: list[Cluster]) -> bool:
    """Tell whether words lie within the map and on no other words or dots, at each width they are shown at."""
    for wide in (DESK, 1200.0) if choice.roomy else (TELEPHONE, DESK, 1200.0):
        box, scale = choice.box(wide), wide / WIDE
        if box[0] < 2 or box[2] > wide - 2 or box[1] < 0 or box[3] > wide / 2:
            return False
        if any(_meet(box, other.box(wide)) for other in placed if wide > TELEPHONE or not other.roomy):
            return False
        for mark in marks:
            x, y, r = mark.x * scale, mark.y * scale, mark.radius * (SHRUNK if wide == TELEPHONE else 1)
            if mark is not choice.cluster and _meet(box, (x - r, y - r, x + r, y + r)):
                return False
    return True


def _meet(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _drawn(name: str, view: Window, marks: list[Cluster]) -> SafeString:
    outlines = tag(
        "svg",
        tag("path", class_="land", d=land(view)),
        viewBox=f"0 0 {WIDE} {HIGH}",
        width="100%",
        height="100%",
        aria_hidden="true",
        class_="ground",
    )
    words = {each.cluster: each for each in letterings(marks)}
    return plot(name, outlines, *(_mark(name, mark, words.get(mark)) for mark in marks))


def _mark(name: str, mark: Cluster, words: Lettering | None) -> SafeString:
    """Draw a dot in an inner picture whose zero is the place, for dots keep their size while maps shrink."""
    first = mark.spots[0]
    inside = [tag("circle", class_="spot", r=mark.radius)]
    if words:
        roomy = "roomy" if words.roomy else None
        x = words.side * (mark.radius + 4) if words.side else words.dx
        anchor = ("start" if (words.side > 0) != leftward() else "end") if words.side else "middle"
        inside.append(tag("text", mark.label, class_=roomy, x=x, y=words.dy, text_anchor=anchor))
    spot = tag("svg", *inside, x=percent(100 * mark.x / WIDE), y=percent(100 * mark.y / HIGH))
    if len(mark.spots) == 1:
        return link(first.href, f"{isolated(first.label)}: {wording.digits(mark.number)}", spot)
    more = len(mark.spots) - 1
    said = ngettext("%(place)s and %(n)s place near it", "%(place)s and %(n)s places near it", more) % {
        "place": isolated(first.label),
        "n": wording.digits(more),
    }
    return link(f"#{name}-table", f"{said}: {wording.digits(mark.number)}", spot)
