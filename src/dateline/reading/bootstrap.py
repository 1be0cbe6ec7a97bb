"""How sure a figure is: the bootstrap over stories (drawn again with replacement, the figures made anew each time)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

from dateline.reading.measures import Figures, Measure, Tally

ROUNDS = 1000


def intervals(task: Measure, tallies: Sequence[Tally], *, seed: int, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Return the 95 % interval of each figure, by its path ("source.exact.f"); nothing for fewer than two stories."""
    if len(tallies) < 2:
        return {}
    dice = random.Random(seed)  # noqa: S311 - draws stories, guards nothing
    # By column, so that a draw is one look-up and one sum for each count. Distances, one key each, only tell a median.
    keys = {key for tally in tallies for key in tally if not (isinstance(key, tuple) and key[0] == "km")}
    columns = {key: [tally[key] for tally in tallies] for key in sorted(keys, key=repr)}
    drawn: dict[str, list[float]] = {}
    for _ in range(rounds):
        chosen = itemgetter(*dice.choices(range(len(tallies)), k=len(tallies)))
        sums: Tally = Counter({key: sum(chosen(column)) for key, column in columns.items()})
        for path, value in leaves(task.figures(sums)):
            drawn.setdefault(path, []).append(value)
    # A figure that some draws could not give (a label none of their stories had) is told from those that could.
    return {path: _middle(values) for path, values in drawn.items()}


def leaves(figures: Figures, before: str = "") -> Iterator[tuple[str, float]]:
    """Yield each share with its path; counts and lists are none."""
    for name, value in figures.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{before}{name}.")
        elif isinstance(value, float) and not name.endswith("_km"):
            yield f"{before}{name}", value


def _middle(values: list[Any]) -> list[float]:
    values.sort()
    cut = round(0.025 * len(values))
    return [values[cut], values[-cut - 1]]
