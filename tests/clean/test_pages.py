"""The text of real web pages, where ``DATELINE_DATA`` has a folder of them, measured as ``benchmarks`` does."""

from __future__ import annotations

import gzip
import json
import os
import tomllib
from pathlib import Path

import pytest
from benchmarks.pages import is_refused, score, told

from dateline.wire.encoding import decode

PAGES = Path(os.environ.get("DATELINE_DATA") or "/nowhere") / "pages"
FLOORS = tomllib.loads((Path(__file__).parent.parent / "floors.toml").read_text("utf-8"))["cleaning"]

if (PAGES / "gold.json").exists():

    def test_articles_are_told_as_well_as_they_were() -> None:
        gold = json.loads((PAGES / "gold.json").read_text("utf-8"))
        pages = {name: decode(gzip.decompress((PAGES / f"{name}.html.gz").read_bytes())).text for name in gold}
        texts = {name: each["articleBody"] for name, each in gold.items()}
        found = {name: told(html, gold[name].get("url")) for name, html in pages.items()}
        kept = {name: "" if is_refused(pages[name]) else text for name, text in found.items()}
        assert score(texts, found)[0] >= FLOORS["article_f"]
        assert score(texts, kept)[0] >= FLOORS["article_kept_f"]


def test_the_measure_counts_what_is_right_missing_and_too_much() -> None:
    true = "one two three four five six seven eight"
    assert score({"a": true}, {"a": true}) == (1.0, 1.0, 1.0)
    _, precision, recall = score({"a": true}, {"a": "one two three four five and more of that"})
    assert (precision, recall) == pytest.approx((2 / 6, 2 / 5))
    assert score({"a": true, "b": ""}, {"a": "", "b": ""})[1:] == (0.5, 0.5)
