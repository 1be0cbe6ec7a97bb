"""`dateline search`: find published stories, and take away what was found."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from dateline.cli.console import err, number_of, tell
from dateline.cli.opening import need_archive
from dateline.cli.writing import output_to
from dateline.story import Unreadable

if TYPE_CHECKING:
    from dateline.archive.search import Found
    from dateline.text.queries import Query

NAME = "search"
HELP = "Find published stories; the query language is in docs/reference/search-language.md."
FORMATS = ("rss", "atom", "json", "ics", "csv", "jsonl", "parquet")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", help='words, "phrases", -not, OR, fields (source:…), a story code')
    parser.add_argument("--language", metavar="LANG", help="only stories in this language")
    parser.add_argument("--sort", choices=("relevance", "date"), default="relevance", help="(default %(default)s)")
    parser.add_argument("--limit", type=int, metavar="N", help="at most N stories (default: 20; exported, all)")
    parser.add_argument("--facets", action="store_true", help="count sources, sections, years, people, places, …")
    parser.add_argument("--explain", action="store_true", help="say how each piece of the query was understood")
    parser.add_argument("--export", choices=FORMATS, help="write the stories found, newest first")
    parser.add_argument("-o", "--output", metavar="FILE", help="file to export to (default: standard output)")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from dateline.archive.search import find
    from dateline.text.query_reader import read_query

    query = read_query(" ".join(args.query))
    if args.limit is not None and args.limit < 1:
        raise Unreadable("--limit: give a number of 1 or more")
    if args.export:
        return _export(query, args)
    found = find(query, language=args.language, order=args.sort, most=args.limit or 20)
    if args.explain or any(each.instead for each in found.explained):
        tell_understood(found)
    for hit in found.hits:
        record = hit.record
        tell(f"{record.code}  {record.day_stated or 'no date':10}  {record.language}  {record.headline}")
    if args.facets:
        _tell_facets(found)
    return _tell_total(found)


def _export(query: Query, args: argparse.Namespace) -> int:
    from dateline.site.exports import EXPORTS

    pieces = EXPORTS[args.export].write(query, args.language, args.limit)
    first = next(pieces, b"")  # what is missing is told before a file is touched
    with output_to(args.output) as file:
        file.write(first)
        for piece in pieces:
            file.write(piece)
    if args.output:
        err.print(f"{args.output} written")
    return 0


def tell_understood(found: Found, *, doubts_only: bool = False) -> None:
    """Say how each piece of a query was taken, or those alone that are in doubt, and what is known instead."""
    from dateline.site.search_page import Address, glosses

    for gloss in glosses(found, Address(language="en", by_date=False)):
        if gloss["is_doubt"] or not doubts_only:
            instead = f"; known: {', '.join(piece for piece, _ in gloss['instead'])}" if gloss["instead"] else ""
            tell(f"{'?' if gloss['is_doubt'] else ' '} {gloss['said']}  {gloss['told']}{instead}")


def _tell_facets(found: Found) -> None:
    for facet in found.facets:
        told = ", ".join(f"{value.label or ' '.join(value.field.words)} {value.count}" for value in facet.values)
        tell(f"{facet.name}: {told}")
    if found.is_capped:
        tell(f"(counted in the newest {number_of(found.total, 'story', 'stories')})")


def _tell_total(found: Found) -> int:
    from dateline.archive.models import Record

    if found.suggestion:
        tell(f"did you mean: {found.suggestion.said}")
    if not found.total and (waiting := Record.objects.filter(state=Record.State.FILED).count()):
        tell(
            f"0 found; {number_of(waiting, 'story is', 'stories are')} filed and not published:"
            " `dateline publish` puts them on the site"
        )
        return 0
    shown = f", {len(found.hits)} shown" if len(found.hits) < found.total or found.is_capped else ""
    back_to = f", looked back to {found.back_to}" if found.back_to else ""
    tell(f"{found.total}{' or more' if found.is_capped else ''} found{shown}{back_to}")
    return 0
