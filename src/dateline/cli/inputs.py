"""Bytes from a file or standard input, and the stories in them."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from dateline.story import Batch, DatelineError, Item, Story, Unreadable

# One story document is far smaller; anything larger is an archive, and those come with `take-in`.
LARGEST = 64 * 1024 * 1024


def read_bytes(name: str) -> bytes:
    """Return what FILE or ``-`` holds. Raises Unreadable with the reason, the name in front."""
    if name == "-":
        return sys.stdin.buffer.read(LARGEST + 1)[:LARGEST]
    path = Path(name)
    try:
        if path.is_dir():
            raise Unreadable(f"{name}: is a folder, not a file")
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"{name}: larger than {LARGEST // 2**20} MiB")
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{name}: {error.strerror}") from error


def batch_in(name: str) -> Batch:
    """Return what a document holds. Raises Unreadable, the name in front."""
    from dateline.wire.formats import parse

    data = read_bytes(name)
    try:
        return parse(data, name=Path(name).name)
    except DatelineError as error:
        raise Unreadable(f"{name}: {error}") from error


def items_in(name: str) -> tuple[tuple[Item, ...], tuple[tuple[str, str], ...]]:
    """Return the items of a document and the parts of it that could not be read."""
    batch = batch_in(name)
    return batch.items, batch.refused


def stories_in(name: str) -> tuple[list[Story], list[tuple[str, str]]]:
    """Return the clean stories of a document, and (where, why) for each part refused.

    Raises Unreadable when there is not one story in it.
    """
    from dateline.clean.stories import clean

    items, not_read = items_in(name)
    stories: list[Story] = []
    refused = list(not_read)
    for number, item in enumerate(items, start=1):
        try:
            stories.append(clean(item))
        except DatelineError as error:
            refused.append((f"item {number}", str(error)))
    if not stories:
        why = refused[0][1] if refused else "no story in it"
        raise Unreadable(f"{name}: {why}")
    return stories, refused


def opened(name: str) -> TextIO:
    """Open a text file, or standard input for "-". Raises Unreadable."""
    if name == "-":
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        return sys.stdin
    try:
        return open(name, encoding="utf-8", errors="replace")  # noqa: PTH123 - the caller's `with` closes it
    except OSError as error:
        raise Unreadable(f"{name}: {error.strerror}") from error


def files_under(names: list[str]) -> list[Path]:
    """Return the files named and the files below the folders named, in name order, hidden ones left out."""
    files: list[Path] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            files += sorted(
                each
                for each in path.rglob("*")
                if each.is_file() and not each.name.startswith(".") and each.suffix != ".md"
            )
        else:
            files.append(path)
    return files
