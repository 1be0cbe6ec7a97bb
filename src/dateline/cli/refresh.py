"""`dateline refresh`: read again what an older reader read, mend the search, and press stale pages anew."""

from __future__ import annotations

import argparse

from dateline.cli.console import number_of, tell
from dateline.cli.opening import need_archive, now, operator
from dateline.cli.pressing import press_stale
from dateline.cli.take_in import read_all
from dateline.story import Unreadable

NAME = "refresh"
HELP = "Read again what an older reader read, index what is not in the search, and press stale pages anew."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="everything, stale or not")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes to press with (default: 2)")


def run(args: argparse.Namespace) -> int:
    if args.jobs < 1:
        raise Unreadable(f"--jobs {args.jobs}: at least 1")
    need_archive()
    from dateline.newsroom.refresh import refresh
    from dateline.newsroom.reindex import reindex
    from dateline.site.press import SitePress

    read = read_all(again=args.all)
    indexed = max(reindex(everything=args.all), default=0)
    refresh(press=SitePress(), by=operator(), now=now(), everything=args.all)
    pressed = press_stale(jobs=args.jobs)
    tell(f"{read} read, {indexed} put into the search, {number_of(pressed, 'page', 'pages')} pressed")
    return 0
