"""Story → Reading: what it costs beside the bare spaCy pass, by reader, by length, with two processes, and in bulk.

Without --data it reads our own samples, varied: their paragraphs in another order, numbers and days of the week
changed, so that no two stories are alike. --data names a file of JSON lines ``{id, text, published?}``.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import seconds
from benchmarks.processes import Family
from dateline.clean.stories import clean
from dateline.reading import moments as moment_reader
from dateline.reading.models import load
from dateline.reading.notes import Notes
from dateline.reading.reader import READERS, read
from dateline.story import Stamp, Story
from dateline.wire.formats import parse

SAMPLES = Path(__file__).parent.parent / "samples"
MEASURED = 120  # stories in the measures inside this process
BULK = 1_000  # stories for each number of processes
LENGTHS = (1, 3, 10, 30, 100)  # kB
YARDSTICK = 6.0  # seconds a story: HeidelTime with its tagger, docs/explanation/reading.md
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
COMMAND = (sys.executable, "-m", "dateline.cli.main", "read", "--jsonl")


def run(data: Path | None, *, stories: int = 10_000) -> None:
    own = _given(data) if data is not None and data.is_file() else samples()
    print(f"{len(own)} stories of {data if data else 'our own samples, varied'};", end=" ")
    print(f"{os.cpu_count()} processors, {os.getloadavg()[0]:.1f} of them busy before")
    some = list(_varied(own, MEASURED))
    _whole(some)
    _moments(some)
    _length(own)
    _jobs(own)
    _bulk(own, stories)


def _whole(some: list[Story]) -> None:
    """Print the cost of a whole reading beside the parse, and what of it each reader takes."""
    nlp = load("en")
    assert nlp is not None
    read(some[0])  # loads what is loaded once
    parsing = seconds(lambda: [nlp(story.text) for story in some])
    whole = seconds(lambda: [read(story, nlp=nlp) for story in some])
    print(
        f"whole reading: {whole / parsing:.2f} × the bare spaCy pass (at most 1.6 ×), {len(some) / whole:.0f} stories/s"
    )
    spent = dict.fromkeys((reader.__name__ for reader in READERS), 0.0)
    for story in some:
        notes = Notes(story=story, doc=nlp(story.text))
        for reader in READERS:
            start = time.process_time()
            reader(notes)
            spent[reader.__name__] += time.process_time() - start
    everything = parsing + sum(spent.values())
    for name, cost in spent.items():
        print(f"  {name}: {cost / parsing:.1%} of the bare pass, {cost / everything:.1%} of the whole")


def _moments(some: list[Story]) -> None:
    def work() -> None:
        for story in some:
            moment_reader.moments(story.text, published=story.published, language=story.language)

    each = seconds(work) / len(some)
    print(
        f"moments alone: {1 / each:,.0f} stories/s, {YARDSTICK / each:,.0f} × as fast as 6 s a story (at least 100 ×)"
    )


def _length(own: list[Story]) -> None:
    """Print the time per kB of stories of growing length; it must not grow with them."""
    nlp = load("en")
    assert nlp is not None
    first: list[float] = []
    for size in LENGTHS:
        dice = random.Random(size)
        texts: list[str] = []
        while sum(map(len, texts)) < size * 1000:
            texts.append(vary(own[dice.randrange(len(own))], dice).text)
        story = Story(headline="", text="\n\n".join(texts)[: size * 1000], language="en", published=own[0].published)
        cost = [
            seconds(work, rounds=5 if size < 30 else 2) / size
            for work in (lambda told=story: nlp(told.text), lambda told=story: read(told, nlp=nlp))
        ]
        first = first or cost
        print(f"a story of {size} kB: {1000 * cost[1]:.1f} ms a kB, {cost[1] / first[1]:.2f} × that of 1 kB", end=" ")
        print(f"(the parse alone {cost[0] / first[0]:.2f} ×; at most 1.3 ×), {cost[1] / cost[0]:.2f} × the parse")


def _jobs(own: list[Story]) -> None:
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "stories.jsonl"
        path.write_text("".join(_lines(own, BULK)), "utf-8")
        took, spent = [], []
        for jobs in (1, 2):
            start, before = time.perf_counter(), _processor_time()
            running = subprocess.Popen([*COMMAND, str(path), "--jobs", str(jobs)], stdout=subprocess.DEVNULL)
            peak = Family(running.pid).watch_until(lambda running=running: running.poll() is not None)
            took.append(time.perf_counter() - start)
            spent.append(_processor_time() - before)
            print(f"--jobs {jobs}: {BULK / took[-1]:.0f} stories/s, {peak / 2**20:.2f} GiB at most (at most 1.2)")
        print(f"--jobs 2: {took[0] / took[1]:.2f} × one process (at least 1.8 ×), by the clock on the wall;", end=" ")
        print(f"by the processor time both spend, {2 * spent[0] / spent[1]:.2f} × where two processors are free")


def _processor_time() -> float:
    """Return the processor time of all processes that were started here and have ended."""
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def _bulk(own: list[Story], stories: int) -> None:
    """Print the memory of one process that reads many stories from a pipe, after a tenth and at the end."""
    running = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert running.stdin
    assert running.stdout
    family, kept = Family(running.pid), {}
    feeder = threading.Thread(target=_feed, args=(running, own, stories), daemon=True)
    feeder.start()
    for count, _ in enumerate(running.stdout, start=1):
        if count in (stories // 10, stories):
            kept[count] = family.now("VmRSS")
    running.wait()
    early, late = kept[stories // 10] / 2**10, kept[stories] / 2**10
    print(f"{stories:,} stories: {early:.0f} MiB after a tenth, {late:.0f} MiB at the end,", end=" ")
    print(f"{late / early:.2f} × (at most 1.1 ×)")


def _feed(running: subprocess.Popen[str], own: list[Story], stories: int) -> None:
    assert running.stdin
    with running.stdin as pipe:
        pipe.writelines(_lines(own, stories))


def _lines(own: list[Story], count: int) -> Iterator[str]:
    for number, story in enumerate(_varied(own, count)):
        day = story.published.value if story.published else None
        yield json.dumps({"id": str(number), "text": story.text, "published": day}) + "\n"


def samples() -> list[Story]:
    files = sorted(path for path in SAMPLES.rglob("*") if path.is_file() and path.suffix != ".md")
    items = [item for path in files for item in parse(path.read_bytes(), name=path.name).items]
    stories = [clean(item) for item in items if item.status == "usable"]
    return [story for story in stories if story.language == "en"]


def _given(path: Path) -> list[Story]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        Story(
            headline=line.get("title") or "", text=line["text"], language="en", published=_stamp(line.get("published"))
        )
        for line in lines
    ]


def _stamp(day: str | None) -> Stamp | None:
    return Stamp(value=day[:10], precision="day", said=day, origin="published") if day else None


def _varied(own: list[Story], count: int) -> Iterator[Story]:
    for number in range(count):
        yield vary(own[number % len(own)], random.Random(number))


def vary(story: Story, dice: random.Random) -> Story:
    """Return a story that says it in another order, on other days and with other numbers."""
    paragraphs = list(story.paragraphs)
    dice.shuffle(paragraphs)
    text = re.sub("|".join(_DAYS), lambda _: dice.choice(_DAYS), "\n\n".join(paragraphs))
    text = re.sub(r"\b[1-9]\d?\b", lambda _: str(dice.randint(2, 99)), text)
    return Story(headline=story.headline, text=text, language="en", published=story.published)
