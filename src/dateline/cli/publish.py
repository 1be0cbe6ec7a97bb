"""`dateline publish`: put filed stories on the site."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from dateline.cli.console import progress, tell
from dateline.cli.opening import need_archive, now, operator, record_of
from dateline.cli.pressing import press_stale, processors

if TYPE_CHECKING:
    from dateline.archive.models import Record

NAME = "publish"
HELP = "Publish filed stories: the given codes, or all that wait."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", type=int, nargs="*", metavar="CODE", help="story codes (default: all filed stories)")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from dateline.archive.models import Record

    records = [record_of(code) for code in args.code] or list(Record.objects.filed())
    tell(f"{publish_all(records)} published")
    return 0


def publish_all(records: list[Record]) -> int:
    """Publish each record and return how many."""
    from dateline.newsroom.publish import publish
    from dateline.site.press import SitePress

    press = SitePress(later=True)
    for record in progress(records, total=len(records), label="publishing"):
        publish(record, by=operator(), now=now(), press=press)
    press_stale(jobs=processors())
    return len(records)
