"""`dateline group`: which stories tell of one event, and which of those are copies."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.cli.console import complain, number_of, progress, tell
from dateline.cli.inputs import opened
from dateline.cli.read import tell_of_bad
from dateline.story import DatelineError, Story, Unreadable

if TYPE_CHECKING:
    from dateline.reading.grouping import Member

NAME = "group"
HELP = "Tell which stories of files and folders are of one event, and which of those are copies; no archive needed."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="*", type=Path, metavar="PATH", help="files and folders of any supported format")
    parser.add_argument("--json", action="store_true", help="a JSON line for each story: key, group, copy_of, headline")
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help="read JSON lines {id, text, title?, published?, language?} of one file or standard input, write "
        "{id, cluster, copy_of?} (docs/reference/json-lines.md)",
    )


def run(args: argparse.Namespace) -> int:
    from dateline.reading.grouping import grouped

    if args.jsonl:
        return _lines(args.path)
    if not args.path:
        raise Unreadable("name files or folders to group, or --jsonl for JSON lines")
    stories, faults = _stories(args.path)
    if not stories:
        complain("no story in them")
        return 2
    groups: defaultdict[int, list[Member]] = defaultdict(list)
    for member in grouped(stories):
        groups[member.group].append(member)
    for members in groups.values():
        _tell(members, stories, as_json=args.json)
    several = sum(len(members) > 1 for members in groups.values())
    if not args.json:
        tell(
            f"{number_of(len(stories), 'story', 'stories')}, {number_of(len(groups), 'event', 'events')},"
            f" {several} told more than once"
        )
    return 1 if faults else 0


def _lines(paths: list[Path]) -> int:
    """Group JSON lines; return 1 when some line was bad, 0 else. Answers are in the order of the lines."""
    from dateline.reading.grouping import grouped

    if len(paths) > 1:
        raise Unreadable("--jsonl reads one file, or standard input")
    with opened(str(paths[0]) if paths else "-") as source:
        lines = [_line(line) for line in enumerate(source, start=1) if line[1].strip()]
    # By number, as an id may stand twice or not at all.
    stories = {str(number): story for number, (_, story) in enumerate(lines) if isinstance(story, Story)}
    placed = progress(grouped(stories), total=len(stories), label="grouping")
    members = {member.key: member for member in placed}
    bad = 0
    for number, (answer, story) in enumerate(lines):
        if isinstance(story, Story):
            member = members[str(number)]
            copy = {} if member.copy_of is None else {"copy_of": lines[int(member.copy_of)][0].get("id")}
            tell(json.dumps({**answer, "cluster": str(member.group), **copy}, ensure_ascii=False))
        else:
            bad += 1
            tell(json.dumps({**answer, "error": story}, ensure_ascii=False))
    tell_of_bad(bad, len(lines))
    return 1 if bad else 0


def _line(numbered: tuple[int, str]) -> tuple[dict[str, Any], Story | str]:
    """Return what a line's answer begins with, and its story or what is wrong with it."""
    from dateline.reading.lines import given_in, named, story_of

    number, line = numbered
    answer: dict[str, Any] = {}
    try:
        given = given_in(line)
        answer = named(given)
        return answer, story_of(given)
    except Unreadable as error:
        return answer, f"line {number}: {error}"


def _stories(paths: list[Path]) -> tuple[dict[str, Story], int]:
    """Return the stories by file and number, and how many documents or parts could not be read."""
    from dateline.clean.stories import clean
    from dateline.wire.formats import batches

    files = sorted(
        file for path in paths for file in (path.rglob("*") if path.is_dir() else [path]) if not file.is_dir()
    )
    stories: dict[str, Story] = {}
    faults = 0
    for file in progress(files, total=len(files), label="reading"):
        number = 0
        try:
            for batch in batches(file):
                for item in batch.items:
                    number += 1
                    try:
                        stories[f"{file}#{number}" if number > 1 else str(file)] = clean(item)
                    except DatelineError as error:
                        faults += 1
                        complain(f"{file}: item {number}: {error}")
        except DatelineError as error:
            faults += 1
            complain(f"{file}: {error}")
    return stories, faults


def _tell(members: list[Member], stories: dict[str, Story], *, as_json: bool) -> None:
    from dateline.reading.grouping import day_of

    for place, member in enumerate(members):
        story = stories[member.key]
        if as_json:
            told = {"key": member.key, "group": member.group, "copy_of": member.copy_of, "headline": story.headline}
            tell(json.dumps(told, ensure_ascii=False))
            continue
        copy = f"  (a copy of {member.copy_of})" if member.copy_of else ""
        tell(f"{'' if place == 0 else '  '}{day_of(story) or 'undated'}  {story.headline}  {member.key}{copy}")
