"""`dateline key`: who may ask the API for what is not public."""

from __future__ import annotations

import argparse

from dateline.cli.console import complain, err, tell
from dateline.cli.opening import need_archive, now, operator

NAME = "key"
HELP = "Give out, list and revoke keys to the API's private parts."


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("add", help="make a key and show its token, this once").add_argument("name", metavar="NAME")
    verbs.add_parser("list", help="all keys: name, since when, until when")
    verbs.add_parser("revoke", help="end a key for good").add_argument("name", metavar="NAME")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from dateline.archive.models import ApiKey
    from dateline.newsroom.keep_key import give_key, revoke_key

    if args.verb == "add":
        tell(give_key(args.name, by=operator(), now=now()))
        err.print("Keep it now: it is not shown again. Send it as `Authorization: Bearer …`.")
        return 0
    if args.verb == "list":
        for key in ApiKey.objects.order_by("name"):
            ended = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else "in force"
            tell(f"{key.name}\t{key.made_at:%Y-%m-%d}\t{ended}")
        return 0
    found = ApiKey.objects.filter(name=args.name).first()
    if found is None:
        complain(f"no key of this name: {args.name}")
        return 2
    revoke_key(found, by=operator(), now=now())
    tell(f"{found.name}: revoked")
    return 0
