"""`dateline take-in`: files and folders → the archive."""

from __future__ import annotations

import argparse
from pathlib import Path

from dateline.cli.console import complain, progress, tell
from dateline.cli.opening import desk, need_archive, now, operator
from dateline.cli.pressing import press_stale

NAME = "take-in"
HELP = "Take in files and folders of any supported format; read, and if asked publish, what is new."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="+", metavar="PATH", help="files and folders (folders whole, in name order)")
    parser.add_argument("--publish", action="store_true", help="publish each new story as it comes in")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes that clean (default: 1)")
    parser.add_argument("--no-read", action="store_true", help="file only; read later with `dateline refresh`")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from dateline.newsroom.gather import gather

    if args.jobs < 1:
        complain(f"--jobs {args.jobs}: at least 1")
        return 2
    files = files_under(args.path)
    if not files:
        complain(f"{args.path[0]}: no files there")
        return 2
    told = progress(files, total=len(files), label="taking in")
    tally = gather(told, publishing=args.publish, desk=desk(), jobs=args.jobs)
    if not args.no_read:
        read_all()
    press_stale()
    for where, what in tally.passed:
        tell(f"{where}: no story by its own word: {what}")
    for where, why in tally.refused:
        complain(f"{where}: {why}")
    counts = ", ".join(f"{number} {outcome}" for outcome, number in sorted(tally.outcomes.items()))
    tell(f"{len(files)} files: {counts or 'nothing'}, {len(tally.refused)} refused; {tally.published} published")
    for reason, number in sorted(tally.reasons.items()):
        tell(f"  refused, {reason}: {number}")
    if tally.asked:
        tell(f"{tally.asked} pages to be fetched: `dateline poll` or `dateline work` does it")
    if tally.outcomes or tally.asked:
        return 1 if tally.refused else 0
    return 2


def files_under(names: list[str]) -> list[Path]:
    """Return the files named and the files below the folders named, in name order, hidden ones left out."""
    files: list[Path] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            files += sorted(
                each
                for each in path.rglob("*")
                if each.is_file() and not each.name.startswith(".") and each.suffix != ".md"
            )
        else:
            files.append(path)
    return files


def read_all(*, again: bool = False) -> int:
    """Read every current version that no reader, or an older one, has read; return how many."""
    from dateline.archive.models import Version
    from dateline.newsroom.read import read
    from dateline.reading.models import load
    from dateline.reading.reader import READER
    from dateline.reading.reader import read as reader
    from dateline.site.press import SitePress

    waiting = list(Version.objects.unread(None if again else READER))
    if not waiting:
        return 0
    load("en")
    press = SitePress()
    for version in progress(waiting, total=len(waiting), label="reading"):
        read(version, reader=reader, by=operator(), now=now(), press=press)
    return len(waiting)
