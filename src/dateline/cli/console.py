"""The terminal: the only place that knows of colours and progress bars."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

T = TypeVar("T")

out = Console(markup=False, highlight=False, soft_wrap=True, emoji=False)
err = Console(stderr=True, markup=False, highlight=False, soft_wrap=True, emoji=False)


def complain(line: str) -> None:
    """Print one line of error."""
    err.print("dateline:", line, style="red")


def tell(line: str) -> None:
    """Print one plain line."""
    out.print(line)


def number_of(number: int, thing: str, things: str) -> str:
    """Return ``1 story``, ``2 stories``."""
    return f"{number:,} {thing if number == 1 else things}"


def progress(things: Iterable[T], *, total: int, label: str) -> Iterable[T]:
    """Yield ``things`` behind a progress bar (none where the output is no terminal)."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        yield from bar.track(things, total=total, description=label)


class Count:
    """How many so far."""

    def __init__(self, shown: Callable[[int], None]) -> None:
        self.total = 0
        self._shown = shown

    def __call__(self, more: int) -> None:
        self.total += more
        self._shown(self.total)


@contextmanager
def counting(label: str) -> Iterator[Count]:
    """Count things whose number nobody knows beforehand, behind a bar (none where the output is no terminal)."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,.0f}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(label, total=None)
        yield Count(lambda total: bar.update(task, completed=total))
