"""Stories of one event come together, copies are told apart, and nothing else joins them."""

from __future__ import annotations

import json
import os
import random
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.clean.stories import clean
from dateline.reading.grouping import Grouping, day_of, grouped
from dateline.story import Stamp, Story
from dateline.wire.formats import parse

ROOT = Path(__file__).parent.parent.parent
DATA = Path(os.environ.get("DATELINE_DATA") or "/nowhere")
FLOORS = tomllib.loads((ROOT / "tests" / "floors.toml").read_text("utf-8"))["grouping"]
# Words by which a sample is found → the event it tells of, as whoever wrote the samples meant it.
EVENTS = {
    "Iran and six powers agree": "vienna", "Iran, six powers reach": "vienna",
    "Cuba and the United States": "embassies", "A flag on 16th Street": "embassies",
    "Paris agreement": "paris", "World's governments adopt": "paris",
    "Velloria seizes": "trawler", "Velloria holds Tarskan": "trawler", "Velloria recalls": "trawler",
    "Leaders agree on ceasefire": "minsk", "Senate Democrats": "senate", "US, Cuba hold": "cuba talks",
}  # fmt: skip


@pytest.fixture(scope="module")
def samples() -> dict[str, Story]:
    files = sorted(path for path in (ROOT / "samples").rglob("*") if path.is_file() and path.suffix != ".md")
    items = [(f"{path.name}#{n}", item) for path in files for n, item in enumerate(parse(path.read_bytes()).items)]
    return {key: clean(item) for key, item in items}


def _day(value: str) -> Stamp:
    return Stamp(value=value, precision="day", said=value, origin="test")


def groups(stories: dict[str, Story], *, learning: bool = True) -> dict[str, tuple[int, str | None]]:
    if learning:
        return {member.key: (member.group, member.copy_of) for member in grouped(stories)}
    grouping = Grouping()
    members = [grouping.place(key, stories[key]) for key in sorted(stories, key=lambda key: day_of(stories[key]))]
    return {member.key: (member.group, member.copy_of) for member in members}


@pytest.mark.parametrize("learning", [True, False])
def test_samples_of_one_event_are_one_group(samples: dict[str, Story], learning: bool) -> None:
    told = groups(samples, learning=learning)
    event = {
        key: next((event for start, event in EVENTS.items() if story.headline.startswith(start)), None)
        for key, story in samples.items()
    }
    known = [key for key in samples if event[key]]
    assert len(known) >= len(EVENTS)
    for one in known:
        for other in known:
            together = told[one][0] == told[other][0]
            assert together == (event[one] == event[other]), (samples[one].headline, samples[other].headline)


def test_copies_are_told_apart_from_other_tellings(samples: dict[str, Story]) -> None:
    first = next(story for story in samples.values() if story.headline.startswith("Iran and six powers agree"))
    paragraphs = first.paragraphs
    cut = replace(first, headline="Nuclear accord", text="\n\n".join(paragraphs[: len(paragraphs) * 3 // 4]))
    joined = replace(first, text=" ".join(paragraphs))
    told = groups({**samples, "cut": cut, "joined": joined})
    original = next(key for key, story in samples.items() if story is first)
    assert {told["cut"], told["joined"]} == {(told[original][0], original)}
    assert told[original][1] is None
    other = next(key for key, story in samples.items() if story.headline.startswith("Iran, six powers reach"))
    assert told[other] == (told[original][0], None)


def test_what_lies_days_apart_or_is_in_another_language_is_not_joined(samples: dict[str, Story]) -> None:
    first = next(story for story in samples.values() if story.headline.startswith("Iran and six powers agree"))
    later = replace(first, published=_day("2016-01-20"))
    told = groups({"first": first, "later": later, "other": replace(first, language="de")})
    assert len({group for group, _ in told.values()}) == 3


def test_a_story_without_words_or_date_stands_alone() -> None:
    told = groups({"a": Story(headline="", text=""), "b": Story(headline="", text="")})
    assert len({group for group, _ in told.values()}) == 2


if (DATA / "same-event-2010-2014.jsonl").exists():

    def test_stories_of_one_event_are_found_among_others() -> None:
        """Pairs of stories in one group, all other stories' among them counted as wrong."""
        gold = [json.loads(line) for line in (DATA / "same-event-2010-2014.jsonl").read_text("utf-8").splitlines()]
        others = [json.loads(line) for line in (DATA / "quotes-train.jsonl").read_text("utf-8").splitlines()]
        others = random.Random(1).sample(others, 300)
        event = {each["id"]: each["gold"]["event"] for each in gold}
        stories = {
            str(each["id"]): Story(
                headline=each.get("title") or "",
                text=each["text"],
                language="en",
                published=_day(each["published"]) if each.get("published") else None,
            )
            for each in (*gold, *others)
        }
        told = groups(stories)
        pairs = [(one, other) for one in told for other in told if one < other]
        together = {pair for pair in pairs if told[pair[0]][0] == told[pair[1]][0] and set(pair) & set(event)}
        meant = {pair for pair in pairs if pair[0] in event and event[pair[0]] == event.get(pair[1])}
        right = len(together & meant)
        assert 2 * right / (len(together) + len(meant)) >= FLOORS["pair_f"]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (("2015-09-09T08:00", "+00:00"), ("2015-09-09T17:30", "+00:00")),
        (("2015-09-09T17:30", "+04:30"), ("2015-09-09T14:00", "+00:00")),
        (("2015-09-10T01:00", "+04:30"), ("2015-09-09T22:00:00", "+00:00")),
        (("2015-09-09", None), ("2015-09-09T00:01", None)),
        (("0001-01-01T00:00", "+14:00"), ("9999-12-31T23:59", "-12:00")),
        (("2015", None), ("2015-09-09", None)),
    ],
)
def test_the_earlier_of_a_day_is_the_original(earlier: tuple[str, str | None], later: tuple[str, str | None]) -> None:
    def at(value: str, zone: str | None) -> Story:
        precision: Any = {4: "year", 10: "day", 16: "minute", 19: "second"}[len(value)]
        text = "Velloria seized a Tarskan trawler in the Halvar Strait, its coast guard said. Nine are held in Astrel."
        stamp = Stamp(value=value, precision=precision, zone=zone, said=value, origin="test")
        return Story(headline="Trawler seized", text=text, language="en", published=stamp)

    # The reprint's name stands first in the alphabet and in the order given.
    told = [member.key for member in grouped({"a reprint": at(*later), "the original": at(*earlier)})]
    assert told == ["the original", "a reprint"]
