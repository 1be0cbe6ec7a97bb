"""Readings of the larger gold, where it lies beside the checkout (DATELINE_DATA): no figure falls below its floor."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dateline.reading.lines import read_line
from dateline.reading.measures import TASKS, total
from dateline.reading.models import load

DATA = Path(os.environ.get("DATELINE_DATA") or "/nowhere")
FLOORS: dict[str, Any] = tomllib.loads((Path(__file__).parent.parent / "floors.toml").read_text("utf-8"))["gold"]


@pytest.mark.skipif(not DATA.is_dir(), reason="DATELINE_DATA is not set: the larger gold is not here")
@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_is_below_its_floor(name: str) -> None:
    floors = dict(FLOORS[name])
    measure = TASKS[floors.pop("task")]
    nlp = load("en")
    gold, said = {}, {}
    with (DATA / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            gold[line["id"]] = line
            said[line["id"]] = read_line({key: value for key, value in line.items() if key != "gold"}, nlp=nlp)
    figures = measure.figures(total(measure.tallies(gold, said)))
    reached = {path: _at(figures, path) for path in floors}
    assert {path: value for path, value in reached.items() if value < floors[path]} == {}, reached


def _at(figures: dict[str, Any], path: str) -> float:
    found: Any = figures
    for step in path.split("."):
        found = found[step]
    return float(found)
