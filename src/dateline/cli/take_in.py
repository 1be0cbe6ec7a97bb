"""`dateline take-in`: files and folders → the archive."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.cli.cluster import HELP as CLUSTER_HELP
from dateline.cli.cluster import Engine
from dateline.cli.console import complain, number_of, progress, tell
from dateline.cli.inputs import files_under
from dateline.cli.opening import desk, need_archive, now, operator
from dateline.cli.pressing import press_stale, processors

if TYPE_CHECKING:
    from dateline.newsroom.file_batch import Tally

NAME = "take-in"
# Bytes, from which on the start of further processes is little.
_MUCH = 8 << 20
HELP = "Take in files and folders of any supported format; read, and if asked publish, what is new."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="+", metavar="PATH", help="files and folders (folders whole, in name order)")
    parser.add_argument("--publish", action="store_true", help="publish each new story as it comes in")
    parser.add_argument(
        "--jobs", type=int, metavar="N", help="processes that clean (default: one, for much one a processor)"
    )
    parser.add_argument("--cluster", metavar="ADDRESS", help=f"have others clean and read: {CLUSTER_HELP}")
    parser.add_argument("--no-read", action="store_true", help="file only; read later with `dateline refresh`")


def run(args: argparse.Namespace) -> int:
    need_archive()
    if args.cluster is not None and args.jobs is not None:
        complain("--jobs: the workers of --cluster clean")
        return 2
    if args.jobs is not None and args.jobs < 1:
        complain(f"--jobs {args.jobs}: at least 1")
        return 2
    files = files_under(args.path)
    if not files:
        complain(f"{args.path[0]}: no files there")
        return 2
    if args.jobs is None:
        args.jobs = processors() if sum(path.stat().st_size for path in files if path.is_file()) > _MUCH else 1
    told = progress(files, total=len(files), label="taking in")
    tally = _gathered(told, args)
    if not args.no_read:
        read_all()
    press_stale(jobs=processors())
    for where, what in tally.passed:
        tell(f"{where}: no story by its own word: {what}")
    for where, why in tally.refused:
        complain(f"{where}: {why}")
    counts = ", ".join(f"{number} {outcome}" for outcome, number in sorted(tally.outcomes.items()))
    tell(
        f"{number_of(len(files), 'file', 'files')}: {counts or 'nothing'}, {len(tally.refused)} refused;"
        f" {tally.published} published"
    )
    for reason, number in sorted(tally.reasons.items()):
        tell(f"  refused, {reason}: {number}")
    if tally.asked:
        tell(f"{number_of(tally.asked, 'page', 'pages')} to be fetched: `dateline poll` or `dateline work` does it")
    if tally.outcomes or tally.asked:
        return 1 if tally.refused else 0
    return 2


def _gathered(files: Iterable[Path], args: argparse.Namespace) -> Tally:
    from dateline.clean.crew import collect_rarely
    from dateline.newsroom.gather import gather, gather_with

    collect_rarely()
    if args.cluster is None:
        return gather(files, publishing=args.publish, desk=desk(later=True), jobs=args.jobs)
    from dateline.cli.far_crew import FarCrew

    with Engine(args.cluster) as cluster:
        crew = FarCrew(cluster=cluster, reading=not args.no_read)
        return gather_with(crew, files, publishing=args.publish, desk=desk(later=True))


def read_all(*, again: bool = False, code: int | None = None) -> int:
    """Read every current version that no reader, or an older one, has read, or that of one story; return how many."""
    from dateline.archive.models import Version
    from dateline.newsroom.group import group
    from dateline.newsroom.read import read
    from dateline.reading.models import load
    from dateline.reading.reader import READER
    from dateline.reading.reader import read as reader
    from dateline.site.press import SitePress

    unread = Version.objects.unread(None if again else READER)
    waiting = list((unread if code is None else unread.filter(record__code=code)).values_list("pk", flat=True))
    if not waiting:
        return 0
    load("en")
    press = SitePress(later=True)
    for pk in progress(waiting, total=len(waiting), label="reading"):
        read(Version.objects.select_related("record").get(pk=pk), reader=reader, by=operator(), now=now(), press=press)
    group(press=press, by=operator(), now=now())
    return len(waiting)
