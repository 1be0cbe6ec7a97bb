"""`dateline digest`: what is new in a watched query, now."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from dateline.cli.console import complain, err, tell
from dateline.cli.opening import fetch_client, need_archive, now, operator, post

if TYPE_CHECKING:
    from dateline.archive.models import Watch

NAME = "digest"
HELP = "Send what is new in a watched query since the last time, now; or show the letter."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the watch")
    parser.add_argument(
        "--print", action="store_true", help="write the message (.eml) to standard output; send nothing"
    )


def run(args: argparse.Namespace) -> int:
    need_archive()
    from dateline.archive.models import Watch

    watch = Watch.objects.filter(name=args.name).first()
    if watch is None:
        complain(f"no watch of this name: {args.name}")
        return 2
    return _print(watch) if args.print else _send(watch)


def _print(watch: Watch) -> int:
    """Make the digest, take its letter and undo it all: the next is told the same."""
    from django.db import transaction

    from dateline.newsroom.digest import digest
    from dateline.wire.letter import dump

    with transaction.atomic():
        delivery = digest(watch, by=operator(), now=now())
        told = list(delivery.stories.select_related("record__current").order_by("pk")) if delivery else []
        message = dump(post().writer.letter(delivery, told)) if delivery else b""
        transaction.set_rollback(True)
    if not message:
        err.print(f"{watch.name}: nothing new")
        return 0
    sys.stdout.buffer.write(message)
    return 0


def _send(watch: Watch) -> int:
    from dateline.archive.models import Task
    from dateline.newsroom.claim import LEASE
    from dateline.newsroom.deliver import deliver
    from dateline.newsroom.digest import digest

    delivery = digest(watch, by=operator(), now=now())
    if delivery is None:
        tell(f"{watch.name}: nothing new")
        return 0
    # Taken out of a worker's hands while we send; where that fails, it is a worker's again.
    mine = Task.objects.filter(kind="deliver", key=str(delivery.pk))
    if not mine.filter(claimed_until=None).update(claimed_until=now() + LEASE):
        tell(f"{watch.name}: a worker sends it")
        return 0
    try:
        deliver(delivery, post=post(), client=fetch_client(), by=operator(), now=now())
    except BaseException:
        mine.update(claimed_until=None)
        raise
    mine.delete()
    tell(f"{watch.name}: {delivery.stories.count()} stories told to {watch.mail or watch.hook}")
    return 0
