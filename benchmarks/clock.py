"""Time and memory of a piece of work."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable


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
