"""`dateline convert`: one form of a story to another, with what gets lost."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dateline.cli.console import complain
from dateline.cli.inputs import stories_in

NAME = "convert"
HELP = "Turn a file of any supported format into another; say what is lost."


def arguments(parser: argparse.ArgumentParser) -> None:
    from dateline.wire.conversion import WRITTEN

    parser.add_argument("file", metavar="IN", help="any supported file, or - for standard input")
    parser.add_argument("--to", required=True, choices=sorted(WRITTEN), help="the format to write")
    parser.add_argument("-o", "--output", metavar="OUT", help="file to write (default: standard output)")


def run(args: argparse.Namespace) -> int:
    from dateline.wire.conversion import convert

    stories, refused = stories_in(args.file)
    data, losses = convert(stories, args.to)
    if args.output:
        Path(args.output).write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    for loss in losses:
        complain(f"lost: {loss}")
    for where, why in refused:
        complain(f"{args.file}: {where}: {why}")
    return 1 if refused else 0
