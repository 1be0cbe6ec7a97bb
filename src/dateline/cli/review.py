"""`dateline review`: a press review of a query or of story codes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dateline.cli.console import complain
from dateline.cli.opening import need_archive, now
from dateline.story import Refused

NAME = "review"
HELP = "Write a press review of published stories: those a query finds, or those of the codes named."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="+", metavar="QUERY|CODE", help="words to search for, or nothing but story codes")
    parser.add_argument("--format", choices=("html", "pdf"), default="html", help="default %(default)s")
    parser.add_argument("--text", choices=("full", "lead"), default="full", help="whole stories or their first words")
    parser.add_argument("--language", metavar="LANG", help="of its own words; of a query, only stories in it")
    parser.add_argument("--title", metavar="TITLE", help="default: press review, in its language")
    parser.add_argument("--limit", type=int, metavar="N", help="at most N stories (default and most: 50)")
    parser.add_argument("-o", "--output", metavar="OUT", help="file to write (default: standard output)")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from django.conf import settings

    from dateline.archive.search import search
    from dateline.site.reviews import MOST, picked, review_of
    from dateline.text.labels import label
    from dateline.wire.typesetting import pdf_of

    by_code = all(word.isdecimal() for word in args.what)
    query = None if by_code else " ".join(args.what)
    most = max(1, min(args.limit or MOST, MOST))
    left_out: list[str] = []
    if by_code:
        records, left_out = picked([int(word) for word in args.what])
    else:
        records = [hit.record for hit in search(query or "", language=args.language, most=most)]
    if not records:
        raise Refused("no-story", f"{' '.join(args.what)}: no published story")
    language = args.language or settings.DATELINE_LANGUAGE
    html = review_of(
        records[:most],
        title=args.title or label("review", language),
        language=language,
        now=now(),
        query=query,
        left_out=left_out,
        lead=args.text == "lead",
        pictures=args.format == "html",
    )
    data = pdf_of(html) if args.format == "pdf" else html
    if args.output:
        Path(args.output).write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    for code in left_out:
        complain(f"{code}: left out, as no published story has this code")
    return 1 if left_out else 0
