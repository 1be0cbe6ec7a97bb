"""`dateline convert`: one form of a story to another, with what gets lost."""

from __future__ import annotations

import argparse
from pathlib import Path

from dateline.cli.console import complain, number_of
from dateline.cli.inputs import batch_in, stories_in
from dateline.cli.writing import output_to
from dateline.text.slugs import slug

NAME = "convert"
LIST = "opml"  # a list of feeds, and no stories
ENDINGS = {"jsonfeed": "json", "markdown": "md", "ninjs": "json", "text": "txt", "warc": "warc"}
HELP = "Turn a file of any supported format into another; say what is lost."


def arguments(parser: argparse.ArgumentParser) -> None:
    from dateline.wire.conversion import WRITTEN

    choices = sorted((*WRITTEN, LIST))

    parser.add_argument("file", metavar="IN", help="any supported file, or - for standard input")
    parser.add_argument("--to", required=True, choices=choices, help="the format to write")
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="file to write, or a folder for a file a story (default: standard output)",
    )


def run(args: argparse.Namespace) -> int:
    from dateline.wire.conversion import convert, holds_one

    if args.to == LIST:
        return _list_of_feeds(args)
    stories, refused = stories_in(args.file)
    folder = Path(args.output) if args.output and Path(args.output).is_dir() else None
    if holds_one(args.to) and len(stories) > 1 and folder is None:
        complain(f"{args.to} holds one story and {args.file} has {len(stories)}: name a folder with -o")
        return 2
    written = [stories] if folder is None else [[story] for story in stories]
    lost: list[str] = []
    for number, some in enumerate(written, start=1):
        data, losses = convert(some, args.to)
        lost += losses
        name = args.output
        if folder is not None:
            name = str(folder / f"{number:05}-{slug(some[0].headline)[:60]}.{ENDINGS.get(args.to, 'xml')}")
        with output_to(name) as file:
            file.write(data)
    for loss in dict.fromkeys(lost):
        complain(f"lost: {loss}")
    for where, why in refused:
        complain(f"{args.file}: {where}: {why}")
    return 1 if refused else 0


def _list_of_feeds(args: argparse.Namespace) -> int:
    """Write the feeds that a document lists, or the feed that it is by its own word."""
    from dateline.story import FeedLink
    from dateline.wire import opml

    batch = batch_in(args.file)
    itself = (FeedLink(url=batch.topic, title=batch.title, site_url=batch.url),) if batch.topic else ()
    feeds = batch.feeds or itself
    if not feeds:
        complain(f"{args.file}: no feed is listed in it, nor does it say its own address")
        return 2
    with output_to(args.output) as file:
        file.write(opml.dump(feeds, title=batch.title or "Feeds"))
    if batch.items:
        complain(f"lost: {number_of(len(batch.items), 'item', 'items')}: OPML lists feeds, not stories")
    for where, why in batch.refused:
        complain(f"{args.file}: {where}: {why}")
    return 1 if batch.refused else 0
