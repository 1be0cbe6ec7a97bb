"""`dateline evaluate`: how good a reading is on gold of one's own, by the measures the field uses."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from dateline.cli.console import complain, number_of, out, progress, tell
from dateline.cli.read import answers
from dateline.story import Unreadable

if TYPE_CHECKING:
    from dateline.reading.measures import Stories

NAME = "evaluate"
HELP = "Measure the reading on gold of your own; no database is touched."
# The reader a task measures, where it has another name: an answer names those that did not read it.
READERS = {"dates": "moments", "pairs": "events", "sentences": "events"}
WORDS = {
    "exact": "exact spans",
    "begin_f": "same beginning",
    "jaccard": "Jaccard",
    "attribution": "attributions",
    "source_given_content": "source right, content given",
    "strict": "same span",
    "relaxed": "overlapping",
    "type_f": "type",
    "value_normalised": "value, normalised",
    "acc161_of_matched": "within 161 km, of those found",
    "end_to_end": "found and within 161 km",
    "median_km": "median distance in km",
    "root_macro_f": "type, macro F",
    "root_acc": "type, accuracy",
    "quad_macro_f": "quad, macro F",
    "binary_macro_f": "cooperation or conflict, macro F",
    "event_or_not": "an event or none",
    "b_cubed": "B-cubed",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    from dateline.reading.measures import TASKS

    parser.add_argument("task", choices=tuple(TASKS), metavar="TASK", help=f"what to measure: {', '.join(TASKS)}")
    parser.add_argument("gold", metavar="GOLD", help="JSON lines {id, text, published?, title?, gold: {…}}")
    parser.add_argument(
        "--pred", metavar="PRED", help="predictions to measure, as `read --jsonl` writes them (default: read now)"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text for people (default) or JSON")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes to read with")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="seed of the bootstrap (default: 1)")


def run(args: argparse.Namespace) -> int:
    from dateline.reading import gold as golden
    from dateline.reading.bootstrap import intervals
    from dateline.reading.measures import TASKS, total

    stories, notes = golden.stories(_lines(args.gold), name=args.gold, task=args.task)
    if args.pred:
        said = golden.predictions(_lines(args.pred), name=args.pred, task=args.task)
    else:
        said = _read(args.task, stories, args.jobs)
    task = TASKS[args.task]
    tallies = task.tallies(stories, said)
    figures = task.figures(total(tallies))
    sure = intervals(task, tallies, seed=args.seed)
    missing = [key for key in stories if key not in said]
    head = {"task": args.task, "stories": len(stories), "missing": len(missing)}
    unread = _unread(args.task, stories, said)
    head["unread"] = unread.total()
    if args.format == "json":
        tell(json.dumps({**head, **figures, "intervals": sure}, ensure_ascii=False))
    else:
        out.print(_table(f"{args.task}: {number_of(len(stories), 'story', 'stories')}", figures, sure))
    for note in [*notes, *_absent(missing), *_in_other_languages(unread), *_foreign(stories, said)]:
        complain(note)
    return 0


def _lines(name: str) -> list[str]:
    try:
        return sys.stdin.readlines() if name == "-" else Path(name).read_text("utf-8").split("\n")
    except OSError as error:
        raise Unreadable(f"{name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"{name}: not UTF-8") from error


def _absent(missing: list[str]) -> Iterator[str]:
    if missing:
        named = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        yield f"no prediction for {len(missing)} of the stories, all their gold counts as missed: {named}"


def _unread(task: str, stories: Stories, said: Stories) -> Counter[str]:
    """Return how many stories of each language the task's reader could not read, as the answers say."""
    answers = (said[key] for key in stories if key in said)
    return Counter(
        str(answer.get("language")) for answer in answers if READERS.get(task, task) in answer.get("unread", ())
    )


def _in_other_languages(unread: Counter[str]) -> Iterator[str]:
    if unread:
        named = ", ".join(f"{language} ({count})" for language, count in unread.most_common())
        yield f"not read because of their language: {unread.total()} of the stories, {named}"


def _foreign(stories: Stories, said: Stories) -> Iterator[str]:
    if foreign := len(said.keys() - stories.keys()):
        yield f"predictions for stories that the gold does not have: {foreign}, passed over"


def _read(task: str, stories: Stories, jobs: int) -> dict[str, Any]:
    """Return what Dateline itself makes of the stories: it is shown all of a line but the gold."""
    if jobs < 1:
        raise Unreadable(f"--jobs {jobs}: at least 1")
    plain = [{name: value for name, value in story.items() if name != "gold"} for story in stories.values()]
    if task == "same-event":
        return _grouped(plain)
    reading = answers((json.dumps(each) for each in plain), jobs)
    told = {answer.get("id"): answer for answer in progress(reading, total=len(plain), label="reading")}
    return {key: answer for key, answer in told.items() if key and "error" not in answer}


def _grouped(plain: list[dict[str, Any]]) -> dict[str, Any]:
    """Return each story with the group it is placed in, as `dateline group` does."""
    from dateline.reading.grouping import grouped
    from dateline.reading.lines import story_of

    stories = {line["id"]: story_of(line) for line in plain}
    placed = progress(grouped(stories), total=len(stories), label="grouping")
    return {member.key: {"id": member.key, "cluster": str(member.group)} for member in placed}


def _table(title: str, figures: dict[str, Any], sure: dict[str, list[float]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim", box=None, padding=(0, 2))
    table.add_column("measure", no_wrap=True)
    for column in ("precision", "recall", "F or share", "95 % interval"):
        table.add_column(column, justify="right")
    for words, path, value in _rows(figures):
        if isinstance(value, dict):
            shown = [f"{value['p']:.1f}", f"{value['r']:.1f}", f"{value['f']:.1f}"]
        else:
            shown = ["", "", f"{value:.1f}" if isinstance(value, float) else "–" if value is None else str(value)]
        between = sure.get(f"{path}.f" if isinstance(value, dict) else path)
        table.add_row(words, *shown, f"{between[0]:.1f} – {between[1]:.1f}" if between else "")
    return table


def _rows(figures: dict[str, Any], words: str = "", path: str = "") -> Iterator[tuple[str, str, Any]]:
    """Yield each figure in words, with its path and value: a triple of precision, recall and F, or a number."""
    for name, value in figures.items():
        said, at = f"{words}{WORDS.get(name, name)}", f"{path}{name}"
        if not isinstance(value, dict) or value.keys() == {"p", "r", "f"}:
            yield said, at, value
        elif name == "gold_right_said":
            for label, (gold, right, told) in value.items():
                yield f"  right of {label} (gold {gold}, said {told})", f"{at}.{label}", right
        else:
            yield from _rows(value, f"{said}: ", f"{at}.")
