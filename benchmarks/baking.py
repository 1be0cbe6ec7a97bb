"""The site as files: pages a second, from the edition store and with nothing in it; and again after one change.

Beside it, what fills the store: pages pressed a second. No clock covers the start of another command's work: what is
read, indexed and put into the search stays as it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.published import published

_PRESSED = 10_000  # stories, of two pages each: so many that the start of the processes is nothing beside them


def run(folder: Path | None, *, stories: int = 20_000) -> None:
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        published(home, stories)
        baked = home / "baked"
        took = dateline("bake", str(baked), "--jobs", "2")
        pages = sum(1 for _ in baked.rglob("*.html"))
        print(f"{stories:,} stories, {pages:,} pages from the edition store, 2 processes: {pages / took:,.0f} pages/s")
        print(f"again, nothing changed: {dateline('bake', str(baked)):.2f} s")
        code = 1001 + stories // 2
        dateline("retract", str(code), "--reason", "A benchmark.")
        print(f"again after one change: {dateline('bake', str(baked)):.2f} s, start of the command included")
        from dateline.archive.models import Rendering, Touch
        from dateline.cli.pressing import press_stale

        Rendering.objects.all()._raw_delete("default")
        took = dateline("bake", str(home / "anew"), "--jobs", "2")
        print(f"the same with nothing pressed, 2 processes: {pages / took:,.0f} pages/s")
        Touch.objects.filter(path__in=[f"/{1001 + n}" for n in range(min(stories, _PRESSED))]).update(pressed=False)
        start = time.perf_counter()
        pressed = press_stale(jobs=2)
        took = time.perf_counter() - start
        print(f"{pressed:,} pages pressed into the edition store, 2 processes: {pressed / took:,.0f} pages/s")


def dateline(*words: str) -> float:
    """Run a command, its modules compiled as an installation has them; return its seconds by the wall clock."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "dateline.cli.main", *words],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start
