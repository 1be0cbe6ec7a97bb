"""A finding keeps its fingerprint while its own paragraph stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.fingerprints import fingerprint
from dateline.story import Mention, Moment, Quote
from dateline.text.spans import Span

PARAGRAPH = 'Moscow denied on Tuesday that Moscow had asked. "Nobody asked," it said.'
others = st.lists(st.text(alphabet="abc M.", min_size=1, max_size=30), max_size=3)


@given(others, others)
def test_other_paragraphs_do_not_matter(before: list[str], after: list[str]) -> None:
    text = "\n\n".join([*before, PARAGRAPH, *after])
    shift = text.index(PARAGRAPH)

    def moved(span: Span) -> Span:
        return span.shifted(shift)

    tuesday, asked = Span(17, 24), Span(47, 62)
    assert fingerprint(Moment(span=moved(tuesday), type="DATE", value="2015-05-12"), text) == fingerprint(
        Moment(span=tuesday, type="DATE", value="2015-05-12"), PARAGRAPH
    )
    assert fingerprint(Quote(source=(), cue=(), content=(moved(asked),), kind="direct"), text) == fingerprint(
        Quote(source=(), cue=(), content=(asked,), kind="direct"), PARAGRAPH
    )


def test_two_occurrences_and_two_claims_differ() -> None:
    first, second = Span(0, 6), Span(30, 36)
    assert first.of(PARAGRAPH) == second.of(PARAGRAPH) == "Moscow"
    prints = {
        fingerprint(Mention(span=first, kind="LOC", entity="loc:rus"), PARAGRAPH),
        fingerprint(Mention(span=second, kind="LOC", entity="loc:rus"), PARAGRAPH),
        fingerprint(Mention(span=first, kind="ORG", entity="org:kremlin"), PARAGRAPH),
    }
    assert len(prints) == 3


def test_a_better_reason_is_the_same_claim() -> None:
    bare = Mention(span=Span(0, 6), kind="LOC", entity="loc:rus")
    told = Mention(span=Span(0, 6), kind="LOC", entity="loc:rus", why="in the list of states")
    assert fingerprint(bare, PARAGRAPH) == fingerprint(told, PARAGRAPH)
