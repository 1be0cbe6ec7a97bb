"""Moments against gold of our own: tests/data/reading/moments, one file for each language."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.days import days_of
from dateline.reading.moments import moments
from dateline.reading.reader import read
from dateline.story import Stamp, Story
from dateline.text.spans import Span

FOLDER = Path(__file__).parent.parent / "data" / "reading" / "moments"
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}-{number}")
    for path in sorted(FOLDER.glob("*.json"))
    for number, case in enumerate(json.loads(path.read_text("utf-8")))
]


def stamp(said: str | None) -> Stamp | None:
    return Stamp(value=said, precision="day", said=said, origin="test") if said else None


@pytest.mark.parametrize(("language", "case"), CASES)
def test_each_moment_is_found_and_valued(language: str, case: dict[str, Any]) -> None:
    found = moments(case["text"], published=stamp(case["published"]), language=language)
    assert found is not None
    assert [[m.span.of(case["text"]), m.type, m.value, m.clock] for m in found] == case["moments"]


def test_a_language_without_words_of_time_is_not_read() -> None:
    assert moments("Den 3. mai 2015.", published=None, language="nn") is None


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2015", "2015-01-01", "2015-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-W20", "2015-05-11", "2015-05-17"),
        ("2015-W20-WE", "2015-05-16", "2015-05-17"),
        ("2015-Q4", "2015-10-01", "2015-12-31"),
        ("2015-05-12TNI", "2015-05-12", "2015-05-12"),
        ("197", "1970-01-01", "1979-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
    ],
)
def test_a_value_covers_its_days(value: str, first: str, last: str) -> None:
    assert days_of(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("value", ["2015-SU", "PAST_REF", "XXXX-WXX-2", "2015-02-31", "P6W", "2015-W60"])
def test_what_has_no_fixed_days_covers_none(value: str) -> None:
    assert days_of(value) is None


@given(st.text(alphabet="Tuesday last 3.MayNov,12019/-:'pm\n year ago", max_size=80), st.dates(date(1, 1, 1)))
def test_no_text_breaks_it_and_spans_do_not_overlap(text: str, day: date) -> None:
    found = moments(text, published=stamp(day.isoformat()), language="en")
    assert found is not None
    for one, other in itertools.pairwise(found):
        assert one.span.end <= other.span.start
    assert all((m.first is None) == (m.last is None) and (m.first or "") <= (m.last or "") for m in found)


def read_at(text: str, published: str | None = None) -> list[tuple[str, str, str]]:
    found = moments(text, published=stamp(published), language="en") or ()
    return [(moment.span.of(text), moment.value, moment.clock) for moment in found]


@pytest.mark.parametrize(
    "line", ["GENEVA, 12 March 2024 (Example Wire) - ", "Geneva talks end\n\nGENEVA (Wire) March 12, 2024 — "]
)
def test_a_full_date_in_the_dateline_is_the_anchor(line: str) -> None:
    text = f"{line}Envoys met yesterday."
    found = moments(text, published=None, language="en")
    assert found is not None
    assert (found[-1].value, found[-1].clock) == ("2024-03-11", "dateline")
    assert found[-1].why == "counted from the date in the story's dateline; the sentence tells of the past"


def test_the_date_of_publication_comes_before_that_of_the_dateline() -> None:
    found = read_at("GENEVA, 12 March 2024 (Wire) - Envoys met yesterday.", "2024-03-14")
    assert found[-1] == ("yesterday", "2024-03-13", "dateline")


@pytest.mark.parametrize(
    "text",
    [
        "GENEVA, 12 March (Wire) - Envoys met yesterday.",
        "GENEVA, March 2024 (Wire) - Envoys met yesterday.",
        "Envoys left on 12 March 2024 - and met yesterday.",
        "Envoys met.\n\nGENEVA, 12 March 2024 (Wire) - Envoys met yesterday.",
    ],
)
def test_no_other_date_is_an_anchor(text: str) -> None:
    assert read_at(text)[-1] == ("yesterday", "XXXX-XX-XX", "none")


@pytest.mark.parametrize(
    ("text", "published", "last"),
    [
        ("Adeyemi was born in 1961. He is due in court on Nov. 10.", None, ("Nov. 10", "XXXX-11-10", "none")),
        ("Adeyemi was born in May 1961. He was tried on Aug. 10.", "2025-11-03", ("Aug. 10", "2025-08-10", "dateline")),
        ("Born 3 May 1961, she rose. It fell on July 7 last year.", None, ("July 7 last year", "XXXX-07-07", "none")),
        ("Born 3 May 1961, she rose in 1962. It opens on May 7.", "2025-11-03", ("May 7", "2026-05-07", "dateline")),
        ("Born 3 May 1961, she left in 1999. It fell on July 7.", "2025-11-03", ("July 7", "2025-07-07", "dateline")),
        ("It fell on December 17 last year.", "2025-11-03", ("December 17 last year", "2024-12-17", "dateline")),
        (
            "It fell on Friday, May 3 of this year.",
            "2025-11-03",
            ("Friday, May 3 of this year", "2025-05-03", "dateline"),
        ),
        (
            "It fell on the 5th of June of last year.",
            "2025-11-03",
            ("the 5th of June of last year", "2024-06-05", "dateline"),
        ),
    ],
)
def test_a_year_is_never_a_guess(text: str, published: str | None, last: tuple[str, str, str]) -> None:
    assert read_at(text, published)[-1] == last


def test_a_history_goes_on_in_its_year_and_says_so() -> None:
    text = "The war began in April 1861 and spread in May 1861. In July the armies met."
    found = moments(text, published=None, language="en")
    assert found is not None
    assert (found[-1].value, found[-1].clock) == ("1861-07", "moment")
    assert found[-1].why == "its year is that of the dates said before, 1861"


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "Prosecutor John May said the trial had begun in June.", ["June"]),
        ("en", "The mayor, April Jones, agreed on Monday.", ["Monday"]),
        ("en", "They met. April Jones agreed on Monday, but April was early.", ["Monday", "April"]),
        ("en", "Prosecutor John May spoke. May said the trial begins in May.", ["May"]),
        ("de", "Der Bürgermeister Peter Mai sagte am Montag, man wolle im Juni beginnen.", ["Montag", "Juni"]),
    ],
)
def test_a_person_s_name_is_no_moment(language: str, text: str, said: list[str]) -> None:
    found = read(Story(headline="", text=text, language=language)).moments
    assert [moment.span.of(text) for moment in found] == said


def test_a_date_that_only_holds_what_was_taken_for_a_name_stays() -> None:
    found = moments("The deadline is Jan. 15.", published=None, language="en", people=[Span(16, 20)])
    assert found is not None and len(found) == 1
