"""`dateline group`: which stories tell of one event, and which of those are copies."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.cli.console import complain, progress, tell
from dateline.story import DatelineError

if TYPE_CHECKING:
    from dateline.reading.grouping import Member
    from dateline.story import Story

NAME = "group"
HELP = "Tell which stories of files and folders are of one event, and which of those are copies; no archive needed."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="+", type=Path, metavar="PATH", help="files and folders of any supported format")
    parser.add_argument("--json", action="store_true", help="a JSON line for each story: key, group, copy_of, headline")


def run(args: argparse.Namespace) -> int:
    from dateline.reading.grouping import Grouping

    stories, faults = _stories(args.path)
    if not stories:
        complain("no story in them")
        return 2
    grouping = Grouping()
    groups: defaultdict[int, list[Member]] = defaultdict(list)
    for story in stories.values():
        grouping.learn(story)
    for key in sorted(stories, key=lambda key: _day(stories[key])):
        member = grouping.place(key, stories[key], is_learnt=True)
        groups[member.group].append(member)
    for members in groups.values():
        _tell(members, stories, as_json=args.json)
    several = sum(len(members) > 1 for members in groups.values())
    if not args.json:
        tell(f"{len(stories)} stories, {len(groups)} events, {several} of them told more than once")
    return 1 if faults else 0


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


def _day(story: Story) -> str:
    return (story.published.day if story.published else None) or ""


def _tell(members: list[Member], stories: dict[str, Story], *, as_json: bool) -> None:
    for place, member in enumerate(members):
        story = stories[member.key]
        if as_json:
            told = {"key": member.key, "group": member.group, "copy_of": member.copy_of, "headline": story.headline}
            tell(json.dumps(told, ensure_ascii=False))
            continue
        copy = f"  (a copy of {member.copy_of})" if member.copy_of else ""
        tell(f"{'' if place == 0 else '  '}{_day(story) or 'undated'}  {story.headline}  {member.key}{copy}")
