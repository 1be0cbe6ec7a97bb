"""`dateline date`: give a story its day."""

from __future__ import annotations

import argparse

from dateline.cli.console import tell
from dateline.cli.opening import need_archive, now, operator, record_of
from dateline.cli.pressing import press_stale
from dateline.cli.read import stamp_of
from dateline.cli.take_in import read_all

NAME = "date"
HELP = "Give a story the day it was published on, where it states none or a wrong one: a new version."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", type=int, metavar="CODE", help="the story code")
    parser.add_argument("date", metavar="DATE", help="the day, with or without the time: 2015-05-12")


def run(args: argparse.Namespace) -> int:
    published = stamp_of(args.date, origin="DATE")
    need_archive()
    from dateline.newsroom.redate import redate
    from dateline.site.press import SitePress

    redate(record_of(args.code), published, by=operator(), now=now(), press=SitePress(later=True))
    read_all(code=args.code)
    press_stale()
    tell(f"{args.code} dated {published.value}")
    return 0
