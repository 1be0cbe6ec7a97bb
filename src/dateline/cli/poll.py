"""`dateline poll`: visit the sources that are due, once (for cron)."""

from __future__ import annotations

import argparse
import traceback

from dateline.cli.console import complain, progress, tell
from dateline.cli.opening import desk, fetch_client, need_archive, now, post
from dateline.cli.pressing import press_stale

NAME = "poll"
HELP = "Visit the sources that are due, or the ones named, once; then do the tasks that are due. For cron."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="*", metavar="SOURCE", help="slugs of sources to visit now, due or not")
    parser.add_argument("--once", action="store_true", help="accepted for clarity: this command always ends")
    parser.add_argument("--no-read", action="store_true", help="file only; read later")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from dateline.archive.models import Source
    from dateline.newsroom.claim import claim_named, claim_source

    if args.source:
        unknown = set(args.source) - set(Source.objects.polled().values_list("slug", flat=True))
        if unknown:
            complain(f"no polled source of this name: {', '.join(sorted(unknown))}")
            return 2
        waiting = [claim_named(name, now=now()) for name in args.source]
        for name, source in zip(args.source, waiting, strict=True):
            if source is None:
                tell(f"{name}: another worker is at it")
        sources = iter([source for source in waiting if source is not None])
        total = len(waiting)
    else:
        total = Source.objects.due(now()).count()
        if total == 0:
            tell(_next_due())
        sources = iter(lambda: claim_source(now()), None)
    client, failed = fetch_client(), 0
    from dateline.newsroom.poll import poll

    for source in progress(sources, total=total, label="polling"):
        try:
            visit = poll(source, client=client, desk=desk(), reading=not args.no_read)
        except Exception:
            failed += 1
            complain(f"{source.slug}: {traceback.format_exc(limit=-3)}")
            continue
        if visit is None:
            tell(f"{source.slug}: its host is being left alone for now")
            continue
        failed += visit.outcome in ("failed", "forbidden")
        brought = f"{visit.items} items, {visit.new} new, {visit.changed} changed, {visit.refused} refused"
        tell(f"{source.slug}: {visit.outcome}{f', {visit.note}' if visit.note else ''}; {brought}")
    do_tasks(reading=not args.no_read)
    press_stale()
    return 1 if failed else 0


def _next_due() -> str:
    from dateline.archive.models import Source

    first = Source.objects.polled().order_by("due_at").first()
    if first is None:
        return "no source is polled: `dateline source add URL` takes one on"
    return f"no source is due; the next is {first.slug}, {first.due_at:%Y-%m-%d %H:%M} UTC ({first.why})"


def do_tasks(*, reading: bool) -> None:
    """Do all the tasks that are due now."""
    from dateline.archive.models import Task
    from dateline.newsroom.claim import claim_task
    from dateline.newsroom.group import group
    from dateline.newsroom.perform import perform
    from dateline.reading.reader import read as reader

    client = fetch_client()
    tasks = iter(lambda: claim_task(now(), reading=reading), None)
    for task in progress(tasks, total=Task.objects.due(now()).count(), label="tasks"):
        try:
            perform(task, client=client, desk=desk(), reader=reader, post=post())
        except Exception:
            complain(f"{task.kind} {task.key}: {traceback.format_exc(limit=-3)}")
    if reading:
        group(press=desk().press, by=desk().by, now=now())
