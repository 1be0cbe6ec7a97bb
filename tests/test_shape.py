"""The shape of the house: sizes, names, folders. See docs/decisions/ for why each rule stands."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for path in (ROOT / "src" / "dateline").rglob("*.py") if "migrations" not in path.parts)
ROOMS = {"text", "fetch", "wire", "clean", "reading", "archive", "newsroom", "site", "api", "cli", "conf"}
VALUES = {
    "Span",
    "Item",
    "Batch",
    "FeedLink",
    "Run",
    "Markup",
    "Story",
    "Stamp",
    "Figure",
    "Repair",
    "Reading",
    "Actor",
    "Role",
    "Mention",
    "Moment",
    "Place",
    "Quote",
    "Event",
}
ROWS = {
    "Source",
    "Poll",
    "Sighting",
    "Record",
    "Version",
    "Edition",
    "Entity",
    "Finding",
    "Verdict",
    "Correction",
    "Act",
    "Task",
    "Host",
    "Refusal",
    "Shingle",
    "Rendering",
}
NO_SUCH_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "base", "manager", "managers", "misc"}
LONGEST_FILE, LONGEST_FUNCTION = 400, 50


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def classes() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name != "Meta":
                found[node.name].append(str(path.relative_to(ROOT)))
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_short(path: Path) -> None:
    source = path.read_text("utf-8")
    assert len(source.splitlines()) <= LONGEST_FILE
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


def test_no_class_name_stands_twice() -> None:
    twice = {name: where for name, where in classes().items() if len(where) > 1 and name not in {"Migration"}}
    assert not twice


def test_values_and_rows_share_no_name() -> None:
    found = classes()
    assert all("story.py" in where or "spans.py" in where for name in VALUES for where in found[name])
    assert all("archive/models" in where for name in ROWS for where in found.get(name, []))


def test_each_folder_is_a_room_of_the_plan() -> None:
    folders = {
        path.name for path in (ROOT / "src" / "dateline").iterdir() if path.is_dir() and path.name != "__pycache__"
    }
    assert folders == ROOMS


def test_no_room_for_odds_and_ends() -> None:
    assert not [path for path in SOURCES if path.stem in NO_SUCH_NAMES or NO_SUCH_NAMES & set(path.parts)]


def test_the_root_holds_the_version_only() -> None:
    tree = ast.parse((ROOT / "src" / "dateline" / "__init__.py").read_text("utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    registry = re.compile(
        r"--(?:extra-)?index-url|\"resolved\": \"http|^deb http|files\.python" + r"hosted", re.MULTILINE
    )
    machine = re.compile("/" + "root/|/" + r"home/\w+/")
    told = []
    for path in tracked():
        if path.suffix in {".png", ".mo", ".pdf"} or path.stat().st_size > 2_000_000:
            continue
        text = path.read_text("utf-8", errors="replace")
        if registry.search(text) or machine.search(text):
            told.append(str(path.relative_to(ROOT)))
    assert told in ([], ["tests/test_shape.py"])


def test_decisions_are_short_and_numbered() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert decisions
    for number, path in enumerate(decisions, start=1):
        assert path.name.startswith(f"{number:04d}-")
        assert len(path.read_text("utf-8").splitlines()) <= 40
