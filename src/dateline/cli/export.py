"""`dateline export`: the whole archive as JSON lines."""

from __future__ import annotations

import argparse
import json

from dateline.cli.console import err, number_of
from dateline.cli.opening import need_archive
from dateline.cli.writing import output_to

NAME = "export"
HELP = "Write every record with its versions, readings, sightings and corrections as JSON lines."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="OUT", help="file to write (default: standard output)")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from dateline.newsroom.export import export

    written = 0
    with output_to(args.output) as file:
        for plain in export():
            file.write(json.dumps(plain, ensure_ascii=False).encode() + b"\n")
            written += 1
    err.print(number_of(written, "record", "records"))
    return 0
