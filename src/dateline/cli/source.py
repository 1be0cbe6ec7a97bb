"""`dateline source`: the feeds that are polled, and how they do."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.cli.console import complain, number_of, tell
from dateline.cli.opening import desk, fetch_client, need_archive

if TYPE_CHECKING:
    from dateline.archive.models import Source

NAME = "source"
HELP = "Take on, list, look at, pause and drop the sources that are polled; OPML in and out."


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    add = verbs.add_parser("add", help="take on the feed at an address, or the one that a page names")
    add.add_argument("url", metavar="URL")
    add.add_argument("--name", help="what to call it (default: the feed's title)")
    for verb in (add, verbs.add_parser("import", help="take on all feeds of an OPML file")):
        verb.add_argument("--publish", action="store_true", help="publish its new stories as they come in")
        verb.add_argument("--full-text", action="store_true", help="fetch the page of each new story")
    verbs.choices["import"].add_argument("file", metavar="OPML", type=Path)
    verbs.add_parser("export", help="write all polled sources as OPML to standard output")
    verbs.add_parser("list", help="all polled sources with their next visit and why it is then")
    for name, told in (
        ("show", "one source: its state, last 20 visits and what was refused"),
        ("pause", "poll it no more until resumed"),
        ("resume", "poll it again, now"),
        ("drop", "poll it never again; its stories stay"),
    ):
        verbs.add_parser(name, help=told).add_argument("slug", metavar="SOURCE")
    verbs.choices["show"].add_argument(
        "--json", action="store_true", help="the same as JSON, with why each visit was when"
    )


def run(args: argparse.Namespace) -> int:
    need_archive()
    if args.verb == "add":
        return _add(args)
    if args.verb == "import":
        return _import(args)
    if args.verb == "export":
        return _export()
    if args.verb == "list":
        return _list()
    from dateline.archive.models import Source

    source = Source.objects.filter(slug=args.slug).exclude(feed_url=None).first()
    if source is None:
        complain(f"no polled source of this name: {args.slug}")
        return 2
    if args.verb == "show":
        _show_json(source) if args.json else _show(source)
        return 0
    from dateline.newsroom.keep_source import drop, pause, resume

    {"pause": pause, "resume": resume, "drop": drop}[args.verb](source, desk=desk())
    done = {"pause": "paused", "resume": "resumed: due now", "drop": "dropped; its stories stay"}[args.verb]
    tell(f"{source.slug}: {done}")
    return 0


def _add(args: argparse.Namespace) -> int:
    from dateline.newsroom.add_source import add_source

    source = add_source(
        args.url,
        client=fetch_client(),
        desk=desk(),
        name=args.name,
        publishing=args.publish,
        full_text=args.full_text,
    )
    tell(f"{source.slug}: {source.name}, {source.feed_url}")
    return 0


def _import(args: argparse.Namespace) -> int:
    from dateline.newsroom.add_source import NoFeed, enter
    from dateline.wire.formats import batches

    links = [link for batch in batches(args.file) for link in batch.feeds]
    if not links:
        complain(f"{args.file}: no feeds in it")
        return 2
    at, known = desk(), []
    for link in links:
        try:
            known.append(enter(link, desk=at, publishing=args.publish, full_text=args.full_text))
        except NoFeed as error:
            complain(f"{args.file}: {error}")
    taken = sum(source.first_seen_at == at.now for source in known)
    tell(f"{number_of(len(links), 'feed', 'feeds')} named, {taken} taken on")
    return 0


def _export() -> int:
    from dateline.archive.models import Source
    from dateline.story import FeedLink
    from dateline.wire import opml

    feeds = [
        FeedLink(url=source.feed_url or "", title=source.name, site_url=source.url or None)
        for source in Source.objects.polled().order_by("slug")
    ]
    sys.stdout.write(opml.dump(feeds, title="Sources").decode())
    return 0


def _list() -> int:
    from dateline.archive.models import Source

    for source in Source.objects.exclude(feed_url=None).order_by("slug"):
        state = _when(source.due_at) if source.state == Source.Stand.ACTIVE else source.state
        tell(f"{source.slug}\t{state}\t{source.why}\t{source.feed_url}")
    return 0


def _show_json(source: Source) -> None:
    from dateline.archive.health import health

    tell(json.dumps(health(source), ensure_ascii=False, indent=1))


def _show(source: Source) -> None:
    from dateline.archive.health import health

    told = health(source)
    tell(f"{told['name']} ({told['source']}), {told['state']}, {number_of(told['stories'], 'story', 'stories')}")
    tell(f"  feed     {told['feed']}")
    tell(f"  next     {told['next_visit'] or 'never'}: {told['why']}")
    if not told["validators_trusted"]:
        tell("  its validators (ETag, Last-Modified) stayed the same over a change: they are not used")
    if told["hub"]:
        tell(f"  hub      {told['hub']['address']}, until {told['hub']['until'] or 'it confirms'}")
    if told["visits"]:
        tell("  visits   outcome, status, bytes, items, new, changed, refused, note")
    for visit in told["visits"]:
        counts = " ".join(str(visit[name]) for name in ("size", "items", "new", "changed", "refused"))
        tell(f"    {visit['at']}  {visit['outcome']:9} {visit['status'] or '-'} {counts} {visit['note']}")
    for reason, times in told["refusals"].items():
        tell(f"  refused  {reason}: {times}")
    for each in told["last_refused"][:5]:
        tell(f"    {each['at']}  {each['where']}: {each['detail']} ({each['reason']})")


def _when(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "never"
