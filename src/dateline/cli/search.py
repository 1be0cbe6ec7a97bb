"""`dateline search`: find published stories."""

from __future__ import annotations

import argparse

from dateline.cli.console import tell
from dateline.cli.opening import need_archive

NAME = "search"
HELP = "Find published stories."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", help='words, "phrases", a story code, or the code another site gave')
    parser.add_argument("--language", metavar="LANG", help="only stories in this language")
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="at most N (default %(default)s)")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from dateline.archive.models import Record
    from dateline.archive.search import find

    found = find(" ".join(args.query), language=args.language, most=args.limit)
    for hit in found.hits:
        record = hit.record
        tell(f"{record.code}  {record.published_at:%Y-%m-%d}  {record.language}  {record.headline}")
    if not found.total and (waiting := Record.objects.filter(state=Record.State.FILED).count()):
        tell(f"0 found; {waiting} stories are filed and not published: `dateline publish` puts them on the site")
        return 0
    tell(f"{found.total} found")
    return 0
