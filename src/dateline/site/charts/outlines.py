"""The states of the world as geo-intel-offline ships them (Natural Earth 1:10m), and how to thin their outlines."""

from __future__ import annotations

import gzip
import json
from array import array
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby, pairwise
from typing import Any

import geo_intel_offline

from dateline.site.derived import kept

Point = tuple[float, float]
_STEPS = 50  # to a degree: 2 km is the finest a map shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A piece of a state's land: longitudes and latitudes in turn, in fiftieths of a degree."""

    line: array[int]
    west: float
    south: float
    east: float
    north: float

    def points(self, degrees: float = 0.0) -> list[Point]:
        """Return (longitude, latitude) around the piece, ending where it began; of points so near each other, one."""
        step = max(1, int(degrees * _STEPS))
        cells = [round(number / step) for number in self.line] if step > 1 else self.line
        size = step / _STEPS
        return [(lon * size, lat * size) for (lon, lat), _ in groupby(zip(cells[::2], cells[1::2], strict=True))]


@cache
def outlines() -> tuple[Outline, ...]:
    """Return all land. From the package's own file, that takes half a second."""
    lines: list[list[int]] = json.loads(kept("outlines", _lines))
    return tuple(_outline(array("h", line)) for line in lines)


def _outline(line: array[int]) -> Outline:
    across, up = line[::2], line[1::2]
    return Outline(
        line=line,
        west=min(across) / _STEPS,
        south=min(up) / _STEPS,
        east=max(across) / _STEPS,
        north=max(up) / _STEPS,
    )


def _lines() -> bytes:
    """Return the lines of all land as JSON, read from the package's file."""
    packed = (files(geo_intel_offline) / "data" / "polygons.json.gz").read_bytes()
    states: dict[str, dict[str, Any]] = json.loads(gzip.decompress(packed))
    rings = (ring for state in states.values() for ring in state.get("exteriors") or [state["exterior"]])
    lines = (_line(ring) for ring in rings)
    return json.dumps([line for line in lines if len(line) > 6]).encode()


def _line(ring: list[list[float]]) -> list[int]:
    line = [(round(lon * _STEPS), round(lat * _STEPS)) for lat, lon in [*ring, ring[0]]]
    return [number for point, _ in groupby(line) for number in point]


def thinned(points: list[Point], within: float) -> list[Point]:
    """Leave out points that lie within so much of the line without them (Douglas and Peucker).

    The middle point stays, for a line that ends where it began has no other two to measure from.
    """
    if len(points) < 3:
        return points
    middle = len(points) // 2
    keep = {0, middle, len(points) - 1}
    spans = [(0, middle), (middle, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        furthest, most = 0, within
        (x0, y0), (x1, y1) = points[first], points[last]
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        for at in range(first + 1, last):
            x, y = points[at]
            off = abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / length if length else abs(x - x0) + abs(y - y0)
            if off > most:
                furthest, most = at, off
        if furthest:
            keep.add(furthest)
            spans += [(first, furthest), (furthest, last)]
    return [points[at] for at in sorted(keep)]


def clipped(points: list[Point], low: Point, high: Point) -> list[Point]:
    """Cut a closed line to a box; it runs along the box's sides where it was outside (Sutherland and Hodgman)."""
    for axis, limit, sign in ((0, low[0], 1), (0, high[0], -1), (1, low[1], 1), (1, high[1], -1)):
        kept: list[Point] = []
        for one, two in pairwise([points[-1], *points] if points else []):
            inside = [(point[axis] - limit) * sign >= 0 for point in (one, two)]
            if inside[0] != inside[1]:
                share = (limit - one[axis]) / (two[axis] - one[axis])
                kept.append((one[0] + share * (two[0] - one[0]), one[1] + share * (two[1] - one[1])))
            if inside[1]:
                kept.append(two)
        points = kept
    return points
