"""The terminal: the only place that knows of colours and progress bars."""

from __future__ import annotations

from collections.abc import Iterable
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


def progress(things: Iterable[T], *, total: int, label: str) -> Iterable[T]:
    """Yield ``things`` behind a progress bar (none where the output is no terminal)."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        yield from bar.track(things, total=total, description=label)
