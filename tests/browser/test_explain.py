"""The page of `dateline read --format html`, offline in headless Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import ROOT
from tests.browser.test_pages import PHONE, fits, no_serious_fault
from tests.terminal import dateline

pytestmark = pytest.mark.browser

STORIES = {
    "en": "harbour-gazette/2015-09-11-1745-velloria-recalls-ambassador.html",
    "fa": "pegah-nameh/2015-05-12-1840-zerah-istanbul.txt",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the address of the page of an English and of a Persian story."""
    home = tmp_path_factory.mktemp("explained")
    addresses = {}
    for language, story in STORIES.items():
        done = dateline("read", str(ROOT / "samples" / story), "--format", "html", home=home)
        assert done.returncode == 0, done.stderr
        path = home / f"{language}.html"
        path.write_bytes(done.stdout)
        addresses[language] = path.as_uri()
    return addresses


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """Yield a page without a network and without script, that asks nobody for anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True, java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert all(url.startswith("file:") for url in asked)
    context.close()


def test_a_finding_and_its_words_lead_to_each_other(offline: Page, pages: dict[str, str]) -> None:
    offline.goto(pages["en"])
    before = offline.screenshot()
    offline.locator("aside li[id] > a").nth(2).click()
    assert offline.screenshot() != before
    number = offline.url.partition("#f")[2]
    offline.locator(f"article a[href='#p{number}']").first.click()
    assert offline.url.endswith(f"#p{number}")


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, PHONE["width"]])
def test_looks(browser: Browser, pages: dict[str, str], language: str, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(pages[language])
    assert fits(page)
    no_serious_fault(page)
    direction = "rtl" if language == "fa" else "ltr"
    assert page.locator("article p").first.evaluate("e => getComputedStyle(e).direction") == direction
    # What overlaps stays apart: a name in a quotation keeps its line, the quotation its tint.
    if language == "en":
        name = page.locator("article .m-content.m-name, article .m-content.m-place").first
        style = name.evaluate("e => [getComputedStyle(e).textDecorationLine, getComputedStyle(e).backgroundColor]")
        assert style[0] == "underline"
        assert style[1] != "rgba(0, 0, 0, 0)"
    context.close()


def test_paper_shows_the_findings_with_their_numbers(browser: Browser, pages: dict[str, str]) -> None:
    context = browser.new_context(viewport={"width": 800, "height": 1100})
    page = context.new_page()
    page.goto(pages["en"])
    page.emulate_media(media="print")
    assert page.locator("aside").is_visible()
    assert page.locator("aside li .no").first.is_visible()
    mark = page.locator("article span[data-n]").first
    assert mark.evaluate("e => getComputedStyle(e, '::after').content") == f'"{mark.get_attribute("data-n")}"'
    context.close()


def test_keyboard_reaches_text_and_findings(browser: Browser, pages: dict[str, str]) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(pages["en"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#text"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#p")
    context.close()
