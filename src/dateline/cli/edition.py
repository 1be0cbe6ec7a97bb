"""`dateline edition`: one story in several languages."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from dateline.cli.console import complain, tell
from dateline.cli.opening import need_archive, now, operator, record_of
from dateline.cli.pressing import press_stale

if TYPE_CHECKING:
    from dateline.archive.models import Record

NAME = "edition"
HELP = "Link stories that are one story in several languages, part them, list them."


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    link = verbs.add_parser("link", help="say that a story is an edition of another in a second language")
    link.add_argument("original", type=int, metavar="CODE", help="the story code of the original")
    link.add_argument("edition", type=int, metavar="CODE", help="the story code of what was made of it")
    link.add_argument("--of-version", type=int, metavar="N", help="of this version of the original (default: its last)")
    unlink = verbs.add_parser("unlink", help="say that it is none after all; an original is parted from all editions")
    shown = verbs.add_parser("list", help="the published editions of a story, and which are out of date")
    for verb in (unlink, shown):
        verb.add_argument("code", type=int, metavar="CODE", help="the story code")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from dateline.newsroom.unlink_edition import unlink_edition
    from dateline.site.press import SitePress

    if args.verb == "link":
        return _link(record_of(args.original), record_of(args.edition), args.of_version)
    if args.verb == "list":
        return _list(record_of(args.code))
    unlink_edition(record_of(args.code), by=operator(), now=now(), press=SitePress())
    press_stale()
    tell(f"{args.code} has no editions any more")
    return 0


def _link(original: Record, edition: Record, number: int | None) -> int:
    from dateline.newsroom.link_edition import link_edition
    from dateline.site.press import SitePress

    version = original.current if number is None else original.versions.filter(number=number).first()
    if version is None:
        complain(f"{original.code} has no version {number}" if number is not None else f"{original.code} has no text")
        return 2
    link_edition(original, edition, of_version=version, by=operator(), now=now(), press=SitePress())
    press_stale()
    tell(f"{edition.code} ({edition.language}) is an edition of {original.code}, version {version.number}")
    return 0


def _list(record: Record) -> int:
    from dateline.archive.editions import basis_of, editions_of

    if basis := basis_of(record):
        tell(f"{record.code}\t{record.language}\t{_state(basis.of_version, basis.out_of_date_since)}")
    for each in editions_of(record):
        tell(f"{each.record.code}\t{each.record.language}\t{_state(each.of_version, each.out_of_date_since)}")
    return 0


def _state(of_version: int | None, out_of_date_since: int | None) -> str:
    if of_version is None:
        return "original"
    late = f", out of date since version {out_of_date_since}" if out_of_date_since else ""
    return f"of version {of_version}{late}"
