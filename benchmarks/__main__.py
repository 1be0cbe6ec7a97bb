"""Run the benchmarks named on the command line."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

NAMES = ("pages", "feeds", "exports", "archives", "polling")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("name", nargs="*", default=NAMES, metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--data", type=Path, help="folder of pages or feeds to measure on")
    args = parser.parse_args()
    for name in args.name:
        print(f"--- {name}")
        importlib.import_module(f"benchmarks.{name}").run(args.data)


if __name__ == "__main__":
    main()
