"""`dateline refresh`: press pages anew and read again what an older reader read."""

from __future__ import annotations

import argparse

from dateline.cli.console import tell
from dateline.cli.opening import need_archive, now, operator
from dateline.cli.take_in import read_all

NAME = "refresh"
HELP = "Read again what an older reader read, and press stale pages anew."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="everything, stale or not")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from dateline.newsroom.refresh import refresh
    from dateline.site.press import SitePress

    read = read_all(again=args.all)
    pressed = refresh(press=SitePress(), by=operator(), now=now(), everything=args.all)
    tell(f"{read} read, {pressed} pages pressed")
    return 0
