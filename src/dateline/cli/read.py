"""`dateline read`: a file or pasted text → its Story and Reading, with no database."""

from __future__ import annotations

import argparse
import json
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from itertools import islice
from typing import Any

from dateline.cli.cluster import HELP as CLUSTER_HELP
from dateline.cli.console import complain, number_of
from dateline.cli.inputs import opened, stories_in
from dateline.cli.parts import SIZE
from dateline.cli.read_part import answer_of
from dateline.cli.showing import show
from dateline.plain import to_plain
from dateline.story import Stamp, Unreadable

# Lines a process is given at once; how many such chunks lie ready for each, and how many may wait to be told.
CHUNK, AHEAD, MOST = 4, 2, 16

NAME = "read"
HELP = "Print the Story and Reading of a file or pasted text; no database is touched."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="*",
        default=["-"],
        metavar="FILE",
        help="any supported file, or - for standard input; several, or folders, only with --out",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "html"),
        help="text for people (default), JSON, or one HTML page that shows each finding over the text, with its reason",
    )
    parser.add_argument("--published", metavar="DATE", help="the story's date (YYYY-MM-DD), where it states none")
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help="read JSON lines {id, text, published?, title?, language?, pairs?}, write one line for each "
        "(docs/reference/json-lines.md)",
    )
    parser.add_argument("--jobs", type=int, metavar="N", help="with --jsonl: processes to read with (default: 1)")
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help=f"with --jsonl, which then reads web archives too: {CLUSTER_HELP}"
    )
    parser.add_argument(
        "--out",
        metavar="DIR",
        help="with --cluster: write Parquet there (docs/reference/parquet.md); run again, only what is missing is read",
    )
    parser.add_argument("--part", type=int, metavar="N", help=f"with --out: stories in a part (default: {SIZE})")


def run(args: argparse.Namespace) -> int:
    _agree(args)
    if args.cluster is not None:
        from dateline.cli.bulk import answer_all, read_into

        if args.out is None:
            return answer_all(args.file[0], args.cluster)
        return read_into(args.file, args.out, args.cluster, size=SIZE if args.part is None else args.part)
    if args.jsonl:
        return _lines(args.file[0], 1 if args.jobs is None else args.jobs)
    name = args.file[0]
    from dateline.reading.reader import read

    stories, refused = stories_in(name)
    given = stamp_of(args.published, origin="--published") if args.published is not None else None
    results = []
    for story in stories:
        dated = replace(story, published=given) if given and not story.published else story
        results.append((dated, read(dated)))
    if args.format == "json":
        plain = [{"story": to_plain(story), "reading": to_plain(reading)} for story, reading in results]
        json.dump(plain[0] if len(plain) == 1 else plain, sys.stdout, ensure_ascii=False, indent=2)
        print()
    elif args.format == "html":
        from dateline.cli.opening import open_pages

        open_pages()
        from dateline.site.explain import explanation

        sys.stdout.write(explanation(results))
    else:
        for story, reading in results:
            show(story, reading)
    for where, why in refused:
        complain(f"{name}: {where}: {why}")
    return 1 if refused else 0


def _agree(args: argparse.Namespace) -> None:
    """Raises Unreadable where two options have nothing to do with each other: neither is passed over in silence."""
    if args.jsonl and args.format is not None:
        raise Unreadable(f"--format {args.format}: --jsonl writes JSON lines and nothing else")
    if args.jsonl and args.published is not None:
        raise Unreadable("--published: with --jsonl each line states its own `published`")
    if not args.jsonl and args.jobs is not None:
        raise Unreadable("--jobs: only with --jsonl")
    if args.cluster is not None and not args.jsonl:
        raise Unreadable("--cluster: only with --jsonl")
    if args.cluster is not None and args.jobs is not None:
        raise Unreadable("--jobs: the workers of --cluster read")
    if args.out is not None and args.cluster is None:
        raise Unreadable("--out: only with --cluster")
    if args.out is None and args.part is not None:
        raise Unreadable("--part: only with --out")
    if args.out is None and len(args.file) > 1:
        raise Unreadable(f"{args.file[1]}: several files only with --out")


def stamp_of(said: str, *, origin: str) -> Stamp:
    """Return a date given from outside. Raises Unreadable, naming its origin."""
    from dateline.text.calendars import read_date

    dated = read_date(said, language="en")
    if dated is None:
        raise Unreadable(f"{origin} {said or '(empty)'}: not a date that a story can have (write YYYY-MM-DD)")
    return Stamp(value=dated.value, precision=dated.precision, zone=dated.zone, said=said, origin=origin)


def _lines(name: str, jobs: int) -> int:
    """Read JSON lines; return 1 when some line was bad, 0 else."""
    if jobs < 1:
        raise Unreadable(f"--jobs {jobs}: at least 1")
    bad = lines = 0
    with opened(name) as source:
        for result in answers(source, jobs):
            lines += 1
            bad += "error" in result
            sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    tell_of_bad(bad, lines)
    return 1 if bad else 0


def tell_of_bad(bad: int, lines: int) -> None:
    """Say how many lines could not be read, if any."""
    if bad:
        complain(f"{bad} of {number_of(lines, 'line', 'lines')} could not be read")


def answers(source: Iterable[str], jobs: int = 1) -> Iterator[dict[str, Any]]:
    """Yield one answer per non-empty line, in input order."""
    lines = ((number, line) for number, line in enumerate(source, start=1) if line.strip())
    if jobs == 1:
        yield from (answer_of(*line) for line in lines)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # This process reads as well as hands out: N jobs are N processes, each with its own models.
    # "spawn", because forking a process that holds spaCy's threads can hang.
    others = jobs - 1
    with ProcessPoolExecutor(others, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[list[dict[str, Any]]]] = deque()
        while chunk := list(islice(lines, CHUNK)):
            is_enough = sum(not each.done() for each in waiting) >= AHEAD * others
            waiting.append(_read_here(chunk) if is_enough else pool.submit(_answers, chunk))
            # Answers go out in the order of the lines, and the input is taken no faster than they do.
            while waiting and (waiting[0].done() or len(waiting) > MOST * jobs):
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _read_here(lines: list[tuple[int, str]]) -> Future[list[dict[str, Any]]]:
    done: Future[list[dict[str, Any]]] = Future()
    done.set_result(_answers(lines))
    return done


def _answers(lines: list[tuple[int, str]]) -> list[dict[str, Any]]:
    return [answer_of(*line) for line in lines]
