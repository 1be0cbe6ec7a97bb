"""`dateline review`: a press review of a query or of story codes."""

from __future__ import annotations

import argparse

from dateline.cli.console import complain
from dateline.cli.opening import need_archive, now
from dateline.cli.writing import output_to
from dateline.story import Refused, Unreadable

NAME = "review"
HELP = "Write a press review of published stories: those a query finds, or those of the codes named."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="+", metavar="QUERY|CODE", help="words to search for, or nothing but story codes")
    parser.add_argument("--format", choices=("html", "pdf"), default="html", help="default %(default)s")
    parser.add_argument("--text", choices=("full", "lead"), default="full", help="whole stories or their first words")
    parser.add_argument("--language", metavar="LANG", help="of its own words; of a query, only stories in it")
    parser.add_argument("--title", metavar="TITLE", help="default: press review, in its language")
    parser.add_argument("--sort", choices=("relevance", "date"), default="relevance", help="of a query; %(default)s")
    parser.add_argument("--limit", type=int, metavar="N", help="of a query, at most N stories (default and most: 50)")
    parser.add_argument("-o", "--output", metavar="OUT", help="file to write (default: standard output)")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from django.conf import settings

    from dateline.site.reviews import MOST, asked, picked, review_of
    from dateline.text.labels import label
    from dateline.wire.typesetting import pdf_of

    by_code = all(word.isdecimal() for word in args.what)
    if args.limit is not None and not 1 <= args.limit <= MOST:
        raise Unreadable(f"--limit: give a number from 1 to {MOST}")
    if by_code and len(args.what) > MOST:
        raise Unreadable(f"{len(args.what)} codes: a press review holds up to {MOST} stories")
    if by_code:
        choice = picked([int(word) for word in args.what if len(word) <= 18])
    else:
        said = " ".join(args.what)
        choice = asked(said, language=args.language, by_date=args.sort == "date", most=args.limit or MOST)
    if not choice.records:
        raise Refused("no-story", f"{' '.join(args.what)}: no published story")
    language = args.language or settings.DATELINE_LANGUAGE
    html = review_of(
        choice.records,
        title=args.title or label("review", language),
        language=language,
        now=now(),
        lead=args.text == "lead",
        pictures=args.format == "html",
        **choice.origin,
    )
    data = pdf_of(html) if args.format == "pdf" else html
    with output_to(args.output) as file:
        file.write(data)
    for code in choice.left_out:
        complain(f"{code}: left out, as no published story has this code")
    return 1 if choice.left_out else 0
