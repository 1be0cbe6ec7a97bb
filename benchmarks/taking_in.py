"""Taking in: an import of many stories beside bare inserts of the same rows, and one story in archives of growing size.

--data names a folder of made archives (``make``, ``multiply``), each in a folder of its own: stories are taken in into
each, in turns, and taken back. Without it, two are made: one of --stories, one of a tenth of them.
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
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar, cast

from benchmarks.archive_maker import make, open_as_it_is, write
from benchmarks.made_stories import made_stories
from dateline.story import Story

Cost = tuple[float, float]  # seconds of processor time: the program's, the system's
R = TypeVar("R")
TABLES = ("record", "version", "sighting", "shingle", "act")
_TOGETHER = 500  # stories of a transaction: as newsroom/gather.py has it
_TURN, _TURNS = 10, 40  # stories taken in one by one, in turns
_WARMING = 8  # turns that are not counted
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
    """Print what one more story costs in each archive.

    They take turns of a few stories: whatever else the machine does slows all of them alike.
    """
    folders = [folder for folder in data.iterdir() if (folder / "dateline.sqlite3").exists()]
    context = get_context("spawn")
    told: list[tuple[int, str, Connection, list[Cost]]] = []
    for folder in folders:
        ours, theirs = context.Pipe()
        context.Process(target=take_turns, args=(folder, theirs), daemon=True).start()
        told.append((ours.recv(), folder.name, ours, []))
    for _ in range(_TURNS):
        for _, _, archive, costs in told:
            archive.send("your turn")
            costs.append(archive.recv())
    first: float | None = None
    for count, name, _, costs in sorted(told, key=lambda each: each[:2]):
        user, system = (1000 * sum(part) / len(part) / _TURN for part in zip(*costs[_WARMING:], strict=True))
        first = first or user + system
        print(f"one story into {count:,} ({name}): {user + system:.2f} ms of processor time,", end=" ")
        print(f"{system:.2f} of it the system's; {(user + system) / first:.2f} × the first (at most 1.5 ×)")


def take_turns(folder: Path, turns: Connection) -> None:
    """Tell how many stories an archive holds; each turn, take a few more in, published, and tell what they cost.

    The archive is taken as it is, and at the end all is taken back. The stories are the same for every archive, and
    new to each: of the same sources, in the same words, under names of their own.
    """
    open_as_it_is(folder)
    from django.db import transaction

    from dateline.archive.models import Record

    turns.send(Record.objects.count())
    stories = (story for story, _ in made_stories(_TURNS * _TURN))
    with transaction.atomic():
        for _ in range(_TURNS):
            some = [
                replace(story, guid=f"more-{story.guid}", url=f"{story.site_url}/more-{story.guid}")
                for story in islice(stories, _TURN)
            ]
            turns.recv()
            before = resource.getrusage(resource.RUSAGE_SELF)
            for story in some:
                _publish_one(story)
            after = resource.getrusage(resource.RUSAGE_SELF)
            turns.send((after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime))
        transaction.set_rollback(True)


def _publish_one(story: Story) -> None:
    """Take a story in and put it into the search; no page is pressed."""
    from dateline.archive.models import Record
    from dateline.archive.search import index
    from dateline.clean.arrivals import arrival
    from dateline.newsroom.press import Press
    from dateline.newsroom.take_in import take_in
    from dateline.plain import instant
    from dateline.wire.jsonlines import line_of

    now = instant(story.published)
    assert now is not None
    intake = take_in(
        arrival(story, item_format="jsonlines", raw=line_of(story).encode(), now=now),
        site_url="https://dateline.example",
        by="benchmark",
        now=now,
        press=cast(Press, None),  # what is new is not on any page yet
    )
    assert intake.outcome == "new", intake
    intake.record.state = Record.State.PUBLISHED
    intake.record.save(update_fields=["state"])
    index(intake.record)


def _apart(work: Callable[..., R], *given: object) -> R:
    """Do it in a process of its own: an archive is opened once in each."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()
