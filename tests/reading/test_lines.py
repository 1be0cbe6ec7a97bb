"""What a JSON line may say, and what its answer says when it may not."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.reading.languages import words
from dateline.reading.lines import read_line
from dateline.reading.models import load

LATER = "Der Minister wies die Kritik am Dienstag in Lindmere zurück und sprach von einem Irrtum der Behörde."


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"language": "../../languages/en"}, "language: not a language tag: ../../languages/en"),
        ({"language": "/etc"}, "language: not a language tag: /etc"),
        ({"language": "en\n"}, "language: not a language tag"),
        ({"language": ""}, "language: not a language tag"),
        ({"language": ["en"]}, "language: not a language tag"),
        ({"language": 7}, "language: not a language tag: 7"),
        ({"text": "ab\ud83d"}, "text: half of a surrogate pair at character 2"),
        ({"title": "\ude00b"}, "title: half of a surrogate pair at character 0"),
        ({"published": "\ud800"}, "published: half of a surrogate pair at character 0"),
        ({"pairs": None}, "pairs: not a list"),
        ({"pairs": [[0, 1]]}, "pairs[0]: not {source"),
        ({"pairs": [{"source": [0, 1]}]}, "pairs[0].target: not [start, end]"),
        ({"pairs": [{"source": [0, 1.5], "target": [1, 2]}]}, "pairs[0].source: not [start, end] in whole numbers"),
        ({"pairs": [{"source": [0, True], "target": [1, 2]}]}, "pairs[0].source: not [start, end] in whole numbers"),
        (
            {"pairs": [{"source": [0, 1], "target": [1, 2]}, {"source": [0, 1], "target": [3, 3]}]},
            "pairs[1].target: [3, 3] is no stretch of the text, which has 5 characters",
        ),
        ({"pairs": [{"source": [-1, 1], "target": [1, 2]}]}, "pairs[0].source: [-1, 1] is no stretch"),
        ({"pairs": [{"source": [0, 1], "target": [1, 6]}]}, "pairs[0].target: [1, 6] is no stretch"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(given: dict[str, Any], why: str) -> None:
    answer = read_line({"id": "a", "text": "Tarsk", **given})
    assert answer.keys() == {"id", "error"}
    assert answer["error"].startswith(why)


@pytest.mark.parametrize("language", ["..", "../en", "EN", "english", "", "e", "en/", "en\n"])
def test_no_language_is_a_path(language: str) -> None:
    assert words(language, "cues") is None


@pytest.mark.parametrize(
    ("given", "language"),
    [
        ({"text": "Angela Merkel met NATO envoys in Paris."}, "en"),
        ({"text": "Barack Obama in Berlin."}, "en"),
        ({"text": "Vladimir Putin visited Belgrade, Serbia."}, "en"),
        ({"text": "9 : 4"}, "en"),
        ({"text": "Shalom", "language": "EN"}, "en"),
        ({"text": "Shalom", "language": "en-GB"}, "en"),
        ({"text": LATER, "language": "und"}, "de"),
        ({"text": LATER}, "de"),
        ({"text": "De minister sprak met de Kamer over het spoor."}, "nl"),
        ({"text": "שלום עולם"}, "und"),
    ],
)
def test_a_text_in_doubt_is_read_in_the_parser_s_language(given: dict[str, Any], language: str) -> None:
    assert read_line(given, nlp=load("en"))["language"] == language


def test_an_empty_list_says_whether_anyone_looked() -> None:
    read = read_line({"text": "Angela Merkel met NATO envoys in Paris."}, nlp=load("en"))
    assert read["unread"] == []
    assert read["mentions"]
    unread = read_line({"text": "De minister sprak met de Kamer over het spoor."}, nlp=load("en"))
    assert unread["mentions"] == []
    assert "names" in unread["unread"]
