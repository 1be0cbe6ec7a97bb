"""A page of search, as the site asks for it, by class of query: beside the bare query of the same words.

--data names the folder of an archive (that of DATELINE_DATABASE_URL is measured where that is set), which is only read;
else one of --stories is made for the while. Each query is asked once; what a process loads but once is loaded before,
and what of the file the system holds in memory is as it is found: run it twice, for a cold and a warm one. Processor
time is that of this process and, where PostgreSQL runs on this machine, that of its process for us.
DATELINE_BENCHMARK_CLASS measures only the classes whose names hold it. The yardstick is the index itself, asked by hand
for the same words: SQLite's newest 1,000 row ids, or PostgreSQL's. Facets, ranking, snippets and the stories themselves
are what the page costs beyond it.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

from benchmarks.archive_maker import an_archive
from benchmarks.clock import LAPS, both_laps, laps, share
from benchmarks.made_stories import FIRST_DAY, YEARS
from benchmarks.made_world import World
from benchmarks.vocabulary import Vocabulary

_EACH = 41  # queries of a class, the first to warm up
_RANKS = {"most frequent": (1, 8), "frequent": (20, 120), "middling": (400, 4_000), "rare": (20_000, 60_000)}
Made = Callable[[random.Random], str]


def run(data: Path | None, *, stories: int = 10_000) -> None:
    with an_archive(data, stories):
        _measure()


def _measure() -> None:
    from django.db import connection

    from dateline.archive.models import Record
    from dateline.archive.search import find

    made_by, busy = classes(), _processor_time()
    import_module("dateline.conf.wsgi")  # as a web process starts; freezes what is loaded, ours too
    print(f"{Record.objects.published().count():,} stories, {connection.vendor}; {_EACH - 1} queries a class, ms:")
    only = os.environ.get("DATELINE_BENCHMARK_CLASS", "")
    for order in ("relevance", "date"):
        print(f"by {order + ':':27}{LAPS}")
        slowest = ("", 0.0)
        for name, made in made_by.items():
            if only not in name:
                continue
            dice = random.Random(f"{name} {order}")
            queries = [made(dice) for _ in range(_EACH)]
            find(queries[0], order=order)  # what is loaded once
            took = both_laps((partial(find, query, order=order) for query in queries[1:]), busy)
            bare = (
                laps(_bare(queries))
                if not set('":~/') & set(" ".join(queries)) and not queries[0].startswith("-")
                else []
            )
            beside = f"; {share(took.wall, 0.5) / max(share(bare, 0.5), 0.001):.1f} × the bare query" if bare else ""
            slowest = max(slowest, (name, share(took.wall, 0.95)), key=lambda each: each[1])
            print(f"  {name:28}{took}{beside}", flush=True)
        print(f"  the slowest: {slowest[0]}, {slowest[1]:.1f} (at most 50 on SQLite, 100 on PostgreSQL)")


def _processor_time() -> Callable[[], float]:
    """Return what tells the processor time of this process, and of the database's own where that is on this machine."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (server,) = cursor.fetchone()
    spent = Path(f"/proc/{server}/schedstat")  # its first number: nanoseconds on a processor
    if not spent.exists():
        return time.process_time
    return lambda: time.process_time() + int(spent.read_text().split()[0]) / 1e9


def classes() -> dict[str, Made]:
    """Return how a query of each class is made."""
    words, world = Vocabulary("en"), World(0)

    def word(kind: str) -> Made:
        return lambda dice: words.ranked(dice.randint(*_RANKS[kind]))

    middling, frequent = word("middling"), word("frequent")
    year = lambda dice: FIRST_DAY.year + dice.randrange(YEARS)  # noqa: E731 - a verb of these queries
    found: dict[str, Made] = {f"one word, {kind}": word(kind) for kind in _RANKS}
    found |= {
        "two words, middling": lambda dice: f"{middling(dice)} {middling(dice)}",
        "two words, frequent": lambda dice: f"{frequent(dice)} {frequent(dice)}",
        "frequent and rare": lambda dice: f"{frequent(dice)} {word('rare')(dice)}",
        "a phrase, most frequent": lambda dice: f'"{word("most frequent")(dice)} {frequent(dice)}"',
        "a phrase, frequent": lambda dice: f'"{frequent(dice)} {frequent(dice)}"',
        "a phrase, middling": lambda dice: f'"{frequent(dice)} {middling(dice)}"',
        "a phrase, rare": lambda dice: f'"{word("most frequent")(dice)} {word("rare")(dice)}"',
        "a name in full": lambda dice: f'"{world.draw(dice, world.persons).name}"',
        "a prefix of 3": lambda dice: f"{middling(dice)[:3]}*",
        "a prefix of 5": lambda dice: f"{word('rare')(dice)[:5]}*",
        "either of two": lambda dice: f"{middling(dice)} OR {frequent(dice)}",
        "either of two, frequent": lambda dice: f"{frequent(dice)} OR {frequent(dice)}",
        "stems": lambda dice: f"~{middling(dice)}",
        "without the most frequent": lambda dice: f"{frequent(dice)} -{word('most frequent')(dice)}",
        "nothing but a not": lambda dice: f"-{frequent(dice)}",
        "near": lambda dice: f"{frequent(dice)} NEAR/5 {frequent(dice)}",
        "one without the other": lambda dice: f"{frequent(dice)} -{middling(dice)}",
        "headline:": lambda dice: f"headline:{frequent(dice)}",
        "source: and a word": lambda dice: f'source:"{world.draw(dice, world.sources)}" {middling(dice)}',
        "lang: and a word": lambda dice: f"lang:en {frequent(dice)}",
        "person:": lambda dice: f'person:"{world.draw(dice, world.persons).name}"',
        "org: and a word": lambda dice: f'org:"{world.draw(dice, world.bodies).name}" {frequent(dice)}',
        "place:": lambda dice: f'place:"{world.draw(dice, world.towns).name}"',
        "event:": lambda dice: "event:" + dice.choice(("CONSULT", "ACCUSE", "ASSAULT", "AID")),
        "actor: and event:": lambda dice: f"actor:{world.draw(dice, world.states).country} event:ACCUSE",
        "said:": lambda dice: f'said:"{world.draw(dice, world.persons).name}"',
        "a month and a word": lambda dice: f"date:{year(dice)}-{dice.randint(1, 12):02} {frequent(dice)}",
        "ten years and a word": lambda dice: f"date:{FIRST_DAY.year}..{FIRST_DAY.year + YEARS} {frequent(dice)}",
        "a year, a source, a phrase": lambda dice: (
            f'date:{year(dice)} source:"{world.sources[0]}" "{word("most frequent")(dice)} {frequent(dice)}"'
        ),
    }
    return found


def _bare(queries: list[str]) -> Iterator[Callable[[], object]]:
    """Yield the same words asked of the index by hand, newest first."""
    from django.db import connection

    if connection.vendor == "sqlite":
        sql = "SELECT rowid FROM archive_search WHERE archive_search MATCH %s ORDER BY rowid DESC LIMIT 1001"
        asked = [query.replace(" -", " NOT ") for query in queries]
    else:
        sql = (
            "SELECT rowid FROM archive_search WHERE words @@ websearch_to_tsquery('simple', %s)"
            " ORDER BY rowid DESC LIMIT 1001"
        )
        asked = [query.rstrip("*") for query in queries]

    def ask(query: str) -> object:
        with connection.cursor() as cursor:
            cursor.execute(sql, [query])
            return cursor.fetchall()

    return (partial(ask, query) for query in asked)
