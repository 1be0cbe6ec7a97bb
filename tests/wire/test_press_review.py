"""A press review comes apart into the stories it was made of: as HTML, as copied text, and as a PDF of either make."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.wire.test_print_round_trip import STORIES, carried, language_of

from dateline.clean.stories import clean
from dateline.story import Batch, Refused, Unreadable
from dateline.text.labels import label
from dateline.wire import press_review
from dateline.wire.formats import parse
from dateline.wire.press_review import Clipping, ReviewHead
from dateline.wire.sniff import sniff
from dateline.wire.typesetting import available, pdf_of

SITE = {"site_name": "The Desk", "site_url": "https://desk.example"}
CLIPPINGS = tuple(
    Clipping(
        story=story,
        permalink=f"https://desk.example/{language_of(story)}/news/{code}/a-story",
        code=str(code),
        language=language_of(story),
    )
    for code, story in enumerate(STORIES.values(), start=1001)
)
needs_pdf = pytest.mark.skipif(not available(), reason="the extra pdf is not installed")


def head(language: str, **more: Any) -> ReviewHead:
    stated = {"title": "River talks", "compiled": datetime(2026, 11, 26, 9, 5, tzinfo=UTC), "language": language}
    return ReviewHead(**(stated | SITE | more))


def assert_same(batch: Batch, clippings: tuple[Clipping, ...] = CLIPPINGS) -> None:
    assert batch.refused == ()
    assert len(batch.items) == len(clippings)
    for item, clipping in zip(batch.items, clippings, strict=True):
        ours = replace(clipping.story, code=clipping.code, url=clipping.permalink, **SITE)
        assert carried(clean(item)) == carried(ours), clipping.code


@pytest.mark.parametrize("language", ["en", "fa", "ar", "ru", "de"])
def test_through_html(language: str) -> None:
    data = press_review.dump(CLIPPINGS, head(language, query='river "talks" سد', left_out=("7", "8")))
    assert sniff(data) == "review"
    assert_same(parse(data))


@needs_pdf
@pytest.mark.parametrize("language", ["en", "fa"])
def test_through_our_pdf(language: str) -> None:
    data = pdf_of(press_review.dump(CLIPPINGS, head(language), pictures=False))
    assert_same(parse(data))


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fa"])
def test_through_the_browser(language: str, browser_page: Any) -> None:
    browser_page.set_content(press_review.dump(CLIPPINGS, head(language)).decode())
    pasted = browser_page.evaluate("document.body.innerText").encode()
    assert sniff(pasted) == "review"
    assert_same(parse(pasted))
    assert_same(parse(browser_page.content().encode()))
    assert_same(parse(browser_page.pdf(prefer_css_page_size=True, tagged=True)))


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_story_cut_short_reads_as_its_link_and_never_as_the_whole(language: str) -> None:
    pages = [press_review.dump(CLIPPINGS, head(language), lead=2)]
    if available():
        pages.append(pdf_of(press_review.dump(CLIPPINGS, head(language), lead=2, pictures=False)))
    for data in pages:
        items = parse(data).items
        for item, clipping in zip(items, CLIPPINGS, strict=True):
            if len(clipping.story.paragraphs) <= 2:
                assert clean(item).text == clipping.story.text
                continue
            assert (item.body_type, item.body, item.url) == ("link", "", clipping.permalink)
            with pytest.raises(Refused, match="link-only"):
                clean(item)
        assert any(item.body_type == "link" for item in items)


def test_what_stands_first_tells_what_it_is() -> None:
    page = press_review.dump(CLIPPINGS[:3], head("en", query="dam <b>", left_out=("7", "8"))).decode()
    for line in (
        "<h1>River talks</h1>",
        "Stories: 3",
        "Compiled: 26 November 2026, 09:05 UTC",
        "Query: dam &lt;b&gt;",
        "Left out: 7 · 8",
    ):
        assert line in page
    assert [page.count(f'href="#story-{number}"') for number in (1, 2, 3, 4)] == [1, 1, 1, 0]
    assert page.count("<svg") == 3
    assert "<script" not in page


def test_every_language_of_labels_counts_stories_in_a_way_that_reads_back() -> None:
    from dateline.text.labels import language_of_labels

    spoken = [each for each in ("en", "de", "fr", "es", "ru", "uk", "fa", "ar") if language_of_labels(each) == each]
    assert len(spoken) == 8
    for language in spoken:
        assert label("part_form", language).count("{}") == label("shortened_form", language).count("{}") == 2
        assert len(parse(press_review.dump(CLIPPINGS[:2], head(language))).items) == 2


def test_one_that_breaks_off_says_what_is_lost() -> None:
    whole = press_review.dump(CLIPPINGS[:4], head("en"))
    batch = parse(whole[: whole.index(b'id="story-3"')])
    assert len(batch.items) == 2
    assert [where for where, _ in batch.refused] == ["story 3", "story 4"]


def test_one_without_stories_is_no_news() -> None:
    with pytest.raises(Unreadable, match="without stories"):
        parse(press_review.dump((), head("en")))


def test_a_story_that_counts_stories_is_no_press_review() -> None:
    told = b"Mine collapse\n\nThe third part of it.\n\nStory 3 of 5\n\nThe end of the series comes tomorrow, it says."
    assert sniff(told) == "text"


def test_markup_in_stories_and_titles_stays_text() -> None:
    evil = '</style><script>alert(1)</script></article><article class="clip">'
    story = replace(CLIPPINGS[1].story, headline=evil, text=f"{evil}\n\nMore of it.", credit=evil, figures=())
    made = replace(CLIPPINGS[1], story=story)
    data = press_review.dump((made, CLIPPINGS[2]), head("en", title=evil, query=evil))
    assert b"<script" not in data
    items = parse(data).items
    assert len(items) == 2
    assert clean(items[0]).headline == evil
