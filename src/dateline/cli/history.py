"""`dateline history`: what a story said before, who changed it, where it was seen."""

from __future__ import annotations

import argparse
import json
from typing import Any

from dateline.cli.console import tell
from dateline.cli.opening import need_archive, record_of

NAME = "history"
HELP = "What changed in a story and when, where it was seen, and what the desk did to it."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", type=int, metavar="CODE", help="the story code")
    parser.add_argument("--json", action="store_true", help="the same as JSON, with every time it was seen")


def run(args: argparse.Namespace) -> int:
    need_archive()
    from dateline.archive.history import history

    told = history(record_of(args.code))
    if args.json:
        tell(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    tell(f"{told['code']}  {told['headline']}  ({told['state']})")
    for version in told["versions"]:
        tell(f"  version {version['number']}  {version['filed_at']}")
        for name, change in version["changes"].items():
            for each in change if isinstance(change, list) else [change]:
                tell(f"    {name}: {_told(each)}")
    for seen in told["sightings"]:
        where = seen["url"] or seen["guid"] or "no address"
        tell(f"  seen at {seen['source']}, version {seen['version']}, {seen['times']} times: {where}")
    return 0


def _told(change: dict[str, Any]) -> str:
    before, after = (f"[{change[name]}]" if change[name] else "nothing" for name in ("before", "after"))
    context = f"… {change['context']} " if change.get("context") else ""
    return f"{context}{before} → {after}"
