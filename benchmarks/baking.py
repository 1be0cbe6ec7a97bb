"""The site as files: pages a second, from the edition store and made anew; and again after one change."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.published import published


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

        Rendering.objects.all()._raw_delete("default")
        some = 1_000
        Touch.objects.filter(path__in=[f"/{1001 + n}" for n in range(some)]).update(pressed=False)
        took = dateline("refresh", "--jobs", "2")
        pages = Rendering.objects.count()
        print(f"{pages:,} pages rendered into the edition store, 2 processes: {pages / took:,.0f} pages/s")


def dateline(*words: str) -> float:
    """Run a command; return its seconds by the wall clock, as it works on both cores."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "dateline.cli.main", *words],
        env={**os.environ},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start
