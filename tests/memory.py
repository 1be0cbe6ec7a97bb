"""The most memory this process has held."""

from __future__ import annotations

import re
from pathlib import Path


def peak_mib() -> int:
    """Return the peak of resident memory. (``getrusage`` counts what a parent held before the start, too.)"""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) // 1024
