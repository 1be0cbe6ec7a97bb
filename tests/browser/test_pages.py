"""The site as a reader meets it, in headless Chromium."""

from __future__ import annotations

import io
import re
import urllib.error
import urllib.request

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


def story_links(page: Page, site: str, language: str = "en") -> list[str]:
    page.goto(f"{site}/{language}/")
    links = [a.get_attribute("href") or "" for a in page.query_selector_all("main a")]
    return list(dict.fromkeys(link for link in links if re.search(rf"/{language}/news/\d+/[^/#]+$", link)))


def open_story(page: Page, site: str, language: str = "en") -> str:
    link = story_links(page, site, language)[0]
    page.goto(link if link.startswith("http") else site + link)
    return page.url


def no_serious_fault(page: Page) -> None:
    faults = [
        f"{fault['id']}: {fault['help']} {[node['target'] for node in fault['nodes'][:3]]}"
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]
    assert not faults


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1"))


def test_front_page(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    assert page.url == f"{site}/en/"
    assert page.locator("h1").count() == 1
    assert len(story_links(page, site)) >= 10


def test_story_page(page: Page, site: str) -> None:
    open_story(page, site)
    code = re.search(r"/news/(\d+)/", page.url)
    assert code is not None
    text = page.inner_text("main")
    assert code[1] in text
    assert page.locator("article p").count() >= 4
    assert page.locator('script[type="application/ld+json"]').count() == 1
    assert page.locator('link[rel="canonical"]').get_attribute("href") == page.url


def test_a_finding_lights_up_its_words_by_link(page: Page, site: str) -> None:
    open_story(page, site)
    link = page.locator("aside a[href^='#f']").first
    number = (link.get_attribute("href") or "")[1:]
    words = page.locator(f".{number}").first
    before = words.evaluate("e => getComputedStyle(e).backgroundColor")
    link.click()
    assert page.url.endswith(f"#{number}")
    assert words.evaluate("e => getComputedStyle(e).backgroundColor") != before
    assert words.is_visible()


def test_findings_work_without_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/en/")
    page.locator("main a[href*='/en/news/']").first.click()
    before = page.screenshot()
    page.locator("aside a[href^='#f']").first.click()
    assert page.screenshot() != before
    context.close()


def test_print_page_has_one_qr_code_of_the_permalink(page: Page, site: str) -> None:
    story = open_story(page, site)
    permalink = page.locator('link[rel="canonical"]').get_attribute("href")
    page.goto(f"{story}/print")
    assert page.locator("svg[role=img]").count() == 1
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    codes = zxingcpp.read_barcodes(picture)
    assert [code.text for code in codes] == [permalink]


def test_search(page: Page, site: str) -> None:
    page.goto(f"{site}/en/")
    page.fill("input[type=search]", "talks")
    page.press("input[type=search]", "Enter")
    assert "/en/search" in page.url
    assert page.locator("main mark").count() >= 1
    page.goto(f"{site}/en/search?q=zzzzqqqq")
    assert page.locator("main mark").count() == 0


def test_persian_story_runs_right_to_left(page: Page, site: str) -> None:
    open_story(page, site, "fa")
    first = page.locator("article p").first
    assert first.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert first.evaluate("e => getComputedStyle(e).textAlign") in {"start", "right"}


def test_keyboard_reaches_the_text_first(page: Page, site: str) -> None:
    open_story(page, site)
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused.startswith("#")
    page.keyboard.press("Enter")
    assert page.url.endswith(focused)


def test_withdrawn_story_says_so(page: Page, site: str) -> None:
    page.goto(f"{site}/en/corrections")
    code = re.search(r"\b(\d{4,})\b", page.inner_text("main"))
    assert code is not None
    with urllib.request.urlopen(f"{site}/robots.txt") as answer:
        assert answer.status == 200
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{site}/{withdrawn_code(page)}")
    assert refused.value.code == 410


def withdrawn_code(page: Page) -> str:
    found = page.locator("[data-kind=retraction]").first.get_attribute("data-code")
    assert found
    return found
