"""Dossiers, pairs, days and calendars as readers meet them: phone and desk, light and dark, with and without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

IMAGES = Path(__file__).parent.parent.parent / "docs" / "images"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 1000}
PERSON, STATE, PAIR = "person/john-kerry", "place/usa", "pair/loc:cub/loc:usa"
PAGES = [
    PERSON,
    STATE,
    PAIR,
    f"{STATE}/events",
    f"{PERSON}/stories",
    "day/2015-07-20",
    "calendar/",
    "who/",
    "places/",
    "topics/",
    "sources/",
    "search/map?q=is:story",
    "search/calendar?q=is:planned",
]
CHARTED = {PERSON: 4, STATE: 4, PAIR: 2, "places/": 1, "search/map?q=is:story": 1}
LOOKS = [(PHONE, "dark"), (DESK, "light")]


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def reading(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, viewport=DESK, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=["phone-dark", "desk-light"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_and_can_be_read_by_all(
    browser: Browser, site: str, path: str, size: dict[str, int], scheme: str, language: str
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    foreign: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith(site) else foreign.append(asked.url))
    page.goto(f"{site}/{language}/{path}")
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "fa" else "ltr")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")
    # Persian stories are not read for places yet: a search in them has none to show.
    if language == "en" or not path.startswith("search"):
        assert page.locator("figure.chart svg.plot").count() >= CHARTED.get(path, 0)
    assert page.locator("figure.chart svg.plot").count() == page.locator("figure.chart:has(svg.plot) table").count()
    assert not foreign
    faults = [
        f"{fault['id']}: {[node['target'] for node in fault['nodes'][:3]]}"
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]
    assert not faults
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


def test_screenshots_for_the_docs(browser: Browser, site: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, path, size, scheme in (
        ("dossier", f"en/{STATE}", DESK, "light"),
        ("dossier-persian-phone", f"fa/{STATE}", PHONE, "dark"),
        ("pair", f"en/{PAIR}", DESK, "light"),
        ("places", "en/places/", DESK, "light"),
    ):
        context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{site}/{path}")
        picture = page.screenshot(path=IMAGES / f"{name}.png")
        assert len(picture) > 20_000
        context.close()
