"""`dateline digest`: what is new in a watched query, now."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from dateline.cli.console import complain, err, number_of, tell
from dateline.cli.opening import fetch_client, need_archive, now, operator, post

if TYPE_CHECKING:
    from dateline.archive.models import Watch

NAME = "digest"
HELP = "Send what is new in a watched query since the last time, now, and what was not sent yet; or show the letter."


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

    from dateline.archive.watching import still_so
    from dateline.newsroom.digest import digest
    from dateline.wire.letter import dump

    with transaction.atomic():
        delivery = digest(watch, by=operator(), now=now())
        told = still_so(delivery) if delivery else []
        message = dump(post().writer.letter(delivery, told)) if delivery and told else b""
        transaction.set_rollback(True)
    if not message:
        err.print(f"{watch.name}: nothing new")
        return 0
    sys.stdout.buffer.write(message)
    return 0


def _send(watch: Watch) -> int:
    """Make the digest; send it, and whatever could not be sent before."""
    from django.db.models import Q

    from dateline.archive.models import Task
    from dateline.newsroom.claim import LEASE
    from dateline.newsroom.deliver import deliver
    from dateline.newsroom.digest import digest

    digest(watch, by=operator(), now=now())
    waiting = list(watch.deliveries.filter(sent_at=None).order_by("pk"))
    left_out: set[int] = set()
    for delivery in waiting:
        # Taken out of a worker's hands while we send; where that fails, it is a worker's again.
        mine = Task.objects.filter(kind="deliver", key=str(delivery.pk))
        free = Q(claimed_until=None) | Q(claimed_until__lt=now())
        if not mine.filter(free).update(claimed_until=now() + LEASE):
            tell(f"{watch.name}: a worker is at it")
            continue
        try:
            sent = deliver(delivery, post=post(), client=fetch_client(), by=operator(), now=now())
        except BaseException:
            mine.update(claimed_until=None)
            raise
        mine.delete()
        left_out |= sent.left_out
        if sent.told:
            tell(f"{watch.name}: {number_of(sent.told, 'story', 'stories')} told to {watch.mail or watch.hook}")
    for code in sorted(left_out):
        tell(f"{watch.name}: {code} not told, as it was withdrawn before its letter left")
    if not waiting:
        tell(f"{watch.name}: nothing new")
    return 0
