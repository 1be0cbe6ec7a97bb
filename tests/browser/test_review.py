"""Press reviews, cards and PDFs as a reader meets them, in headless Chromium."""

from __future__ import annotations

import io
import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page
from tests.browser.test_pages import open_story

from dateline.clean.stories import clean
from dateline.wire.formats import parse

pytestmark = pytest.mark.browser

REVIEW = "/en/search/print?q=talks"


def test_paper_is_light_whatever_the_screen_is(page: Page, site: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(site + REVIEW)
    assert page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"


def test_each_story_has_its_number_and_a_qr_code_of_its_permalink(page: Page, site: str) -> None:
    page.goto(site + REVIEW)
    clips = page.locator("article.clip")
    total = clips.count()
    assert total >= 3
    links = []
    for number in range(total):
        clip = clips.nth(number)
        assert clip.locator("p.part").inner_text() == f"Story {number + 1} of {total}"
        link = re.search(r"News Link: (\S+)", clip.inner_text())
        assert link is not None
        codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(clip.locator("svg").screenshot())))
        assert [code.text for code in codes] == [link[1]]
        links.append(link[1])
    assert len(set(links)) == total
    entries = page.locator("ol li")
    assert [entries.nth(at).locator("b").inner_text() for at in range(total)] == [str(at + 1) for at in range(total)]
    page.locator("ol a").nth(1).click()
    assert page.url.endswith("#story-2")
    assert page.locator("#story-2").is_visible()


def test_on_paper_each_story_begins_a_page_and_links_for_the_screen_are_gone(page: Page, site: str) -> None:
    import pypdfium2

    page.goto(site + REVIEW)
    total = page.locator("article.clip").count()
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, tagged=True))
    tops = []
    for paper in document:
        lines = paper.get_textpage().get_text_bounded().splitlines()
        assert "First paragraphs only" not in lines
        tops += [line for line in lines[:2] if re.match(r"Story \d+ of ", line)]
    assert tops == [f"Story {number} of {total}" for number in range(1, total + 1)]


def test_from_the_story_page_to_its_pdf_and_card(page: Page, site: str) -> None:
    for language in ("en", "fa"):
        open_story(page, site, language)
        headline = page.locator("h1").inner_text()
        link = page.locator('a[type="application/pdf"]').get_attribute("href")
        answer = page.request.get(site + (link or ""))
        assert answer.headers["content-type"] == "application/pdf"
        (item,) = parse(answer.body()).items
        assert clean(item).headline == headline
        card = page.locator('meta[property="og:image"]').get_attribute("content")
        assert card is not None
        assert Image.open(io.BytesIO(page.request.get(card).body())).size == (1200, 630)


def test_what_is_embedded_looks_right_on_anothers_page(page: Page, site: str) -> None:
    open_story(page, site)
    headline = page.locator("h1").inner_text()
    link = page.locator('link[type="application/json+oembed"]').get_attribute("href")
    told = page.request.get(link or "").json()
    page.goto("about:blank")
    page.set_content(f"<body style='margin:0'>{told['html']}")
    box = page.locator("blockquote").bounding_box()
    assert box is not None
    assert box["width"] <= told["width"]
    assert box["height"] <= told["height"] * 1.3
    assert page.locator("a").inner_text() == headline


def test_what_cannot_be_printed_says_so(page: Page, site: str) -> None:
    for path in ("/en/search/print?q=zzzzqqqq", "/fa/review?codes=هیچ"):
        # The address answers with an error, as it should: the browser notes that as one.
        answer = page.request.get(site + path)
        assert answer.status in (400, 404)
        page.set_content(answer.text())
        assert page.locator("h1").count() == 1
