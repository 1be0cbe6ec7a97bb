"""`dateline export`: the whole archive as JSON lines."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import nullcontext
from pathlib import Path

from dateline.cli.console import err
from dateline.cli.opening import need_archive

NAME = "export"
HELP = "Write every record with its versions, readings, sightings and corrections as JSON lines."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="OUT", help="file to write (default: standard output)")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from dateline.newsroom.export import export

    written = 0
    with Path(args.output).open("w", encoding="utf-8") if args.output else nullcontext(sys.stdout) as target:
        for plain in export():
            target.write(json.dumps(plain, ensure_ascii=False) + "\n")
            written += 1
    err.print(f"{written} records")
    return 0
