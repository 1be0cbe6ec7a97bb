"""Where a wire story says it is from."""

from __future__ import annotations

import pytest

from dateline.text.datelines import datelines, own_dateline


@pytest.mark.parametrize(
    "line",
    [
        "GENEVA, 12 March 2024 (Example Wire) - ",
        "LAGOS, Nov 3, 2025 - ",
        "PARIS (Agency) May 3, 2022 — ",
        "NEW YORK, Nov. 3, 2025 /Newswire/ -- ",
        "ŁÓDŹ, May 12 (Agency) -- ",
        "Aden, Yemen - ",
        "BEIRUT/TRIPOLI – ",
        "ЖЕНЕВА, 12 марта 2024 (Агентство) — ",
        "LAGOS: ",
    ],
)
def test_a_dateline_ends_before_the_first_sentence(line: str) -> None:
    text = f"{line}Это met on Tuesday." if line.startswith("Ж") else f"{line}Ministers met on Tuesday."
    assert [each.of(text) for each in datelines(text)] == [line]
    assert own_dateline(text) == next(datelines(text))


def test_it_is_the_story_s_own_at_the_beginning_or_below_a_headline() -> None:
    line = "LAGOS, Nov 3, 2025 - "
    below = f"Ministers meet\n\n{line}The council voted."
    found = own_dateline(below)
    assert found is not None and found.of(below) == line
    assert own_dateline(f"The council voted.\n\n{line}It met again.") is None
    assert own_dateline(f"One\nTwo\n{line}It met again.") is None
    assert own_dateline("") is None


@pytest.mark.parametrize(
    "text", ["He met her - twice.", "In 2022 - as before - the price fell.", "A" * 5000, "A/" * 5000, "A, " * 3000]
)
def test_other_text_has_none(text: str) -> None:
    assert not list(datelines(text))
