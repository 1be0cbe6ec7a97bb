"""Cleaning by several processes: this one, and others that it hands items to."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from dateline.clean.arrivals import Arrived, arrivals
from dateline.story import Item

_CHUNK = 50  # items that are handed over at once
_HELD = 50_000  # objects
_AHEAD = 6  # chunks that lie ready for each process: more than it cleans while a batch is filed


def collect_rarely() -> None:
    """Have this process look for cycles of garbage rarely: a batch is many objects, all of them in use until it ends.

    Looking through them again and again takes a sixth of the time of taking in.
    """
    gc.set_threshold(_HELD)


class Crew:
    """``jobs`` processes that clean, this one among them; the others end with the ``with``."""

    def __init__(self, jobs: int) -> None:
        self._others = jobs - 1
        # "spawn": a fork would share this process's connection to the archive.
        context = get_context("spawn")
        self._pool = (
            ProcessPoolExecutor(self._others, mp_context=context, initializer=collect_rarely) if jobs > 1 else None
        )
        self._waiting: list[Future[list[Arrived]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    @property
    def ahead(self) -> int:
        """How many batches may be given to clean before the first of them is taken back."""
        return 2 if self._pool else 0

    def clean(self, items: Sequence[Item], *, now: datetime) -> list[Future[list[Arrived]]]:
        """Return what will hold what became of the items, in their order."""
        return [self._hand_over(items[at : at + _CHUNK], now) for at in range(0, len(items), _CHUNK)]

    def _hand_over(self, items: Sequence[Item], now: datetime) -> Future[list[Arrived]]:
        self._waiting = [each for each in self._waiting if not each.done()]
        if self._pool is not None and len(self._waiting) < _AHEAD * self._others:
            given = self._pool.submit(arrivals, items, now=now)
            self._waiting.append(given)
            return given
        done: Future[list[Arrived]] = Future()
        done.set_result(arrivals(items, now=now))
        return done
