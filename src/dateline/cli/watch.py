"""`dateline watch`: queries that somebody is told of."""

from __future__ import annotations

import argparse

from dateline.cli.console import complain, err, tell
from dateline.cli.opening import need_archive, now, operator
from dateline.cli.search import tell_understood

NAME = "watch"
HELP = "Keep a query under a name and tell a mail address or a web hook what it finds; `dateline work` sends it."


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help="watch a query from now on")
    add.add_argument("name", metavar="NAME")
    add.add_argument("query", nargs="+", metavar="QUERY", help="in the search language")
    whom = add.add_mutually_exclusive_group(required=True)
    whom.add_argument("--mail", metavar="ADDRESS", default="", help="send letters there")
    whom.add_argument("--hook", metavar="URL", default="", help="post JSON there, signed")
    add.add_argument(
        "--rhythm", choices=("at-once", "daily", "weekly"), default="daily", help="when (default: %(default)s)"
    )
    add.add_argument("--language", metavar="LANG", default="", help="only stories in it; letters in it too")
    verbs.add_parser("list", help="all watches: name, rhythm, whom they tell, query")
    verbs.add_parser("drop", help="end a watch").add_argument("name", metavar="NAME")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from dateline.archive.models import Watch
    from dateline.archive.search import find
    from dateline.newsroom.keep_watch import drop_watch, keep_watch

    if args.verb == "add":
        watch = keep_watch(
            args.name,
            " ".join(args.query),
            rhythm=args.rhythm,
            mail=args.mail,
            hook=args.hook,
            language=args.language,
            by=operator(),
            now=now(),
        )
        tell_understood(find(watch.query, language=watch.language or None, most=1), doubts_only=True)
        tell(f"{watch.name}: {watch.query}, {watch.rhythm}, to {watch.mail or watch.hook}")
        if watch.hook:
            err.print("What is posted is signed with this secret (X-Dateline-Signature: sha256=HMAC of the body):")
            tell(watch.secret)
        return 0
    if args.verb == "list":
        for each in Watch.objects.order_by("name"):
            waiting = each.deliveries.filter(sent_at=None).count()
            late = f"\t{waiting} not sent yet" if waiting else ""
            tell(f"{each.name}\t{each.rhythm}\t{each.mail or each.hook}\t{each.query}{late}")
        return 0
    found = Watch.objects.filter(name=args.name).first()
    if found is None:
        complain(f"no watch of this name: {args.name}")
        return 2
    drop_watch(found, by=operator(), now=now())
    tell(f"{args.name}: dropped")
    return 0
