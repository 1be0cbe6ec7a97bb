"""Every input form, by files: what it is recognised as and what its items hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.plain import to_plain
from dateline.story import Unreadable
from dateline.wire.formats import FORMATS, parse
from dateline.wire.sniff import sniff

ROOT = Path(__file__).parents[2]
FILES = sorted(path for path in (ROOT / "tests/data/wire").iterdir() if path.suffix != ".json")
SAMPLES = sorted(path for path in (ROOT / "samples").rglob("*") if path.is_file() and path.suffix != ".md")
FORMS = {
    ".wxr.xml": "wxr",
    ".rss.xml": "rss",
    ".atom.xml": "atom",
    ".nitf.xml": "nitf",
    ".ninjs.json": "ninjs",
    ".html": "page",
    ".txt": "print",
}


def only(found: Any, wanted: Any) -> Any:
    """Return of what was found what the expectation speaks of."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return {key: only(found.get(key, "absent"), value) for key, value in wanted.items()}
    if isinstance(wanted, list) and isinstance(found, list):
        told = [only(each, want) for each, want in zip(found, wanted, strict=False)]
        return told + found[len(wanted) :]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_holds_what_stands_beside_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    batch = parse(path.read_bytes(), name=path.name)
    assert batch.format == expected["format"]
    assert [list(each) for each in batch.refused] == expected.get("refused", [])
    assert [list(each) for each in batch.passed] == expected.get("passed", [])
    for key in ("title", "language"):
        assert getattr(batch, key) == expected.get(key, getattr(batch, key))
    assert only([to_plain(item) for item in batch.items], expected["items"]) == expected["items"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_recognised_by_its_bytes(path: Path) -> None:
    (form,) = (form for suffix, form in FORMS.items() if path.name.endswith(suffix))
    assert sniff(path.read_bytes()) == form


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("path", [path for path in SAMPLES if path.suffix == ".xml"], ids=lambda path: path.name)
def test_half_a_file_gives_whole_items_or_one_clear_line(path: Path, cut: float) -> None:
    data = path.read_bytes()
    whole = parse(data)
    try:
        half = parse(data[: int(len(data) * cut)])
    except Unreadable as error:
        assert "\n" not in str(error)
        return
    assert half.items == whole.items[: len(half.items)]
    assert half.refused


def test_each_format_can_be_read_or_written() -> None:
    assert all(hasattr(module, "parse") or hasattr(module, "dump") for module in FORMATS.values())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t\xef\xbb\xbf", "empty"),
        ("\u3000\u00a0\n".encode(), "empty"),
        (b"PK\x03\x04....", "not text"),
        (bytes(range(256)) * 4, "binary"),
        (b"<knowledgeItem xmlns='http://iptc.org/std/nar/2006-10-01/'/>", "no news"),
        (b"<inventory/>", "unknown kind: <inventory>"),
        (b"<!-- only a comment", "breaks off"),
        (b'{"a": 1}', "not ninjs"),
        (b'{"uri": "x", "headline": ', "does not parse"),
        (b"[" * 100_000, "nested"),
    ],
)
def test_what_is_not_read_is_named_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as caught:
        parse(data)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250
