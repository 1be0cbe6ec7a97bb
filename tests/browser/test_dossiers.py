"""From a dossier to the sentence and back, with and without script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 1000}
PERSON = "person/john-kerry"


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def reading(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, viewport=DESK, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_a_line_leads_to_its_sentence_lit(reading: Page, site: str) -> None:
    reading.goto(f"{site}/en/{PERSON}")
    for place in ("ol.told .said a", "figure.chart-timeline svg a"):
        link = reading.locator(place).first
        href = link.get_attribute("href") or ""
        reading.goto(f"{site}{href}")
        name = href.partition("#")[2]
        spot = reading.locator(f"[id='{name}']")
        number = next(word[1:] for word in (spot.get_attribute("class") or "").split() if word[:1] == "a")
        words = reading.locator(f".body .f{number}").first
        box = words.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < DESK["height"]
        plain = reading.locator(".body p").first
        lit, other = (each.evaluate("e => getComputedStyle(e).backgroundColor") for each in (words, plain))
        assert lit != other
        reading.goto(f"{site}/en/{PERSON}")


def test_names_of_a_story_lead_to_dossiers_and_back(reading: Page, site: str) -> None:
    reading.goto(f"{site}/en/{PERSON}/stories")
    reading.locator("ol.told .headline a").first.click()
    assert "/news/" in reading.url
    story = reading.url.partition("#")[0]
    reading.locator(f"aside a.on[href='/en/{PERSON}']").click()
    assert reading.url == f"{site}/en/{PERSON}"
    assert reading.locator(f"ol.told a[href^='{story.removeprefix(site)}']").count() >= 1


def test_people_are_found_by_a_plain_form(reading: Page, site: str) -> None:
    reading.goto(f"{site}/en/who/")
    reading.fill("#name", "kerry")
    reading.press("#name", "Enter")
    assert reading.url == f"{site}/en/who/?name=kerry"
    reading.locator("ul.counts a").first.click()
    assert reading.url == f"{site}/en/{PERSON}"
