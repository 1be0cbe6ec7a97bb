"""Bulk reading: two workers of an engine beside one, and beside two processes of our own, each in turn.

What is paid once (the engine's start, the models) is left out of the ratios and told beside them.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from benchmarks.processes import Family
from benchmarks.reading import samples, vary
from dateline.cli.bulk import Tables, table_part
from dateline.cli.cluster import Engine
from dateline.cli.parts import Part, parts_of

STORIES = 600
WORDS = 400
ROUNDS = 3
_SIZE = 20  # stories in a part: small, so that two workers end together
Work = Callable[[list[Part]], int]


def run(folder: Path | None, *, stories: int = STORIES) -> None:
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "stories.jsonl"
        path.write_text("".join(_lines(stories)), "utf-8")
        parts = list(parts_of(path, key="", size=_SIZE))
    print(
        f"{stories} stories of {WORDS} words; {os.cpu_count()} processors, {os.getloadavg()[0]:.1f} of them busy before"
    )
    ways = {"engine, 1 worker": _engine(1), "engine, 2 workers": _engine(2), "2 processes of our own": _own(2)}
    told: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            told[name].append(_measured(name, way, parts, stories))
    one, two, own = ([at for at, _ in each] for each in told.values())
    spent = [statistics.median(cost for _, cost in each) for each in told.values()]
    print(f"2 workers: {_middle(one, two):.2f} × one (at least 1.8 ×); ", end="")
    print(f"engine: {_middle(two, own) - 1:+.1%} over processes of our own (at most 10 %), by the clock on the wall")
    print(f"by processor time: {2 * spent[0] / spent[1]:.2f} ×, {spent[1] / spent[2] - 1:+.1%}")


def _middle(some: list[float], others: list[float]) -> float:
    """Return the middle of the ratios of the rounds."""
    return statistics.median(one / other for one, other in zip(some, others, strict=True))


def _measured(name: str, way: Callable[[], object], parts: list[Part], stories: int) -> tuple[float, float]:
    """Return the seconds by the clock and of processor time, of this process and all that it started."""
    before = time.perf_counter()
    with way() as work:  # type: ignore[attr-defined]
        start, spent = time.perf_counter(), Family(os.getpid()).spent()
        count = work(parts)
        took, cost = time.perf_counter() - start, Family(os.getpid()).spent() - spent
    assert count == stories, f"{name}: {count} of {stories}"
    print(f"  {name}: {took:.1f} s, {cost:.1f} s of processor time; started in {start - before:.1f} s")
    return took, cost


def _engine(workers: int) -> Callable[[], object]:
    @contextmanager
    def way() -> Iterator[Work]:
        with Engine(f"local:{workers}") as cluster:

            def work(parts: list[Part]) -> int:
                return sum(_count(made) for _, made in cluster.each(table_part, parts, in_order=False))

            work(_warming(workers))
            yield work

    return way


def _own(processes: int) -> Callable[[], object]:
    @contextmanager
    def way() -> Iterator[Work]:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:

            def work(parts: list[Part]) -> int:
                return sum(_count(made) for made in pool.map(table_part, parts))

            work(_warming(processes))
            yield work

    return way


def _warming(workers: int) -> list[Part]:
    """Return a part for each worker, by which it loads the models: that takes long enough for each to take one."""
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "some.jsonl"
        path.write_text("".join(_lines(2 * workers)), "utf-8")
        return list(parts_of(path, key="", size=2))


def _count(made: Tables | Exception) -> int:
    if isinstance(made, Exception):
        raise made
    return made.count


def _lines(count: int) -> Iterator[str]:
    own = samples()
    for number in range(count):
        dice = random.Random(number)
        text = ""
        while len(text.split()) < WORDS:
            text += "\n\n" * bool(text) + vary(dice.choice(own), dice).text
        words = [found for found in text.split(" ") if found][:WORDS]
        yield json.dumps({"id": str(number), "text": " ".join(words), "published": "2015-05-12"}) + "\n"
