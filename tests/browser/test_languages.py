"""The site in the languages that `test_every_page` leaves out: it fits, runs their way, has no serious fault."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.browser.test_pages import PHONE, fits, no_serious_fault, open_story

pytestmark = pytest.mark.browser

LANGUAGES = {"ar": "rtl", "ru": "ltr", "de": "ltr"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("scheme", "size"), [("light", {"width": 1280, "height": 900}), ("dark", PHONE)])
def test_every_kind_of_page(browser: Browser, site: str, language: str, scheme: str, size: dict[str, int]) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    open_story(page, site, language)
    story = page.url
    for path in (story, f"{story}/print", "", "archive/", "search?q=2015", "claims", "place/usa", "corrections"):
        page.goto(path if path.startswith("http") else f"{site}/{language}/{path}")
        assert fits(page), path
        assert page.locator("html").get_attribute("lang") == language, path
        assert page.evaluate("getComputedStyle(document.body).direction") == LANGUAGES[language], path
        if not path.endswith("/print"):
            no_serious_fault(page)
    context.close()


@pytest.mark.parametrize("language", ["fa", "ar", "ru"])
def test_nothing_is_left_in_english(browser: Browser, site: str, language: str) -> None:
    """Words of ours that are not marked as English stand in the page's own script."""
    parts = "nav li, .foot p, .title h1, .intro, label, button, .empty p, .skip"
    context = browser.new_context()
    page = context.new_page()
    for path in ("", "archive/", "search", "corrections"):
        page.goto(f"{site}/{language}/{path}")
        words = page.evaluate(
            """parts => [...document.querySelectorAll(parts)]
                .filter(each => !each.closest("[lang]:not(html)")).map(each => each.textContent.trim())""",
            parts,
        )
        assert words
        assert not [each for each in words if any("a" <= char.lower() <= "z" for char in each)]
    context.close()
