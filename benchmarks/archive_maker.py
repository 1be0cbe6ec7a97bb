"""Make an archive of made-up stories, published and read, by the archive's own bulk functions.

    python -m benchmarks make --stories 200000 --into FOLDER

The same number and seed give the same archive. Pages are not pressed: the site renders what is asked for.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from benchmarks.made_stories import made_stories
from dateline.plain import to_plain
from dateline.story import Reading, Story
from dateline.wire.channel import UNDATED, Channel
from dateline.wire.jsonlines import line_of

_TOGETHER = 1_000
Told = tuple[Story, Reading]


def make(stories: int, into: Path, *, seed: int = 0) -> None:
    """Fill the archive in ``into`` (or in DATELINE_DATABASE_URL) up to so many stories; tell what each step took."""
    open_archive(into)
    from dateline.archive.filing import make_room
    from dateline.archive.models import Record

    make_room()
    there = Record.objects.count()
    told = islice(made_stories(stories, seed=seed), there, None)
    start, spent, done = time.perf_counter(), {}, there
    while some := list(islice(told, _TOGETHER)):
        for step, seconds in file(some).items():
            spent[step] = spent.get(step, 0.0) + seconds
        done += len(some)
        if done % 10_000 == 0 or done == stories:
            rate = (done - there) / (time.perf_counter() - start)
            steps = ", ".join(f"{step} {1000 * took / (done - there):.2f}" for step, took in spent.items())
            print(f"{done:,} stories, {rate:,.0f}/s by the clock on the wall; ms a story: {steps}", file=sys.stderr)


def open_archive(folder: Path) -> None:
    """Set Django up on the archive in a folder; make it where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    open_as_it_is(folder)
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def open_as_it_is(folder: Path) -> None:
    """Set Django up on the archive in a folder, without migrating it."""
    os.environ["DATELINE_HOME"] = str(folder)
    os.environ.setdefault("DATELINE_SITE_URL", "https://dateline.example")
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.conf.settings"
    import django

    django.setup()


def open_to_read(folder: Path) -> None:
    """Set Django up on the archive in a folder as it is: nothing is written, nor migrated."""
    if not folder.is_dir():
        raise SystemExit(f"benchmarks: --data {folder}: no such folder")
    open_as_it_is(folder)
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = 1")
        else:
            cursor.execute("SET default_transaction_read_only = on")


@contextmanager
def an_archive(folder: Path | None, stories: int) -> Iterator[None]:
    """Have Django stand on the archive in ``folder``, to be read only, or on one made for the while."""
    if folder is not None:
        open_to_read(folder)
        yield
        return
    with tempfile.TemporaryDirectory() as made:
        make(stories, Path(made))
        yield


def file(told: list[Told]) -> dict[str, float]:
    """File, publish and index stories in one transaction; return the seconds of processor time of each step."""
    from django.db import connection, transaction

    from dateline.archive.indexing import index_findings
    from dateline.archive.models import Act, Record, Source
    from dateline.archive.search import index_many
    from dateline.clean.arrivals import arrival
    from dateline.newsroom.file_new import file_new
    from dateline.newsroom.take_in import source_of
    from dateline.plain import instant

    clock = Clock()
    now = instant(told[-1][0].published)
    assert now is not None
    with transaction.atomic():
        sources: dict[str, Source] = {}
        came = [arrival(story, item_format="jsonlines", raw=line_of(story).encode(), now=now) for story, _ in told]
        for story, _ in told:
            name = story.site_name or ""
            sources[name] = sources.get(name) or source_of(story, now=now)
        clock.lap("preparing")
        records = file_new([(each, sources[each.story.site_name or ""]) for each in came], by="maker", now=now)
        clock.lap("filing")
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE archive_version SET reading = %s, reader = %s WHERE id = %s",
                [
                    (json.dumps(to_plain(reading)), reading.reader, record.current_id)
                    for record, (_, reading) in zip(records, told, strict=True)
                ],
            )
        keys = [record.pk for record in records]
        Record.objects.filter(pk__in=keys).update(state=Record.State.PUBLISHED, released_at=now)
        Act.objects.bulk_create(Act(verb="publish", record_id=key, by="maker", at=now) for key in keys)
        clock.lap("reading and publishing")
        public = list(Record.objects.filter(pk__in=keys).order_by("pk"))
        index_findings([(record, *each) for record, each in zip(public, told, strict=True)])
        clock.lap("findings")
        index_many(Record.objects.filter(pk__in=keys).to_index())
        clock.lap("search")
    clock.lap("commit")
    return clock.spent


class Clock:
    """Processor time by step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._last = time.process_time()

    def lap(self, step: str) -> None:
        now = time.process_time()
        self.spent[step] = now - self._last
        self._last = now


def lines(stories: int, *, seed: int = 0) -> Iterator[str]:
    """Yield stories as JSON lines, to be taken in."""
    return (line_of(story) for story, _ in made_stories(stories, seed=seed))


def write(stories: int, path: Path, *, seed: int = 0) -> None:
    """Write stories to be taken in: JSON lines, or a WordPress export where the name ends in .xml."""
    told = (story for story, _ in made_stories(stories, seed=seed))
    if path.suffix == ".xml":
        path.write_bytes(_export(told))
        return
    with path.open("w", encoding="utf-8") as file:
        file.writelines(line_of(story) for story in told)


def _export(stories: Iterable[Story]) -> bytes:
    from dateline.wire.conversion import entry_of
    from dateline.wire.wxr import dump

    channel = Channel(title="Made up", url="https://made.example/", feed_url="", language="en", updated=UNDATED)
    return dump(map(entry_of, stories), channel=channel)
