"""The documentation keeps its promises: links lead somewhere, the reference is the code's."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "samples").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


def test_the_index_leads_to_every_page() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / link).resolve() for link in re.findall(r"\]\(([^)#:\s]+)", index.read_text("utf-8"))}
    assert {page for page in PAGES if index.parent in page.parents and page != index} <= linked


def test_every_picture_is_shown() -> None:
    shown = {name for page in PAGES for name in re.findall(r"images/([\w-]+\.png)\)", page.read_text("utf-8"))}
    assert shown == {path.name for path in (ROOT / "docs" / "images").iterdir()}


def test_the_reference_is_in_step_with_the_code() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "reference.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_readme_names_both_commands_on_its_first_screen() -> None:
    first = "\n".join((ROOT / "README.md").read_text("utf-8").splitlines()[:15])
    assert "make demo" in first
    assert "make test" in first
    assert "docs/images/story.png" in first


def test_a_command_in_the_docs_exists() -> None:
    from dateline.cli.main import parser

    told = {
        word
        for page in PAGES
        for word in re.findall(r"(?:^|`|bin/)dateline ([a-z][a-z-]+)\b", page.read_text("utf-8"), re.MULTILINE)
    }
    assert told <= _commands(parser())


def _commands(top: object) -> set[str]:
    (subs,) = (action for action in top._actions if hasattr(action, "choices") and isinstance(action.choices, dict))  # type: ignore[attr-defined]
    return set(subs.choices)


def test_every_repair_and_refusal_that_happens_is_documented() -> None:
    from dateline.clean.stories import clean
    from dateline.story import Refused, Unreadable
    from dateline.wire.formats import parse

    told = set(re.findall(r"^\| `([a-z-]+)` \|", (ROOT / "docs/reference/repairs.md").read_text("utf-8"), re.MULTILINE))
    happened = set()
    folders = ("samples", "tests/data/print", "tests/data/bad")
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()):
        try:
            items = parse(path.read_bytes(), name=path.name).items
        except Unreadable:
            continue
        for item in items:
            try:
                happened |= {repair.kind for repair in clean(item).repairs}
            except Refused as refused:
                happened.add(refused.reason)
    assert len(happened) > 8
    assert happened <= told


def test_samples_named_in_the_docs_exist() -> None:
    named = {path for page in PAGES for path in re.findall(r"\bsamples/[\w./-]+\.\w+", page.read_text("utf-8"))}
    assert named
    assert not [path for path in named if not (ROOT / path).exists()]
