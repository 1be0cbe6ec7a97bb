"""Values survive the way to JSON and back."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from dateline.plain import from_plain, to_plain
from dateline.story import Item, Mention, Reading, Role, Story
from dateline.text.spans import Span

spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda ends: Span(min(ends), max(ends)))
st.register_type_strategy(Span, spans)


@given(st.one_of(st.builds(Story), st.builds(Reading), st.builds(Item)))
def test_a_value_comes_back_from_json_as_it_was(value: object) -> None:
    assert from_plain(type(value), json.loads(json.dumps(to_plain(value)))) == value


def test_a_findings_span_lies_flat() -> None:
    mention = Mention(span=Span(3, 7), kind="PER", role=Role(office="President", country="RUS"))
    assert to_plain(mention) == {
        "start": 3,
        "end": 7,
        "kind": "PER",
        "role": {"office": "President", "country": "RUS"},
    }


def test_an_older_archive_reads_under_a_newer_version() -> None:
    assert from_plain(Story, {"headline": "H", "text": "T", "gone": 1}) == Story(headline="H", text="T")
