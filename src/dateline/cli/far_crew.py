"""Taking in with the workers of an engine: they clean and read, this process files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dateline.clean.arrivals import Arrived
from dateline.cli.cluster import Engine, NoWorker, Promise
from dateline.cli.read_part import Pile, arrive
from dateline.story import Item

_CHUNK = 25  # items that are handed over at once: a second or two of work
_FILED = 500  # items in a batch, about


@dataclass(frozen=True, slots=True, kw_only=True)
class FarCrew:
    """The workers of ``cluster``, who clean and, if ``reading``, read."""

    cluster: Engine
    reading: bool

    @property
    def ahead(self) -> int:
        """How many batches may be given to clean before the first of them is taken back: enough for every worker."""
        return 1 + 3 * self.cluster.workers * _CHUNK // _FILED

    def clean(self, items: Sequence[Item], *, now: datetime) -> list[Pending]:
        """Return what will hold what became of the items, in their order."""
        chunks = [tuple(items[at : at + _CHUNK]) for at in range(0, len(items), _CHUNK)]
        return [
            Pending(
                promise=self.cluster.give(arrive, Pile(items=chunk, now=now, reading=self.reading)), count=len(chunk)
            )
            for chunk in chunks
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """``count`` items that a worker has."""

    promise: Promise[list[Arrived]]
    count: int

    def result(self) -> list[Arrived]:
        """Wait for them. Items that every worker died of are refused, and so kept and told."""
        try:
            return self.promise.result()
        except NoWorker as error:
            return [("worker-died", f"its workers died: {error}")] * self.count
