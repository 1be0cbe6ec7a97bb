"""Run the benchmarks named on the command line."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

NAMES = (
    "pages",
    "feeds",
    "exports",
    "archives",
    "polling",
    "reading",
    "taking_in",
    "search",
    "dossiers",
    "scale",
    "serving",
    "baking",
)
SIZED = {"reading", "taking_in", "search", "dossiers", "scale", "serving", "baking"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument(
        "name", nargs="*", default=NAMES, metavar="NAME", help=f"of {', '.join(NAMES)}; make; multiply; copy"
    )
    parser.add_argument("--data", type=Path, help="folder of pages or feeds, or JSON lines of stories, to measure on")
    parser.add_argument("--stories", type=int, help="of what is made or measured: how many (each has its own default)")
    parser.add_argument("--into", type=Path, help="make: a folder, or a file: .jsonl, or .xml for WordPress")
    parser.add_argument("--times", type=int, default=10, help="multiply: how large the archive becomes")
    parser.add_argument("--seed", type=int, default=0, help="make: another archive of the same size")
    args = parser.parse_args()
    if args.name == ["multiply"] and args.into is not None:
        from benchmarks.multiplying import multiply

        multiply(args.into, args.times)
        return
    if args.name == ["copy"] and args.data is not None:
        from benchmarks.copying import copy

        copy(args.data)
        return
    if args.name == ["make"]:
        if args.into is None:
            parser.error("make: say --into FOLDER or FILE")
        _make(args.stories or 10_000, args.into, args.seed)
        return
    for name in args.name:
        print(f"--- {name}")
        more = {"stories": args.stories} if args.stories and name in SIZED else {}
        importlib.import_module(f"benchmarks.{name}").run(args.data, **more)


def _make(stories: int, into: Path, seed: int) -> None:
    from benchmarks.archive_maker import make, write

    (write if into.suffix in (".jsonl", ".xml") else make)(stories, into, seed=seed)


if __name__ == "__main__":
    main()
