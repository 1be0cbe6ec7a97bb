"""`dateline work`: poll and do tasks until told to stop."""

from __future__ import annotations

import argparse
import signal
import threading
import traceback
from types import FrameType

from dateline.cli.console import complain, tell
from dateline.cli.opening import desk, fetch_client, need_archive, now, post
from dateline.cli.pressing import press_next

NAME = "work"
HELP = "Poll the sources that are due and do the tasks that are due, several at once, until stopped (SIGTERM, Ctrl-C)."
_PLACED = 50  # stories put beside the others of their event, before the next look
_IDLE = 2.0  # seconds between two looks when there is nothing to do


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--hands", type=int, default=4, metavar="N", help="how many things are done at once (default: 4)"
    )
    parser.add_argument("--no-read", action="store_true", help="file only; leave reading to another worker")


def run(args: argparse.Namespace) -> int:
    need_archive()
    if args.hands < 1:
        complain("--hands must be 1 or more")
        return 2
    stop = threading.Event()

    def told(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
    # One hand reads and one presses: they share the processor, and more would only wait for each other.
    hands = [
        threading.Thread(
            target=_work,
            args=(stop, not args.no_read and place == 0, place == args.hands - 1),
            name=f"hand {place + 1}",
        )
        for place in range(args.hands)
    ]
    tell(f"working with {args.hands} hands; stop with Ctrl-C or SIGTERM")
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    tell("stopped; nothing was left half done")
    return 0


def _work(stop: threading.Event, reading: bool, pressing: bool) -> None:
    """Do one thing after another; each ends whole before the next look at ``stop``."""
    from django.db import close_old_connections, connections

    while not stop.is_set():
        try:
            # Stale pages first: a reader may be waiting for one.
            busy = (pressing and press_next()) or _do_next(reading)
        except Exception:
            # Whatever it was, its transaction is undone and its lease ends by itself: the others go on.
            complain(f"{threading.current_thread().name}: {traceback.format_exc(limit=-3)}")
            busy = False
        close_old_connections()
        if not busy:
            stop.wait(_IDLE)
    connections.close_all()


def _do_next(reading: bool) -> bool:
    """Do the next thing that is due; False when there is none."""
    from dateline.newsroom.claim import claim_source, claim_task
    from dateline.newsroom.group import group
    from dateline.newsroom.perform import perform
    from dateline.newsroom.poll import poll
    from dateline.reading.reader import read as reader

    if source := claim_source(now()):
        visit = poll(source, client=fetch_client(), desk=desk())
        if visit is not None and (visit.new or visit.changed or visit.note):
            tell(f"{source.slug}: {visit.outcome} {visit.note}; {visit.new} new, {visit.changed} changed")
        return True
    if task := claim_task(now(), reading=reading):
        perform(task, client=fetch_client(), desk=desk(), reader=reader, post=post())
        return True
    # Placed when there is no more to read: what came together stands together.
    return reading and group(press=desk().press, by=desk().by, now=now(), most=_PLACED) > 0
