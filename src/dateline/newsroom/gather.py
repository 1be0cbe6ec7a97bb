"""Take in many files: one bad file never stops the rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from dateline.archive.filing import filing, make_room
from dateline.clean.arrivals import Arrival, Arrived
from dateline.clean.crew import Crew
from dateline.newsroom.file_batch import Desk, Incoming, Tally, file_pieces, pieces_of, unknown
from dateline.newsroom.read import keep_reading
from dateline.newsroom.refuse import refuse
from dateline.story import DatelineError, Item
from dateline.wire.formats import batches

# What is filed in one transaction, with one wait for the disk: so many stories, or so much of them.
TOGETHER = 500
_LARGEST = 16 << 20  # characters


class Promised(Protocol):
    """What some items will have become."""

    def result(self) -> list[Arrived]: ...


class Cleaners(Protocol):
    """Those who clean, and may read: processes of this machine (``Crew``), or workers elsewhere."""

    @property
    def ahead(self) -> int:
        """How many batches may be given to clean before the first of them is taken back."""
        ...

    def clean(self, items: Sequence[Item], *, now: datetime) -> Sequence[Promised]: ...


def gather(files: Iterable[Path], *, publishing: bool, desk: Desk, jobs: int = 1) -> Tally:
    """Read each file, clean each item in it in ``jobs`` processes and file each story; return what came of it."""
    with Crew(jobs) as crew:
        return gather_with(crew, files, publishing=publishing, desk=desk)


def gather_with(cleaners: Cleaners, files: Iterable[Path], *, publishing: bool, desk: Desk) -> Tally:
    """Read each file, have each item in it cleaned and file each story; return what came of it.

    Bulk files (exports, web archives, mailboxes, JSON lines) are read part by part, at constant memory. Some hundreds
    of stories are filed in one transaction, whichever files they came in: a run that was stopped has filed all of them
    or none, and goes on where it stopped, for what is filed is known again. Whoever cleans, one files: a story that
    was read on the way is filed with its Reading.
    """
    tally = Tally()
    pieces = (piece for path in files for piece in _pieces(path, tally, desk=desk))
    waiting: deque[tuple[list[Incoming], list[int], Sequence[Promised]]] = deque()

    def file_next() -> None:
        group, places, cleaned = waiting.popleft()
        arrived = (each for chunk in cleaned for each in chunk.result())
        found = dict(zip(places, arrived, strict=True))
        with filing():
            file_pieces(group, found, tally, desk=desk, publishing=publishing)
            _keep_readings(found.values(), tally, desk=desk)
        tally.fresh.clear()  # a run may file millions

    make_room()
    for group in _groups(pieces):
        places = unknown(group)
        waiting.append((group, places, cleaners.clean([group[place].item for place in places], now=desk.now)))
        while len(waiting) > cleaners.ahead:
            file_next()
    while waiting:
        file_next()
    return tally


def _keep_readings(found: Iterable[Arrived], tally: Tally, *, desk: Desk) -> None:
    """Store what was read on the way of stories that became a version."""
    readings = {each.words: each.reading for each in found if isinstance(each, Arrival) and each.reading}
    for record in tally.fresh:
        version = record.current
        if version is not None and (reading := readings.get(version.digest)):
            keep_reading(version, reading, by=desk.by, now=desk.now, press=desk.press)


def _pieces(path: Path, tally: Tally, *, desk: Desk) -> Iterator[Incoming]:
    """Yield what a file holds; where it ends in an error, what came before it is filed all the same."""
    try:
        for batch in batches(path):
            yield from pieces_of(batch, tally, desk=desk, where=str(path))
    except DatelineError as error:
        tally.refuse(str(path), str(error), "unreadable")
        refuse(desk.by_hand, where=str(path), reason="unreadable", detail=str(error), raw=_head(path), now=desk.now)


def _groups(pieces: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    group: list[Incoming] = []
    size = 0
    for piece in pieces:
        group.append(piece)
        size += len(piece.item.body)
        if len(group) >= TOGETHER or size >= _LARGEST:
            yield group
            group, size = [], 0
    if group:
        yield group


def _head(path: Path) -> bytes:
    """Return as much of an unreadable file as a refusal keeps."""
    try:
        with path.open("rb") as file:
            return file.read(4 * 2**20)
    except OSError:
        return b""
