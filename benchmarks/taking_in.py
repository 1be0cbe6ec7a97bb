"""Taking in: an import of many stories beside bare inserts of the same rows, and one story in archives of growing size.

--data names a folder of made archives (``make``), each in a folder of its own: a story is taken in into each, and taken
back. Without it, two are made: one of --stories, one of a tenth of them.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks.archive_maker import make, open_archive, write
from benchmarks.made_stories import made_stories

R = TypeVar("R")
TABLES = ("record", "version", "sighting", "shingle", "act")
_TOGETHER = 500  # stories of a transaction: as newsroom/gather.py has it
_SINGLE = 150  # stories taken in one by one
_BARE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-262144;"


def run(data: Path | None, *, stories: int = 10_000) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write(stories, folder / "stories.jsonl")
        for jobs in (1, 2):
            _import(folder, folder / f"jobs{jobs}", jobs, stories)
        if data is None:
            for count in (stories // 10, stories):
                _apart(make, count, folder / "archives" / f"{count:09}")
            data = folder / "archives"
        _growth(data)


def _import(folder: Path, home: Path, jobs: int, stories: int) -> None:
    """Print what the command takes for all stories, by the clock on the wall and by the processors' time."""
    _command(home, "init")
    wall, spent = _command(home, "take-in", str(folder / "stories.jsonl"), "--no-read", "--jobs", str(jobs))
    bare = _bare_inserts(home / "dateline.sqlite3", folder / f"bare{jobs}.sqlite3")
    print(f"--jobs {jobs}: {stories / wall:,.0f} stories/s by the clock on the wall (at least 1,000 with 2),", end=" ")
    print(f"{1000 * spent / stories:.2f} ms of processor time a story, {spent / bare:.1f} × the bare inserts")
    wall, spent = _command(home, "take-in", str(folder / "stories.jsonl"), "--no-read", "--jobs", str(jobs))
    print(f"  the same again: {stories / wall:,.0f} stories/s, {1000 * spent / stories:.2f} ms a story")


def _command(home: Path, *words: str) -> tuple[float, float]:
    """Return the seconds a command took, by the clock on the wall and by the processor time of all its processes."""
    environment = {**os.environ, "DATELINE_HOME": str(home), "DATELINE_DATABASE_URL": ""}
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "dateline.cli.main", *words]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, spent


def _bare_inserts(archive: Path, path: Path) -> float:
    """Return the processor time of inserting an archive's rows into empty tables like its own, by sqlite3 alone."""
    source, target = sqlite3.connect(archive), sqlite3.connect(path, isolation_level=None)
    target.executescript(_BARE)
    rows: dict[str, list[tuple[object, ...]]] = {}
    for table in TABLES:
        name = f"archive_{table}"
        for (sql,) in source.execute("SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql NOT NULL", (name,)):
            target.execute(sql)
        rows[name] = source.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()
    count = len(rows["archive_record"])
    start = time.process_time()
    for at in range(0, count, _TOGETHER):
        target.execute("BEGIN IMMEDIATE")
        for name, held in rows.items():
            some = held[at * len(held) // count : (at + _TOGETHER) * len(held) // count]
            if some:
                target.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(some[0]))})", some)
        target.execute("COMMIT")
    return time.process_time() - start


def _growth(data: Path) -> None:
    first: float | None = None
    told = {folder.name: _apart(cost_in, folder) for folder in data.iterdir() if (folder / "dateline.sqlite3").exists()}
    for name, (count, cost) in sorted(told.items(), key=lambda each: each[1]):
        first = first or cost
        print(f"one story into {count:,} ({name}): {cost:.2f} ms, {cost / first:.2f} × the first (at most 1.5 ×)")


def cost_in(folder: Path) -> tuple[int, float]:
    """Return how many stories an archive holds, and the middle cost of one more (ms of processor time), taken back."""
    open_archive(folder)
    from django.db import transaction

    from dateline.archive.models import Record
    from dateline.clean.arrivals import arrival
    from dateline.newsroom.press import Press
    from dateline.newsroom.take_in import take_in
    from dateline.plain import instant
    from dateline.wire.jsonlines import line_of

    class NoPress(Press):
        digest = ""

        def sheets(self, record: Record) -> tuple[()]:
            return ()

    took = []
    with transaction.atomic():
        for story, _ in made_stories(_SINGLE, seed=1):
            now = instant(story.published)
            assert now is not None
            start = time.process_time()
            came = arrival(story, item_format="jsonlines", raw=line_of(story).encode(), now=now)
            take_in(came, site_url="https://dateline.example", by="benchmark", now=now, press=NoPress())
            took.append(1000 * (time.process_time() - start))
        transaction.set_rollback(True)
    return Record.objects.count(), median(took[_SINGLE // 5 :])


def _apart(work: Callable[..., R], *given: object) -> R:
    """Do it in a process of its own: an archive is opened once in each."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()
