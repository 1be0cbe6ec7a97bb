"""Take in many files: one bad file never stops the rest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dateline.newsroom.file_batch import Desk, Tally, file_batch
from dateline.newsroom.refuse import refuse
from dateline.story import DatelineError
from dateline.wire.formats import batches


def gather(files: Iterable[Path], *, publishing: bool, desk: Desk) -> Tally:
    """Read each file, clean each item in it and file each story; return what came of it.

    Bulk files (exports, web archives, mailboxes) are read part by part, at constant memory. Each part is filed in
    transactions of its own: a run that was stopped goes on where it stopped, for what is filed is known again.
    """
    tally = Tally()
    for path in files:
        try:
            for batch in batches(path):
                file_batch(batch, tally, desk=desk, where=str(path), publishing=publishing)
        except DatelineError as error:
            tally.refuse(str(path), str(error), "unreadable")
            refuse(desk.by_hand, where=str(path), reason="unreadable", detail=str(error), raw=_head(path), now=desk.now)
    return tally


def _head(path: Path) -> bytes:
    """Return as much of an unreadable file as a refusal keeps."""
    try:
        with path.open("rb") as file:
            return file.read(4 * 2**20)
    except OSError:
        return b""
