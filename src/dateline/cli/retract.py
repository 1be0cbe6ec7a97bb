"""`dateline retract`: withdraw a story, with a public notice."""

from __future__ import annotations

import argparse

from dateline.cli.console import tell
from dateline.cli.opening import need_archive, now, operator, record_of
from dateline.cli.pressing import press_stale

NAME = "retract"
HELP = "Withdraw a story: its addresses answer 410 with a public notice."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", type=int, metavar="CODE", help="the story code")
    parser.add_argument("--reason", required=True, help="what the public notice says")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from dateline.newsroom.retract import retract
    from dateline.site.press import SitePress

    retract(record_of(args.code), by=operator(), reason=args.reason, now=now(), press=SitePress())
    press_stale()
    tell(f"{args.code} withdrawn")
    return 0
