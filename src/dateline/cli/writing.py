"""Where a command's output goes: a file that was named, or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from dateline.story import Unreadable


@contextmanager
def output_to(name: str | None) -> Iterator[BinaryIO]:
    """Open the file of that name for writing, or standard output where there is none. Raises Unreadable."""
    if name:
        with writable(name), Path(name).open("wb") as file:
            yield file
    else:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()


@contextmanager
def writable(place: str | Path) -> Iterator[None]:
    """Say of a place that it cannot be written, and why, instead of what the system raises. Raises Unreadable."""
    try:
        yield
    except OSError as error:
        raise Unreadable(f"{error.filename or place}: {error.strerror or error}") from error
