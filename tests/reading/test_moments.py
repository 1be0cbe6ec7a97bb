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
from dateline.story import Stamp

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
