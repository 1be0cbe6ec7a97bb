"""Every kind of page, in two languages that run opposite ways: on a phone and a desk, by day and by night.

No page of the served site has a script (this is tested too), so that each is here as a reader without any has it;
the baked site's search, the one page with a script, is tested with and without it in `test_baked`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.databases import archive_at

pytestmark = pytest.mark.browser

WAYS = {"en": "ltr", "fa": "rtl", "ar": "rtl"}
WORDS = {"en": "talks", "fa": "استانبول", "ar": "إسطنبول"}  # each language's stories have it
BUDGET = 60_000  # bytes of a story page over the wire, its style sheets included
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 1000}
# Axe looks at each page once; by the language, so that both schemes and both widths get its eye.
SCHEMES = {"en": ("light", "dark"), "fa": ("dark", "light"), "ar": ("dark", "light")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of page. ``{}`` in a path is filled with what the page ``at`` links to by ``link``."""

    path: str
    at: str = ""
    link: str = ""
    status: int = 200
    languages: tuple[str, ...] = ("en", "fa")
    has: str = "main"


CHART = "figure.chart svg.plot"
STORY = r"(/{language}/news/\d+/[^\"#/]+)\""
KINDS = {
    "front": Kind(path="/{language}/", has="main h2 a"),
    "story": Kind(path="{}", at="/{language}/", link=STORY, has="article.body p"),
    "print": Kind(path="{}/print", at="/{language}/", link=STORY, has="svg[role=img]"),
    # Only English and Arabic samples are filed in sections.
    "section": Kind(path="{}", at="/{language}/", link=r"(/{language}/section/[^\"/]+)\"", languages=("en", "ar")),
    "section's month": Kind(path="/{language}/section/iran/2015/07", languages=("en",), has="main h2 a"),
    "section's dossier": Kind(path="/{language}/section/iran/about", languages=("en",), has=CHART),
    "topic": Kind(path="/{language}/topic/velloria", languages=("en",), has="main h2"),
    "source": Kind(path="/{language}/source/global-desk", has="main h2"),
    "archive": Kind(path="/{language}/archive/", has="main .days a"),
    "year": Kind(path="/{language}/archive/2015", has="main .days a"),
    "day": Kind(path="/{language}/day/2015-05-12", has="main li"),
    "search": Kind(path="/{language}/search?q={word}", has="aside.narrow li a"),
    "search, empty": Kind(path="/{language}/search", has=".find.large"),
    "search, nothing found": Kind(path="/{language}/search?q=zzzzqqqq", has=".understood"),
    "search, doubtful": Kind(path='/{language}/search?q="((unbalanced OR AND', has=".understood"),
    "map": Kind(path="/{language}/search/map?q=is:story"),
    "search's calendar": Kind(path="/{language}/search/calendar?q=is:planned"),
    "press review": Kind(path="/{language}/search/print?q={word}", has="article.clip"),
    "press review, leads": Kind(path="/{language}/search/print?q={word}&text=lead", has="article.clip"),
    "corrections": Kind(path="/{language}/corrections", has="main h1"),
    "withdrawn": Kind(path="{}", at="/en/corrections", link=r"data-code=\"(\d+)\"", status=410, languages=("en",)),
    "person": Kind(path="/{language}/person/john-kerry", has=CHART),
    "person's stories": Kind(path="/{language}/person/john-kerry/stories", has="ol.told li"),
    "organisation": Kind(path="/{language}/organisation/congress", has="ol.told li"),
    "state": Kind(path="/{language}/place/usa", has=CHART),
    "state's events": Kind(path="/{language}/place/usa/events", has="ol.told li"),
    "state's quotes": Kind(path="/{language}/place/usa/quotes", has="ol.told li"),
    "place": Kind(path="/{language}/place/tarsk", has="ol.told li"),
    "pair": Kind(path="/{language}/pair/loc:cub/loc:usa", has=CHART),
    "pair's events": Kind(path="/{language}/pair/loc:cub/loc:usa/events", has="ol.told li"),
    "people": Kind(path="/{language}/who/", has="ul.counts a"),
    "people by name": Kind(path="/{language}/who/?name=kerry", has="ul.counts a"),
    "places": Kind(path="/{language}/places/", has=CHART),
    "topics": Kind(path="/{language}/topics/"),
    "sources": Kind(path="/{language}/sources/", has="ul.counts a"),
    "calendar": Kind(path="/{language}/calendar/", has="figure.chart"),
    "month": Kind(path="/{language}/calendar/2015-09", has="figure.chart"),
    "claims": Kind(path="/{language}/claims", has=".claim .denied"),
    "event": Kind(path="/{language}{}", at="/en/claims", link=r"/en(/group/\d+)\"", has=".part .said"),
    "no such page": Kind(path="/{language}/nowhere", status=404),
    "API": Kind(path="/api/v1/docs", languages=("en",), has="main article h3"),
    "end of letters": Kind(path="{letter}", languages=("en",), has="main form button"),
}
CASES = [(name, language) for name, kind in KINDS.items() for language in kind.languages]


