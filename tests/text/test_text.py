"""The text room against its table of cases, and the laws its functions keep."""

from __future__ import annotations

import sys
import tomllib
import unicodedata
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.calendars import read_date, write_date
from dateline.text.credits import is_agency
from dateline.text.direction import direction_of, direction_of_language, stretches
from dateline.text.folding import fold, fold_digits
from dateline.text.labels import find_label, is_furniture, label, language_of_labels
from dateline.text.language import identify, primary
from dateline.text.offsets import Patch, Patched
from dateline.text.sentences import sentences
from dateline.text.shortcodes import find_shortcodes
from dateline.text.slugs import slug
from dateline.text.spans import Span
from dateline.text.urls import canonical

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))


@pytest.mark.parametrize(("said", "language", "expected"), CASES["dates"])
def test_dates(said: str, language: str, expected: str) -> None:
    dated = read_date(said, language=language)
    assert (f"{dated.value} {dated.zone or ''}".strip() if dated else "") == expected


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ru", "uk", "fa", "ar", "tr"])
@given(
    when=st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2199, 12, 31)),
    length=st.sampled_from([4, 7, 10, 16, 19]),
    zone=st.sampled_from([None, "+00:00", "+03:30", "-05:00"]),
)
def test_a_written_date_reads_back(language: str, when: object, length: int, zone: str | None) -> None:
    value = str(when).replace(" ", "T")[:length]
    zone = zone if length > 10 else None
    dated = read_date(write_date(value, zone=zone, language=language), language=language)
    assert dated is not None
    assert (dated.value, dated.zone) == (value, zone)


@pytest.mark.parametrize("marked", [case[0] for case in CASES["sentences"]])
def test_sentences(marked: str) -> None:
    text = marked.replace("|", "")
    assert [span.of(text) for span in sentences(text)] == [part.strip() for part in marked.split("|")]


@given(st.text(alphabet="ab. !?«»\"'\n…؟A1", max_size=60))
def test_sentences_cover_every_letter_once(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize(("text", "expected"), CASES["slugs"])
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text(max_size=200))
def test_a_slug_is_never_empty_nor_long(text: str) -> None:
    made = slug(text)
    assert 1 <= len(made) <= 80
    assert not {"/", "?", "#", " "} & set(made)


@pytest.mark.parametrize(("url", "expected"), CASES["canonical"])
def test_canonical_addresses(url: str, expected: str) -> None:
    assert canonical(url) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(("text", "expected"), CASES["folds"])
def test_folding(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(fold_digits(text)) == len(text)


@pytest.mark.parametrize(("text", "expected"), CASES["languages"])
def test_languages(text: str, expected: str) -> None:
    assert identify(text) == expected


def test_a_stated_language_counts_where_the_text_is_too_short() -> None:
    assert identify("Too short", stated="fa-IR") == "fa"
    assert [primary(tag) for tag in ("en_US", "", None, "english")] == ["en", "und", "und", "und"]


def test_directions() -> None:
    assert direction_of("Kerry و وزیر خارجه روسیه") == "rtl"
    assert direction_of("12 May") == "ltr"
    assert (direction_of_language("fa-IR"), direction_of_language("de")) == ("rtl", "ltr")


def test_no_letter_that_runs_to_the_left_is_passed_over() -> None:
    left = [char for char in map(chr, range(sys.maxunicode)) if unicodedata.bidirectional(char) in ("R", "AL")]
    assert len(left) > 2_000
    assert all(stretches(f"to {char}", "ltr") == (("to ", False), (char, True)) for char in left)


@pytest.mark.parametrize(("credit", "expected"), CASES["agencies"])
def test_agencies_and_people(credit: str, expected: bool) -> None:
    assert is_agency(credit) is expected


@pytest.mark.parametrize(("line", "kind", "value"), CASES["labels"])
def test_labels(line: str, kind: str, value: str) -> None:
    found = find_label(line)
    assert (found.kind, found.value.of(line)) == (kind, value) if found else kind == ""


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ru", "uk", "fa", "ar"])
def test_each_label_we_write_is_read_as_what_it_is(language: str) -> None:
    assert language_of_labels(language) == language
    for kind in ("code", "link", "source", "author", "published", "updated", "place", "section", "tags", "tag"):
        found = find_label(f"{label(kind, language)}: x", language=language)
        assert found is not None
        assert found.kind == kind
    for kind in ("summary", "note", "language", "image", "photo", "picture", "alt"):
        found = find_label(f"{label(kind, language)}: x", language=language)
        assert found is not None
        assert found.kind == kind
    assert is_furniture(label("qr", language))


@pytest.mark.parametrize(("text", "expected"), CASES["shortcodes"])
def test_shortcodes(text: str, expected: str) -> None:
    found = find_shortcodes(text)
    assert " ".join(f"[{each.tag}]" if each.escaped else each.tag for each in found) == expected
    assert all(each.span.of(text).startswith("[") for each in found)


@st.composite
def patched(draw: st.DrawFn) -> Patched:
    raw = draw(st.text(alphabet="abcde", max_size=30))
    cuts = sorted(draw(st.lists(st.integers(0, len(raw)), max_size=8).filter(lambda cuts: len(cuts) % 2 == 0)))
    spans = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=True)]
    return Patched(raw, [Patch(span, draw(st.text(alphabet="XY", max_size=3))) for span in spans])


@given(patched())
def test_every_kept_character_is_found_both_ways(made: Patched) -> None:
    for at, char in enumerate(made.text):
        back = made.to_raw(Span(at, at + 1))
        if char in "XY":
            assert any(patch.span == back for patch in made.patches)
        else:
            assert back.of(made.raw) == char
            assert made.to_text(back) == Span(at, at + 1)


def test_patches_may_not_overlap() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        Patched("abc", [Patch(Span(0, 2), ""), Patch(Span(1, 3), "")])
