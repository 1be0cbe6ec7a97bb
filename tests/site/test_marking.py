"""Findings laid over a text never change the text."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dateline.site.body import blocks
from dateline.site.marking import Mark, segments, unlinked
from dateline.story import Figure, Story
from dateline.text.spans import Span

TEXTS = st.lists(st.text("ab \n«گفت»é🙂<&", max_size=12), max_size=5).map("\n\n".join)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    marks = []
    for number in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text) + 3))
        part = draw(st.sampled_from(["name", "source", "cue", "content", "event"]))
        spot, leads = draw(st.integers(1, 2)), draw(st.booleans())
        marks.append(Mark(span=Span(start, end), number=number % 4 + 1, part=part, spot=spot, leads=leads))
    return text, marks


@given(marked())
def test_the_text_is_unchanged(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    assert "\n\n".join("".join(each.text for each in paragraph) for paragraph in segments(text, marks)) == text


@given(marked())
def test_each_character_lies_under_its_own_marks(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    at, solid = 0, [mark for mark in marks if len(mark.span)]
    for paragraph in segments(text, marks):
        for segment in paragraph:
            here = Span(at, at + len(segment.text))
            assert set(segment.marks) == {mark for mark in solid if mark.span.holds(here)}
            assert all(mark in segment.marks or not mark.span.overlaps(here) for mark in solid)
            at = here.end
        at += 2


@given(marked())
def test_each_finding_opens_once_where_it_first_stands(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    flat = [segment for paragraph in segments(text, marks) for segment in paragraph]
    opened = [mark.anchor for segment in flat for mark in segment.opens]
    assert sorted(opened) == sorted({mark.anchor for segment in flat for mark in segment.marks})
    for anchor in opened:
        first = next(segment for segment in flat if any(mark.anchor == anchor for mark in segment.marks))
        assert anchor in {mark.anchor for mark in first.opens}


@given(marked())
def test_each_finding_is_led_back_to_from_its_words_or_by_a_number(given_: tuple[str, list[Mark]]) -> None:
    paragraphs = segments(*given_)
    flat = [segment for paragraph in paragraphs for segment in paragraph]
    leading = {segment.lead.anchor for segment in flat if segment.lead}
    assert leading | unlinked(paragraphs) == {mark.anchor for segment in flat for mark in segment.marks}
    assert not leading & unlinked(paragraphs)


def test_overlapping_findings_are_cut_side_by_side() -> None:
    text = "He said Kerry came."
    quote = Mark(span=Span(8, 19), number=2, part="content", leads=False)
    name = Mark(span=Span(8, 13), number=1)
    cue = Mark(span=Span(3, 7), number=2, part="cue")
    (paragraph,) = segments(text, [quote, name, cue])
    assert [(each.text, each.lead and each.lead.number) for each in paragraph] == [
        ("He ", None),
        ("said", 2),
        (" ", None),
        ("Kerry", 1),
        (" came.", None),
    ]


def test_markup_in_a_story_stays_text_and_figures_stand_where_they_stood(archive: Path) -> None:
    story = Story(
        headline="h",
        text="<script>x</script> & more\n\nsecond\n\nthird",
        figures=(
            Figure(url="https://other.example/a.jpg", after=1),
            Figure(caption="lost", missing=True, after=0),
            Figure(url="https://here.example/media/b.jpg", after=9),
        ),
    )
    marks = (Mark(span=Span(1, 7), number=1), Mark(span=Span(19, 25), number=2, part="event", leads=False))
    body = blocks(story, marks, site_url="https://here.example")
    kinds = [block.picture.figure.after if block.picture else "p" for block in body]
    assert kinds == [0, "p", 1, "p", "p", 9]
    first = '<span id="f1" class="a1" data-n="1"></span><a class="m-name f1" href="#p1">script</a>'
    number = '<a id="f2" class="ref a2" href="#p2" data-n="2" aria-label="Finding 2"></a>'
    event = '<span class="m-event f2">&amp; more</span>'
    assert body[1].html == f"&lt;{first}&gt;x&lt;/script&gt; {number}{event}"
    assert [block.picture.held for block in body if block.picture] == [False, False, True]
