"""Whole stories of our own, read: offices, one person under several names, and who said what.

Each file in tests/data/reading/stories holds a text and its gold. What must be right is asserted one by one;
quotes have a floor in tests/floors.toml, as no reader finds all.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dateline.reading.reader import read
from dateline.story import Figure, Quote, Reading, Stamp, Story

TESTS = Path(__file__).parent.parent
FILES = sorted((TESTS / "data" / "reading" / "stories").glob("*.json"))
LANGUAGES = {path: json.loads(path.read_text("utf-8")).get("language", "en") for path in FILES}
FLOORS = tomllib.loads((TESTS / "floors.toml").read_text("utf-8"))


def gold(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


@cache
def reading(path: Path) -> tuple[Story, Reading]:
    told = gold(path)
    said = told["published"]
    story = Story(
        headline="",
        text=told["text"],
        language=LANGUAGES[path],
        published=Stamp(value=said, precision="minute" if "T" in said else "day", said=said, origin="test"),
        figures=tuple(Figure(caption=caption) for caption in told["captions"]),
    )
    return story, read(story)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_offices_and_their_states(path: Path) -> None:
    _, found = reading(path)
    held = {actor.name: actor.role for actor in found.actors if actor.kind == "PER" and actor.named}
    for name, office in gold(path)["people"].items():
        role = held.get(name)
        assert role is not None, name
        assert role.office == office["office"], name
        assert role.country == office.get("country"), name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_lone_surname_is_the_person_named_in_full(path: Path) -> None:
    story, found = reading(path)
    names = {actor.key: actor.name for actor in found.actors}
    for lone, full in gold(path)["same"]:
        bearers = {names[m.entity or ""] for m in found.mentions if m.span.of(story.text) == lone}
        assert bearers == {full}


def as_told(quote: Quote, story: Story, found: Reading) -> tuple[str, str, str]:
    names = {actor.key: actor.name for actor in found.actors}
    speaker = names.get(quote.speaker or "") or " ".join(span.of(story.text) for span in quote.source)
    return speaker, quote.stance, " … ".join(span.of(story.text) for span in quote.content)


def floor(name: str, language: str) -> float:
    floors = FLOORS["reading"] if language == "en" else FLOORS["reading"][language]
    return float(floors[name])


@pytest.mark.parametrize("language", sorted(set(LANGUAGES.values())))
def test_quotes_stay_above_their_floor(language: str) -> None:
    right = told = known = 0
    for path in (path for path in FILES if LANGUAGES[path] == language):
        story, found = reading(path)
        said = {as_told(quote, story, found) for quote in found.quotes}
        want = {tuple(quote) for quote in gold(path)["quotes"]}
        right, told, known = right + len(said & want), told + len(said), known + len(want)
    assert 2 * right / (told + known) >= floor("quotes_f", language), (right, told, known)


@pytest.mark.parametrize("language", sorted(set(LANGUAGES.values())))
def test_names_stay_above_their_floor(language: str) -> None:
    right = told = known = 0
    for path in (path for path in FILES if LANGUAGES[path] == language):
        story, found = reading(path)
        said = Counter((m.span.of(story.text), m.kind) for m in found.mentions)
        want = Counter((name, kind) for name, kind in gold(path)["names"])
        right, told, known = right + (said & want).total(), told + said.total(), known + want.total()
    assert 2 * right / (told + known) >= floor("names_f", language), (right, told, known)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_finding_lies_in_the_text_and_says_why(path: Path) -> None:
    story, found = reading(path)
    for finding in (*found.mentions, *found.moments, *found.places):
        assert finding.span.of(story.text).strip()
        assert finding.why
    for quote in found.quotes:
        assert quote.why
        assert all(span.of(story.text).strip() for span in (*quote.source, *quote.cue, *quote.content))
    for event in found.events:
        assert event.why
        assert event.span.of(story.text).strip()
        assert set(event.actors + event.recipients) <= {actor.key for actor in found.actors}
    assert found.unread == (() if LANGUAGES[path] == "en" else ("events",))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_denial_is_tied_to_what_it_answers(path: Path) -> None:
    story, found = reading(path)
    tied = [[q.content[0].of(story.text), q.answers.of(story.text)] for q in found.quotes if q.answers is not None]
    assert tied == gold(path).get("answers", [])


def test_a_capital_that_acts_is_its_government() -> None:
    text = "Oslo denied the report. The ministers met in Oslo."
    found = read(Story(headline="", text=text, language="en"))
    assert [mention.entity for mention in found.mentions] == ["loc:nor", "loc:oslo"]
    assert {actor.country for actor in found.actors if actor.named} == {"NOR"}


def test_a_title_in_marks_is_no_speech() -> None:
    story, found = reading(TESTS / "data" / "reading" / "stories" / "quarrel.json")
    assert not any("Long Night" in as_told(quote, story, found)[2] for quote in found.quotes)


def test_a_language_without_a_parser_is_said_to_be_unread() -> None:
    story = Story(headline="", text="Лавров сказал: «Мы готовы к переговорам с кем угодно».", language="ru")
    found = read(story)
    assert not found.mentions
    assert {"names", "roles", "places", "events"} <= set(found.unread)
    assert [quote.content[0].of(story.text) for quote in found.quotes] == ["«Мы готовы к переговорам с кем угодно»"]


def test_a_text_beyond_the_parsers_limit_is_unread_and_no_error() -> None:
    found = read(Story(headline="", text="Words and words. " * 60_000, language="en"))
    assert not found.mentions
    assert "names" in found.unread
