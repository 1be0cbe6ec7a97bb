"""Run the benchmarks named on the command line."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

NAMES = ("pages", "feeds", "exports", "archives", "polling", "reading", "serving", "baking")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("name", nargs="*", default=NAMES, metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--data", type=Path, help="folder of pages or feeds, or JSON lines of stories, to measure on")
    parser.add_argument(
        "--stories", type=int, help="reading: how many in bulk (10,000); serving (200,000) and baking (20,000): rows"
    )
    args = parser.parse_args()
    for name in args.name:
        print(f"--- {name}")
        more = {"stories": args.stories} if args.stories and name in ("reading", "serving", "baking") else {}
        importlib.import_module(f"benchmarks.{name}").run(args.data, **more)


if __name__ == "__main__":
    main()
