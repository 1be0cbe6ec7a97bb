"""Windows on the world and how they lie flat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import cos, log, radians

from dateline.site.charts.outlines import Outline, Point, clipped, outlines, thinned
from dateline.site.derived import kept

WIDE, HIGH = 1000, 500  # units of a map's drawing
_FINEST = 0.8  # units of the drawing, about a pixel: points so near the line between others are left out
HEAVIEST = 16_000  # bytes of the lines of one map
_SPANS = (7.0, 14.0, 28.0, 56.0, 112.0)  # degrees across, at the equator: few, as the first map of each is costly
_WORLD_SOUTH, _WORLD_NORTH = -57.0, 84.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The part of the world a map shows: ``span`` degrees (of the equator) across around a middle, or all of it.

    All of it is drawn in the Natural Earth projection of Patterson and Šavrič, a part of it with
    equal steps along each axis, true to shape at its middle.
    """

    lat: float = 0.0
    lon: float = 0.0
    span: float = 360.0

    @property
    def whole(self) -> bool:
        return self.span >= 360

    def place(self, lat: float, lon: float) -> Point:
        """Return where a point lies, in units of the drawing."""
        if self.whole:
            x, y = _natural(lat, lon)
            low, high = _natural(_WORLD_SOUTH, 0)[1], _natural(_WORLD_NORTH, 0)[1]
            scale = HIGH / (high - low)
            return WIDE / 2 + x * scale, (high - y) * scale
        scale = WIDE / self.span
        return WIDE / 2 + (lon - self.lon) * cos(radians(self.lat)) * scale, HIGH / 2 - (lat - self.lat) * scale

    def holds(self, lat: float, lon: float, margin: float = 0.0) -> bool:
        x, y = self.place(lat, lon)
        return margin <= x <= WIDE - margin and margin <= y <= HIGH - margin


def window(points: Iterable[Point]) -> Window:
    """Return the smallest window (latitude, longitude) points are well inside of.

    Windows come in steps of place and size, so that many maps share the lines of one.
    """
    places = list(points)
    if not places:
        return Window()
    lats, lons = [lat for lat, _ in places], [lon for _, lon in places]
    middle = ((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    for span in _SPANS:
        step = span / 8
        found = Window(
            lat=max(-70.0, min(75.0, round(middle[0] / step) * step)), lon=round(middle[1] / step) * step, span=span
        )
        if all(found.holds(lat, lon, margin=70) for lat, lon in places):
            return found
    return Window()


@lru_cache(maxsize=256)
def land(view: Window) -> str:
    """Return the path of the states in a window."""
    return kept(f"land-{view.lat}-{view.lon}-{view.span}", lambda: _land(view).encode()).decode()


def _land(view: Window) -> str:
    """Draw the states in a window, as fine as its weight allows."""
    rings = [ring for number in range(len(outlines())) if (ring := _seen(number, view))]
    within = _FINEST
    while True:
        rings = [thinned(ring, within) for ring in rings]
        drawn = "".join(_drawn(ring, within) for ring in rings)
        if len(drawn) <= HEAVIEST:
            return drawn
        # Each such step leaves three quarters or less of the weight.
        within *= 1.3 ** max(1, int(log(len(drawn) / HEAVIEST) / 0.3))


def unfold() -> None:
    """Read the outlines and draw the world, which the first map of all would have to wait a second for."""
    outlines()
    land(Window())


def _natural(lat: float, lon: float) -> Point:
    f = radians(lat) ** 2
    across = 0.870700 - 0.131979 * f + f * f * (-0.013791 + f * f * f * (0.003971 - 0.001529 * f))
    up = 1.007226 + f * (0.015085 + f * f * (-0.044475 + 0.028874 * f - 0.005916 * f * f))
    return radians(lon) * across, radians(lat) * up


def _seen(number: int, view: Window) -> list[Point]:
    outline = outlines()[number]
    if not _meets(outline, view) or _is_speck(outline, view.span):
        return []
    if view.whole:
        ring = [view.place(lat, lon) for lon, lat in _points(number, view.span)]
    else:
        # As Window.place does it, for very many points at once.
        up = WIDE / view.span
        across = up * cos(radians(view.lat))
        left, top = WIDE / 2 - view.lon * across, HIGH / 2 + view.lat * up
        ring = [(left + lon * across, top - lat * up) for lon, lat in _points(number, view.span)]
    within = all(-20 <= x <= WIDE + 20 and -20 <= y <= HIGH + 20 for x, y in ring)
    return ring if within else clipped(ring, (-20, -20), (WIDE + 20, HIGH + 20))


def _is_speck(outline: Outline, span: float) -> bool:
    """Say whether a piece of land is too small to be drawn in windows so wide."""
    return (outline.east - outline.west) * (outline.north - outline.south) < 2 * _FINEST * (span / WIDE) ** 2


@cache
def _points(number: int, span: float) -> list[Point]:
    """Return an outline as fine as windows so wide can show it, thinned once for all of them."""
    unit = span / WIDE
    return thinned(outlines()[number].points(unit / 2), unit * _FINEST)


def _meets(outline: Outline, view: Window) -> bool:
    if view.whole:
        return True
    up, across = view.span / 4 + 1, view.span / 2 / cos(radians(view.lat)) + 1
    return (
        outline.west <= view.lon + across
        and outline.east >= view.lon - across
        and outline.south <= view.lat + up
        and outline.north >= view.lat - up
    )


def _drawn(ring: list[Point], within: float) -> str:
    """Return a ring as a path in whole units, nothing when it would be a speck."""
    corners = [(round(x), round(y)) for x, y in ring]
    if not corners or _area(corners) < 2 * within:
        return ""
    x, y = corners[0]
    steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(corners) if (x0, y0) != (x1, y1)]
    return f"M{x} {y}l" + "".join(f"{_next(x, at)}{_next(y, 1)}" for at, (x, y) in enumerate(steps)) + "z"


def _next(number: int, at: int) -> str:
    return f" {number}" if at and number >= 0 else str(number)


def _area(ring: list[tuple[int, int]]) -> float:
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]]))) / 2
