"""Every finding of a reading has its entry, its words marked, and its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.clean.stories import clean
from dateline.reading.reader import read
from dateline.site.panel import Entry, panel
from dateline.story import Actor, Event, Mention, Place, Quote, Reading, Story
from dateline.text.spans import Span
from dateline.wire.formats import parse

SAMPLES = Path(__file__).parent.parent.parent / "samples"
FILES = sorted(path for path in SAMPLES.rglob("*") if path.is_file() and path.suffix != ".md")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_finding_has_its_entry_its_marks_and_its_reason(path: Path) -> None:
    for item in parse(path.read_bytes(), name=path.name).items:
        if item.status == "canceled":
            continue
        story = clean(item)
        reading = read(story)
        shown = panel(story, reading)
        marked = {mark.span for mark in shown.marks}
        whys = {why for entry in shown.entries for why in entry.whys}
        for found in (*reading.mentions, *reading.moments, *reading.places, *reading.events):
            assert found.span in marked, found
            # A name that is placed is told as the place it is.
            assert found.why in whys or isinstance(found, Mention), found
        for quote in reading.quotes:
            assert {*quote.source, *quote.cue, *quote.content} <= marked
            assert quote.why in whys
        assert len(shown.groups.get("quotes", ())) == len(reading.quotes)
        assert len(shown.groups.get("events", ())) == len(reading.events)
        assert [entry.number for entry in sorted(shown.entries, key=lambda entry: entry.number)] == list(
            range(1, len(shown.entries) + 1)
        )


def test_an_event_leads_to_its_parties_and_a_denial_to_what_it_denies() -> None:
    text = "Tarsk shelled Port Ombrel on Friday. Tarsk denied it had. The shelling went on."
    story = Story(headline="h", text=text, language="en")
    reading = Reading(
        reader="2",
        language="en",
        actors=(Actor(key="loc:tarsk", kind="LOC", name="Tarsk"),),
        mentions=(
            Mention(span=Span(0, 5), kind="LOC", entity="loc:tarsk", why="a"),
            Mention(span=Span(37, 42), kind="LOC", entity="loc:tarsk", why="b"),
        ),
        places=(Place(span=Span(14, 25), name="Port Ombrel", why="c"),),
        quotes=(
            Quote(
                source=(Span(37, 42),), cue=(Span(43, 49),), content=(Span(50, 56),), kind="indirect",
                stance="deny", answers=Span(0, 25), why="d",
            ),
        ),
        events=(
            Event(
                span=Span(0, 25), type="ASSAULT", quad=4, actors=("loc:tarsk",), recipients=("org:port",),
                place=Span(14, 25), moment=Span(29, 35), also=(Span(58, 70),), why="e",
            ),
        ),
    )  # fmt: skip
    shown = panel(story, reading, first=11)
    (event,), (quote,) = shown.groups["events"], shown.groups["quotes"]
    places = {entry.label: entry for entry in shown.groups["places"]}
    assert [(link.label, link.to) for link in event.actors] == [("Tarsk", f"p{places['Tarsk'].number}")]
    assert [(link.label, link.to) for link in event.recipients] == [("org:port", "")]
    assert event.place is not None
    assert event.place.to == f"p{places['Port Ombrel'].number}"
    assert [(link.label, link.to) for link in event.again] == [("The shelling", f"f{event.number}-2")]
    assert quote.answers is not None
    assert quote.answers.to == f"f{quote.number}-2"
    assert [link.to for link in places["Tarsk"].more] == [f"f{places['Tarsk'].number}-2"]
    assert min(numbers(shown.entries)) == 11


def numbers(entries: tuple[Entry, ...]) -> list[int]:
    return [entry.number for entry in entries]
