"""`dateline refresh`: press pages anew and read again what an older reader read."""

from __future__ import annotations

import argparse

from dateline.cli.console import tell
from dateline.cli.opening import need_archive, now, operator
from dateline.cli.pressing import press_stale
from dateline.cli.take_in import read_all
from dateline.story import Unreadable

NAME = "refresh"
HELP = "Read again what an older reader read, and press stale pages anew."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="everything, stale or not")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes to press with (default: 2)")


def run(args: argparse.Namespace) -> int:
    if args.jobs < 1:
        raise Unreadable(f"--jobs {args.jobs}: at least 1")
    need_archive()
    from dateline.newsroom.refresh import refresh
    from dateline.site.press import SitePress

    read = read_all(again=args.all)
    refresh(press=SitePress(), by=operator(), now=now(), everything=args.all)
    pressed = press_stale(jobs=args.jobs)
    tell(f"{read} read, {pressed} pages pressed")
    return 0
