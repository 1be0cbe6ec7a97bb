"""Bulk files in parts of some hundred stories, each with a name that is the same in every run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import file_digest
from itertools import islice
from pathlib import Path

from dateline.story import Item, Unreadable

SIZE = 100  # stories in a part: some seconds of work, lost when a worker dies
_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class PartEntry:
    """One story to be read, as a line of JSON or as an item; ``why`` says what is wrong with one that is neither."""

    where: str
    line: tuple[int, str] | None = None
    item: Item | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some entries of a file, in its order. ``key`` is made of the file's bytes: the same file has the same parts."""

    file: str
    key: str
    number: int
    entries: tuple[PartEntry, ...]

    @property
    def name(self) -> str:
        return f"{self.key}-{self.number:05d}"


def key_of_file(path: Path) -> str:
    """Return the name of a file's content. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()[:16]
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}") from error


def parts_of(path: Path, *, key: str, size: int = SIZE) -> Iterator[Part]:
    """Yield a file part by part, at constant memory. Where it ends in an error, that is its last entry."""
    entries = _entries(path)
    number = 0
    while some := tuple(islice(entries, size)):
        yield Part(file=path.name, key=key, number=number, entries=some)
        number += 1


def lines_of(source: Iterable[str], *, size: int = SIZE) -> Iterator[Part]:
    """Yield lines of JSON, from wherever they come, in parts."""
    entries = _lines(source)
    while some := tuple(islice(entries, size)):
        yield Part(file="", key="", number=0, entries=some)


def _lines(source: Iterable[str]) -> Iterator[PartEntry]:
    numbered = enumerate(source, start=1)
    return (PartEntry(where=f"line {number}", line=(number, line)) for number, line in numbered if line.strip())


def _entries(path: Path) -> Iterator[PartEntry]:
    """Yield what a file holds: lines of JSON as they are, of any other bulk format its items."""
    from dateline.wire.formats import batches
    from dateline.wire.sniff import bulk_format

    with path.open("rb") as file:
        head = file.read(_HEAD)
    if bulk_format(head) in (None, "", "jsonlines"):
        with path.open(encoding="utf-8", errors="replace") as text:
            yield from _lines(text)
        return
    try:
        for batch in batches(path):
            place = batch.place
            for spot, why in batch.refused:
                yield PartEntry(where=f"{place}: {spot}" if place else spot, why=why)
            for number, item in enumerate(batch.items, start=1):
                spot = place if place and len(batch.items) == 1 else f"{place}: item {number}".lstrip(": ")
                yield PartEntry(where=spot, item=item)
    except Unreadable as error:
        yield PartEntry(where="whole", why=str(error))
