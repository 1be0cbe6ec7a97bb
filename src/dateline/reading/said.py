"""What a rule found in its place: the match, where the story stands in time, and the value it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from dateline.reading.shapes import Shapes

Tense = Literal["past", "future", "unknown"]


class Value(NamedTuple):
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    clock: Literal["stated", "dateline", "moment", "none"] = "stated"


@dataclass(frozen=True, slots=True)
class Said:
    """A match in its place. ``day`` is the story's own date, ``before`` the value of the date said last, and
    ``since`` what stands between it and this one. ``told`` is the year that a narrative of several dates in a row has
    come to.
    """

    way: str
    groups: dict[str, str]
    text: str
    shapes: Shapes
    day: date | None
    tense: Tense
    before: str | None
    since: str = ""
    told: int | None = None

    def has(self, slot: str) -> bool:
        return bool(self.groups.get(slot))

    def of(self, slot: str) -> str | int | float:
        value: str | int | float = self.shapes.value(slot, self.groups[slot])
        return value

    def whole(self, slot: str) -> int:
        return int(self.of(slot))


def number(said: Said) -> float | None:
    """Return the number said, in digits or words ("2 1/2", "twenty-four", "a hundred"), None when it is none.

    A unit without a number is one of it.
    """
    if said.has("quantity"):
        return float(said.of("quantity"))
    if not said.has("number"):
        return 1.0
    spoken = said.groups["number"].casefold()
    if spoken[0].isdigit():
        whole, *part = spoken.replace(",", "").split()
        above, _, below = "".join(part).partition("/")
        return float(whole) + (int(above) / int(below) if below.strip("0") else 0)
    known = said.shapes.slots["number"]
    if (phrase := " ".join(spoken.split())) in known:
        return float(known[phrase])
    total = current = 0.0
    for word in re.findall(r"[^\W\d_]+", spoken):
        value = known.get(word)
        if value is None:
            continue
        if value >= 100:
            current = max(current, 1) * value
            if value >= 1000:
                total, current = total + current, 0.0
        else:
            current += value
    return total + current or None
