"""JSON Feed: its hub and topic, what is no feed, and what the extension keeps to itself."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.clean.stories import clean
from dateline.story import Stamp, Story, Unreadable
from dateline.wire import jsonfeed
from dateline.wire.conversion import convert

DATA = Path(__file__).parents[1] / "data/wire"
VERSION = "https://jsonfeed.org/version/1.1"
STORY = Story(
    headline="Ferry comes back", text="The ferry came back.\n\nNobody was hurt.", language="en", guid="urn:x:1"
)


def test_the_hub_and_the_topic_are_read() -> None:
    batch = jsonfeed.parse((DATA / "odd-1.0.feed").read_bytes())
    wanted = json.loads((DATA / "odd-1.0.json").read_text("utf-8"))
    assert (batch.hub, batch.topic) == (wanted["hub"], wanted["topic"])


@pytest.mark.parametrize(
    "plain",
    [{}, [], 7, None, {"version": VERSION, "items": {"a": 1}}, {"version": [VERSION]}, {"items": []}, {"version": 1.1}],
    ids=str,
)
def test_what_is_no_feed_is_unreadable(plain: Any) -> None:
    with pytest.raises(Unreadable, match="no JSON Feed"):
        jsonfeed.parse(json.dumps(plain).encode())


@pytest.mark.parametrize("items", [[], None])
def test_a_feed_may_be_empty(items: Any) -> None:
    batch = jsonfeed.parse(json.dumps({"version": VERSION, "items": items}).encode())
    assert (batch.items, batch.refused) == ((), ())


def test_what_is_beyond_the_limit_is_told() -> None:
    items = [{"id": number, "content_text": "A ferry."} for number in range(2_003)]
    batch = jsonfeed.parse(json.dumps({"version": VERSION, "items": items}).encode())
    assert len(batch.items) == 2_000
    assert batch.refused == (("item 2001", "only the first 2000 of 2003 items are read"),)


@pytest.mark.parametrize(
    "fields",
    [
        {"embargo": Stamp(value="2015-05-12T18:00", precision="minute", zone="+03:30", said="", origin="x")},
        {"embargo": Stamp(value="2015-05", precision="month", zone=None, said="", origin="x")},
        {"status": "withheld", "urgency": 1, "signal": "update", "version": "2"},
        {"dateline": "ALDEN", "corrects": "urn:x:0", "section": "Sea", "credit": "Pier Agency", "code": "7"},
    ],
    ids=" ".join,
)
def test_the_extension_keeps_what_the_format_has_no_word_for(fields: dict[str, Any]) -> None:
    told = replace(STORY, **fields)
    data, losses = convert([told], "jsonfeed")
    story = clean(jsonfeed.parse(data).items[0])
    for name, value in fields.items():
        again = getattr(story, name)
        assert (again.value, again.zone) == (value.value, value.zone) if name == "embargo" else again == value
        assert not any(name in line for line in losses)


def test_a_note_to_editors_is_not_published() -> None:
    data, losses = convert([replace(STORY, note="Not for readers.")], "jsonfeed")
    assert b"Not for readers" not in data
    assert any("note" in line for line in losses)
