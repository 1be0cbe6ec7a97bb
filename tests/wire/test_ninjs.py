"""ninjs by its rules: a table of items and their faults, strict and lenient reading, and what we write ourselves."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.clean.stories import clean
from dateline.story import Figure, Stamp, Story, Unreadable
from dateline.wire import ninjs
from dateline.wire.conversion import convert, entry_of
from dateline.wire.ninjs_rules import DEEPEST, faults, version_of

DATA = Path(__file__).parents[1] / "data/wire"
TABLE = json.loads((DATA / "ninjs-rules.json").read_text("utf-8"))
NIGHT = Stamp(value="2015-05-12T18:00:00", precision="second", zone="+02:00", said="", origin="test")
STORY = Story(
    headline="Ferry comes back",
    text="The ferry came back.\n\nNobody was hurt.",
    language="en",
    published=replace(NIGHT, value="2015-05-12T15:14:00"),
    section="Sea",
    tags=("Sea", "Ferries"),
    code="7",
    guid="an id of no form",
    corrects="another id",
    urgency=2,
    version="3",
    note="Updates.",
    embargo=NIGHT,
    figures=(Figure(url="https://pier.example/1.jpg", caption="The pier.", width=800, height=600), Figure(url="a.jpg")),
)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: f"{case.get('version') or case['claims']}-{TABLE.index(case)}")
def test_an_item_has_the_faults_that_stand_beside_it(case: dict[str, Any]) -> None:
    assert faults(case["item"], case.get("version")) == case["faults"]
    if "claims" in case:
        assert version_of(case["item"]) == case["claims"]


@pytest.mark.parametrize("version", ["1.6", "2.2", "3.1"])
def test_a_nest_of_items_has_an_end(version: str) -> None:
    item: dict[str, Any] = {"uri": "urn:x:1", "name": "x"}
    for _ in range(DEEPEST * 20):
        item = {"uri": "urn:x:1", "name": "x", "associations": [item] if version[0] != "1" else {"a": item}}
    assert any("nested too deep" in line for line in faults(item, version))


def test_a_fault_is_one_short_line_whatever_the_item_holds() -> None:
    (line,) = faults({"uri": "urn:x:1", "a\n" * 9_000: 1}, "3.1")
    (other,) = faults({"uri": "\n" * 9_000}, "3.1")
    assert "\n" not in line + other
    assert len(line) <= 200
    assert len(other) <= 200


@pytest.mark.parametrize("case", [case for case in TABLE if case["faults"]], ids=lambda case: str(TABLE.index(case)))
def test_strict_reading_refuses_with_the_reason(case: dict[str, Any]) -> None:
    data = json.dumps([case["item"]]).encode()
    batch = ninjs.parse(data, strict=True, version=case.get("version"))
    ((place, reason),) = batch.refused
    assert place == "item 1"
    assert reason.startswith(f"not ninjs {case.get('version') or case['claims']}: {case['faults'][0]}")
    assert (batch.items, batch.passed) == ((), ())


def test_strict_reading_refuses_what_lenient_reading_makes_a_story_of() -> None:
    data = (DATA / "near-miss-1.4.ninjs").read_bytes()
    strict, lenient = ninjs.parse(data, strict=True), ninjs.parse(data)
    assert [item.guid for item in strict.items] == ["urn:pier:5"]
    assert [place for place, _ in strict.refused] == ["item 1", "item 2", "item 3"]
    assert "version: 4 is not text" in strict.refused[0][1]
    assert len(lenient.items) == 3
    whole = (DATA / "correction-3.0.ninjs").read_bytes()
    assert ninjs.parse(whole, strict=True) == ninjs.parse(whole)


def test_what_we_write_keeps_the_rules_and_comes_back() -> None:
    data, told = convert([STORY], "ninjs")
    assert faults(json.loads(data)) == []
    (item,) = ninjs.parse(data, strict=True).items
    story = clean(item)
    for name in ("guid", "url", "code", "section", "tags", "corrects", "urgency", "version", "note", "status"):
        assert getattr(story, name) == getattr(STORY, name)
    assert story.embargo == replace(NIGHT, said="2015-05-12T18:00:00+02:00", origin="ninjs embargo")
    assert not any("embargo" in line for line in told)


@pytest.mark.parametrize(
    ("value", "precision", "written", "status"),
    [
        ("2015-05-12T18:00", "minute", "2015-05-12T18:00:00+00:00", "usable"),
        ("2015-05-12", "day", "2015-05-12T00:00:00+00:00", "usable"),
        ("2015-05", "month", None, "withheld"),
    ],
)
def test_an_embargo_is_never_lost(value: str, precision: Any, written: str | None, status: str) -> None:
    stamp = Stamp(value=value, precision=precision, zone=None, said="", origin="test")
    story = replace(STORY, embargo=stamp)
    item = ninjs.item_of(entry_of(story))
    assert (item.get("embargoedUntil"), item["pubStatus"]) == (written, status)
    assert faults(item) == []
    assert any("embargo" in line for line in convert([story], "ninjs")[1])


@pytest.mark.parametrize("data", [b"[[[[", b'{"uri": 1e', b'"text"', b"[" * 200_000, b"\xff\xfe\x00"])
def test_what_is_no_item_is_refused_or_unreadable(data: bytes) -> None:
    try:
        assert ninjs.parse(data).refused
    except Unreadable as error:
        assert "\n" not in str(error)