@pytest.fixture(scope="module")
def letter(site: str, home: Path) -> str:
    """Return the address under a letter that ends the letters; the samples are too old to be told in one."""
    asked = (
        "from dateline.archive.models import Watch as W; w = W.objects.get(); print(f'/unsubscribe/{w.pk}/{w.secret}')"
    )
    told = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {asked}"],
        env={**os.environ, **archive_at(home), "DJANGO_SETTINGS_MODULE": "dateline.conf.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


@pytest.fixture(scope="module")
def seen(browser: Browser, site: str) -> Iterator[tuple[Page, list[str]]]:
    """Yield the one page that goes everywhere, and what it has asked of other hosts, or complained of."""
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    trouble: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith(site) else trouble.append(f"asked {asked.url}"))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    yield page, trouble
    context.close()


@pytest.mark.parametrize(("name", "language"), CASES)
def test_a_page(seen: tuple[Page, list[str]], site: str, letter: str, name: str, language: str) -> None:
    page, trouble = seen
    kind = KINDS[name]
    path = address(page, site, kind, language, letter)
    trouble.clear()
    axed, other = SCHEMES[language]
    page.emulate_media(color_scheme=axed)  # type: ignore[arg-type]
    page.set_viewport_size(PHONE if language == "en" else DESK)  # type: ignore[arg-type]
    answer = page.goto(site + path)
    assert answer and answer.status == kind.status
    assert page.locator("h1").count() == 1
    assert page.locator(kind.has).count() > 0
    assert page.locator("html").get_attribute("lang") == language
    assert page.evaluate("getComputedStyle(document.body).direction") == WAYS[language]
    assert page.locator("script:not([type='application/ld+json'])").count() == 0
    # Who cannot see a chart reads its table.
    charts = page.locator("figure.chart:has(svg.plot)")
    assert charts.count() == charts.filter(has=page.locator("table")).count()
    assert not [each for each in trouble if not (kind.status >= 400 and f"status of {kind.status}" in each)]
    assert serious(page) == []
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme in (other, axed):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert too_wide(page) == []
            assert paint(page, "backgroundColor") != paint(page, "color")


def address(page: Page, site: str, kind: Kind, language: str, letter: str) -> str:
    found = ""
    if kind.link:
        told = page.request.get(site + kind.at.format(language=language)).text()
        links = re.search(kind.link.format(language=language), told)
        assert links, f"{kind.at} has no link to it"
        found = links[1] if links[1].startswith("/") else f"/{links[1]}"
    return kind.path.format(found, language=language, letter=letter, word=WORDS[language])


def serious(page: Page) -> list[str]:
    return [
        f"{fault['id']}: {fault['help']} {[node['target'] for node in fault['nodes'][:3]]}"
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]


def too_wide(page: Page) -> list[str]:
    """Return what sticks out of a page that would scroll sideways."""
    found: list[str] = page.evaluate(
        """() => {
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide + 1) return [];
            return [...document.querySelectorAll("body *")].filter(each => {
                const box = each.getBoundingClientRect();
                return box.right > wide + 1 || box.left < -1;
            }).map(each => each.outerHTML.slice(0, 120)).concat("sideways");
        }"""
    )
    return found


def paint(page: Page, what: str) -> str:
    return str(page.evaluate("what => getComputedStyle(document.body)[what]", what))


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_story_weighs_little_over_the_wire(browser: Browser, site: str, language: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/{language}/")
    links = {link.get_attribute("href") or "" for link in page.locator(f"main a[href^='/{language}/news/']").all()}
    context.close()
    assert links
    weights: dict[str, int] = {}
    for link in sorted(links)[:4]:  # all are weighed as baked
        context = browser.new_context()  # a first view: nothing is kept from the last
        page = context.new_page()
        loaded: list[int] = []
        page.on(
            "requestfinished",
            lambda asked, loaded=loaded: loaded.append(sum(asked.sizes()[f"response{part}Size"] for part in SIZED)),
        )
        page.goto(site + link, wait_until="networkidle")
        context.close()
        weights[link] = sum(loaded)
    assert min(weights.values()) > 5_000
    assert {link: weight for link, weight in weights.items() if weight > BUDGET} == {}


SIZED = ("Body", "Headers")


def test_on_a_phone_the_nav_is_one_row_that_unfolds(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}/en/")
    last = page.locator("#menu li a").last

    def shown() -> bool:
        row, box = page.locator("#menu ul").bounding_box(), last.bounding_box()
        assert row and box
        return box["y"] + box["height"] <= row["y"] + row["height"] + 1

    assert not shown()
    page.locator("#menu a.all").click()
    assert shown()
    page.goto(f"{site}/en/")
    last.focus()  # as by keyboard
    assert shown()
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    assert shown()
    assert not page.locator("#menu a.all").is_visible()
    context.close()
