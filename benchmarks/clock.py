"""Time and memory of a piece of work."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Iterable


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


def share(ascending: list[float], of: float) -> float:
    """Return the value that ``of`` (0 to 1) of the measures do not exceed."""
    return ascending[min(len(ascending) - 1, int(of * len(ascending)))]
