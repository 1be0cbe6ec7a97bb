"""Time and memory of a piece of work."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


def seconds(work: Callable[[], object], *, rounds: int = 3) -> float:
    """Return the seconds of the fastest of some rounds (process time: waiting does not count)."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def peak() -> float:
    """Return the most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def laps(works: Iterable[Callable[[], object]]) -> list[float]:
    """Return the milliseconds of each piece of work by the clock on the wall, ascending."""
    took = []
    for work in works:
        start = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - start))
    return sorted(took)


@dataclass(frozen=True, slots=True)
class Laps:
    """Milliseconds of pieces of work, ascending: by the clock on the wall, and of the processor."""

    wall: list[float]
    processor: list[float]

    def __str__(self) -> str:
        wall = f"{share(self.wall, 0.5):6.1f} {share(self.wall, 0.95):6.1f} {self.wall[-1]:6.1f}"
        return f"{wall} | {share(self.processor, 0.5):6.1f} {share(self.processor, 0.95):6.1f}"


LAPS = "   p50    p95  worst | processor: p50, p95"


def both_laps(works: Iterable[Callable[[], object]], busy: Callable[[], float] = time.process_time) -> Laps:
    """Return the laps of each piece of work; ``busy`` tells the seconds of processor time spent so far."""
    wall, processor = [], []
    for work in works:
        start, before = time.perf_counter(), busy()
        work()
        processor.append(1000 * (busy() - before))
        wall.append(1000 * (time.perf_counter() - start))
    return Laps(sorted(wall), sorted(processor))


def share(ascending: list[float], of: float) -> float:
    """Return the value that ``of`` (0 to 1) of the measures do not exceed."""
    return ascending[min(len(ascending) - 1, int(of * len(ascending)))]
