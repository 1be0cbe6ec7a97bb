"""`dateline evaluate` as its users meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.terminal import dateline

pytestmark = pytest.mark.unstored

GOLD = Path(__file__).parent.parent / "data" / "gold"


def test_given_predictions_are_measured() -> None:
    words = ("evaluate", "quotes", GOLD / "quotes.jsonl", "--pred", GOLD / "quotes.pred.jsonl")
    done = dateline(*words, "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert (told["task"], told["stories"], told["missing"]) == ("quotes", 2, 0)
    assert told["attribution"] == {"p": 100.0, "r": 75.0, "f": 85.7}
    low, high = told["intervals"]["attribution.f"]
    assert low <= 85.7 <= high
    shown = dateline(*words).stdout.decode()
    assert "85.7" in shown
    assert "deny" in shown


def test_without_predictions_dateline_reads_the_texts_itself() -> None:
    for jobs in ("1", "2"):
        done = dateline("evaluate", "names", GOLD / "names.jsonl", "--format", "json", "--jobs", jobs)
        assert done.returncode == 0, done.stderr.decode()
        assert json.loads(done.stdout)["PER"]["r"] == 100.0


def test_stories_are_grouped() -> None:
    done = dateline("evaluate", "same-event", GOLD / "same-event.jsonl", "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    # Four times one text: one group, whatever the gold says.
    assert json.loads(done.stdout)["b_cubed"]["r"] == 100.0


def test_a_story_without_a_prediction_is_said(tmp_path: Path) -> None:
    (tmp_path / "pred").write_text('{"id": "a", "moments": []}\n{"id": "z", "moments": []}\n')
    done = dateline("evaluate", "dates", GOLD / "dates.jsonl", "--pred", tmp_path / "pred", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["missing"] == 1
    complaint = done.stderr.decode()
    assert "no prediction for 1 of" in complaint
    assert "does not have: 1" in complaint


def test_bad_gold_is_one_line_and_exit_2(tmp_path: Path) -> None:
    (tmp_path / "gold").write_text((GOLD / "dates.jsonl").read_text() + '{"id": "c", "text": "x", "gold": []}\n')
    for words in (("dates", tmp_path / "gold"), ("dates", tmp_path / "none"), ("quotes", GOLD / "dates.jsonl")):
        done = dateline("evaluate", *words)
        assert done.returncode == 2
        assert done.stdout == b""
        assert len(done.stderr.decode().strip().splitlines()) == 1
    assert "line 3: gold" in dateline("evaluate", "dates", tmp_path / "gold").stderr.decode()


def test_stories_in_a_language_without_a_reader_are_counted(tmp_path: Path) -> None:
    line = {"id": "a", "text": "De minister sprak met de Kamer over het spoor.", "gold": {"mentions": []}}
    (tmp_path / "gold").write_text(json.dumps(line))
    done = dateline("evaluate", "names", tmp_path / "gold", "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["unread"] == 1
    assert "not read because of their language: 1 of the stories, nl (1)" in done.stderr.decode()
