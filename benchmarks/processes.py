"""A process and its children, as the kernel counts their memory."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from os import sysconf
from pathlib import Path

_PROC = Path("/proc")


class Family:
    """A process with all that it started. Sizes are in KiB; pages that two of them share count twice."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def watch_until(self, done: Callable[[], bool], *, every: float = 0.05) -> int:
        """Return the sum of the most that each of them held at one time (VmHWM)."""
        peaks: dict[int, int] = {}
        while not done():
            for pid in self.members():
                peaks[pid] = max(peaks.get(pid, 0), _held(pid, "VmHWM"))
            time.sleep(every)
        return sum(peaks.values())

    def now(self, what: str) -> int:
        return sum(_held(pid, what) for pid in self.members())

    def spent(self) -> float:
        """Return the seconds of processor time that those who still run have used."""
        return sum(_ticks(pid) for pid in self.members()) / sysconf("SC_CLK_TCK")

    def members(self) -> list[int]:
        parents = {int(path.name): _parent(path) for path in _PROC.iterdir() if path.name.isdigit()}
        found = [self.pid]
        for pid in found:  # grows while it is walked: children of children
            found += [child for child, parent in parents.items() if parent == pid]
        return found


def _parent(path: Path) -> int:
    try:
        # The name, in brackets, may hold anything; the parent is the second field after it.
        return int((path / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return 0


def _ticks(pid: int) -> int:
    try:
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def _held(pid: int, what: str) -> int:
    try:
        found = re.search(rf"{what}:\s+(\d+) kB", (_PROC / str(pid) / "status").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0
