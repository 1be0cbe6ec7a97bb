"""Charts as a browser lays them out: letters large enough, none on another, each mark reached and named."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from dateline.site import assets
from dateline.site.charts import balance, bars, calendar, chart, network, timeline, world
from dateline.site.language import speaking
from dateline.site.templating import fill

pytestmark = pytest.mark.browser
NAMES = {
    "en": ("Velloria", "Tarsk", "Ilena Morvath", "Halvar Strait Commission", "Port Ombrel", "Astrel", "Lysa"),
    "fa": ("ولوریا", "تارسک", "ایلنا مورواث", "کمیسیون تنگهٔ هالوار", "بندر اومبرل", "آسترل", "Lysa"),
}
DAY = date(2014, 5, 12)
LETTERS = """() => [...document.querySelectorAll(".plot text")].filter(text => text.checkVisibility()).map(text => {
  const box = text.getBoundingClientRect(), at = text.getScreenCTM();
  const size = parseFloat(getComputedStyle(text).fontSize) * at.a;
  const foot = text.getStartPositionOfChar(0).matrixTransform(at).y;  // a line's box is taller than its letters
  return [text.textContent, size, box.left, foot - 0.75 * size, box.right, foot + 0.2 * size];
})"""


def search(first: date, last: date) -> str:
    return f"/en/search?q=date:{first:%Y-%m}..{last:%Y-%m}"


def drawn(language: str) -> list[chart.Chart]:
    names = NAMES[language]
    deeds = [
        timeline.Happening(
            day=DAY + timedelta(days=at * 37),
            quad=1 + at % 4,
            label=f"{names[at % 7]}, {names[at % 5]}",
            href=f"/x#f{at}",
        )
        for at in range(30)
    ]
    dealt = [
        balance.Dealings(month=date(2010 + at // 12, 1 + at % 12, 1), quad=1 + at % 4, number=1 + at % 9)
        for at in range(70)
    ]
    tied = [
        network.Tie(label=f"{names[at % 7]} {at}", number=40 - at, cooperation=at % 3, conflict=at % 2, href=f"/p/{at}")
        for at in range(20)
    ]
    spots = [
        world.Spot(label=names[at % 7], lat=52 - at * 3, lon=at * 23 % 170 - 60, number=30 - at, href=f"/l/{at}")
        for at in range(25)
    ]
    counted = [bars.Quantity(label=name, number=9 * len(name), href=f"/s/{len(name)}") for name in names]
    coming = [calendar.Planned(day=DAY, label=f"{names[0]}, {names[3]}", href="/x#f3")]
    return [
        timeline.timeline("deeds", "A", deeds, search=search),
        timeline.timeline("many", "B", deeds * 40, search=search),
        balance.balance("balance", "C", dealt, search=search),
        network.network("whom", "D", names[0], tied),
        world.world("where", "E", spots),
        bars.bars("sources", "F", counted),
        calendar.month("planned", "G", coming, on=DAY),
        bars.bars("none", "H", []),
    ]


def page_of(language: str, charts: list[chart.Chart]) -> str:
    direction = "rtl" if language == "fa" else "ltr"
    body = "".join(fill("site/_chart.html", chart=each) for each in charts)
    sheets = (assets.sheet() + assets.dossier_sheet()).decode()
    return (
        f'<!doctype html><html lang="{language}" dir="{direction}"><title>Charts</title>'
        f'<meta name="viewport" content="width=device-width"><style>{sheets}</style>'
        f'<body><main class="wide"><h1>Charts</h1><h2>All</h2>{body}</main>'
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("wide", [390, 1280])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_charts_can_be_read(browser: Browser, archive: Path, language: str, wide: int, scheme: str) -> None:
    with speaking(language):
        charts = drawn(language)
        written = page_of(language, charts)
    context = browser.new_context(viewport={"width": wide, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_content(written)
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    letters = page.evaluate(LETTERS)
    assert min(size for _, size, *_ in letters) >= 11
    for at, (said, _, left, top, right, bottom) in enumerate(letters):
        assert left >= 0 and right <= wide, said
        for other, _, left2, top2, right2, bottom2 in letters[at + 1 :]:
            over = min(right, right2) - max(left, left2), min(bottom, bottom2) - max(top, top2)
            assert over[0] <= 1 or over[1] <= 1, (said, other)
    links = page.locator(".plot a").count()
    named = page.locator(".plot").get_by_role("link", name="", exact=False).count()
    assert links == named == sum(each.picture.count("<a ") for each in charts if each.kind != "calendar")
    first = page.locator(".plot a").first
    first.focus()
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/x#f0"
    found = Axe().run(page).response["violations"]
    assert not found, [(each["id"], each["nodes"][0]["html"][:200]) for each in found]
    context.close()


def test_a_mark_is_announced_by_what_it_stands_for(browser: Browser, archive: Path) -> None:
    with speaking("en"):
        written = page_of("en", drawn("en")[:2])
    page = browser.new_page()
    page.set_content(written)
    told = page.locator("#deeds .plot").aria_snapshot()
    assert "12 May 2014: \u2068Velloria, Velloria\u2069" in told.replace("\\u2068", "\u2068"), told[:400]
    assert told.lstrip("- ").startswith("group")
    page.close()
