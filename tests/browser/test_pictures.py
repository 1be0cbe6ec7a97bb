"""The pictures of the docs, taken of the samples' site: as small as a page can be shown well."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any, Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

IMAGES = Path(__file__).parent.parent.parent / "docs" / "images"
LARGEST, ALL = 150_000, 2_000_000  # bytes
PHONE: dict[str, int] = {"width": 390, "height": 844}
DESK: dict[str, int] = {"width": 1280, "height": 1000}
Scheme = Literal["light", "dark"]
# A story with much to show: office holders, quotations, a denial, moments. `>` follows the first link there.
SHOWN = "/en/search?q=ambassador+denied+trawler > main li h2 a"
PICTURES: dict[str, tuple[str, dict[str, int], Scheme]] = {
    "front": ("/en/", DESK, "light"),
    "story": (SHOWN, DESK, "light"),
    "story-dark-phone": (SHOWN, PHONE, "dark"),
    "story-persian": ("/fa/ > main h2 a", DESK, "light"),
    "person": ("/en/person/john-kerry", DESK, "light"),
    "dossier": ("/en/place/usa", DESK, "light"),
    "dossier-persian-phone": ("/fa/place/usa", PHONE, "dark"),
    "pair": ("/en/pair/loc:cub/loc:usa", DESK, "light"),
    "places": ("/en/places/", DESK, "light"),
    "day": ("/en/day/2015-09-11", DESK, "light"),
    "search": ("/en/search?q=talks+date:2015", DESK, "light"),
    "search-persian-phone": ("/fa/search?q=استانبول", PHONE, "light"),
    "claims": ("/en/claims", DESK, "light"),
    "claims-persian-phone": ("/fa/claims", PHONE, "light"),
    "event": ("/en/claims > .claim a[href*='/group/']", DESK, "light"),
    "calendar": ("/en/calendar/2015-09", DESK, "light"),
    "map": ("/en/search/map?q=is:story", DESK, "dark"),
    "press-review": ("/en/search/print?q=talks", DESK, "light"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture(browser: Browser, site: str, name: str) -> None:
    path, size, scheme = PICTURES[name]
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    start, _follow, link = path.partition(" > ")
    page.goto(site + start)
    if link:
        page.locator(link).first.click()
        page.wait_for_load_state()
    take(page, name)
    context.close()


def take(page: Page, name: str) -> None:
    """Write a picture of the page's first screen, where it differs from the one that is there."""
    settle(page)
    IMAGES.mkdir(parents=True, exist_ok=True)
    taken: Any = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    packed = io.BytesIO()
    taken.quantize(96, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
    assert len(taken.getcolors(taken.width * taken.height)) > 20, "nothing is on the page"
    assert len(packed.getvalue()) <= LARGEST
    there = IMAGES / f"{name}.png"
    if not there.exists() or there.read_bytes() != packed.getvalue():
        there.write_bytes(packed.getvalue())


def settle(page: Page) -> None:
    """Put a settled address and moment where the page has those of this run, so that pictures stay as they are."""
    page.evaluate(
        """([host, today]) => {
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const text = walk.currentNode;
                const data = text.data.replace(new RegExp(host, "g"), "news.example");
                text.data = data.replace(new RegExp(today, "g"), "12 September 2015, 18:00 UTC");
            }
        }""",
        [re.escape(page.url.split("/")[2]), r"\d+ \w+ 20(2[6-9]|[3-9]\d), \d\d:\d\d UTC"],
    )


def test_all_pictures_together_are_small() -> None:
    assert sum(path.stat().st_size for path in IMAGES.glob("*.png")) <= ALL
