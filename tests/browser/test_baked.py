"""The baked site as a reader has it: from a plain file server, on a phone, searched without a server's help."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import ROOT
from tests.browser.test_pictures import take
from tests.terminal import dateline

BUDGET = 60_000  # bytes of a story page over the wire, its style sheets included
PHONE: Any = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def baked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Yield the address of the samples' baked site, and its folder."""
    home = tmp_path_factory.mktemp("baking")
    folder = home / "baked"
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=os.fspath(folder)))
    address = f"http://127.0.0.1:{server.server_port}"
    for words in (("init",), ("take-in", str(ROOT / "samples"), "--publish"), ("bake", str(folder), "--packed")):
        done = dateline(*words, home=home, DATELINE_SITE_URL=address, DATELINE_SITE_NAME="Dateline")
        assert done.returncode == 0, done.stderr
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address, folder
    server.shutdown()


@pytest.fixture(params=["desktop", "phone"])
def reader(request: Any, browser: Browser, baked: tuple[str, Path]) -> Iterator[Page]:
    """Yield a page that fails the test on any error, and on any request to another host."""
    made = browser.new_context(**(PHONE if request.param == "phone" else {}))
    opened = made.new_page()
    trouble: list[str] = []
    opened.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("request", lambda asked: None if asked.url.startswith(baked[0]) else trouble.append(asked.url))
    yield opened
    made.close()
    assert not [line for line in trouble if "404" not in line]


def ask(reader: Page, site: str, query: str) -> None:
    """Have the search page answer a query."""
    reader.goto(f"{site}/en/search?q={quote(query)}")
    # By the locator: the page's own policy forbids the string that a waiting function would be.
    expect(reader.locator("#found [role=status]")).not_to_be_empty()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "query", "headline"),
    [
        ("en", "Lausanne list", "Lausanne"),
        ("en", "LAUSAN", "Lausanne"),
        ("fa", "ایران", "ایران"),
        ("de", "waffenruhe", "Waffenruhe"),
    ],
)
def test_the_search_finds_a_story(
    reader: Page, baked: tuple[str, Path], language: str, query: str, headline: str
) -> None:
    reader.goto(f"{baked[0]}/{language}/")
    reader.fill("input[name=q]", query)
    reader.press("input[name=q]", "Enter")
    reader.wait_for_selector("#found li a")
    assert headline in reader.inner_text("#found li:first-child")
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    reader.click("#found li a")
    reader.wait_for_selector("article.body")


@pytest.mark.browser
def test_a_picture_of_the_search(browser: Browser, baked: tuple[str, Path]) -> None:
    # The policy of a baked page forbids what settles a picture: here, none holds.
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{baked[0]}/en/search?q=talks")
    page.wait_for_selector("#found li a")
    take(page, "baked-search")
    context.close()


@pytest.mark.browser
def test_the_search_says_that_nothing_is_found(reader: Page, baked: tuple[str, Path]) -> None:
    ask(reader, baked[0], "zzyzx")
    assert "No story was found" in reader.inner_text("#found")


@pytest.mark.browser
def test_the_search_leaves_out_what_a_minus_bars(reader: Page, baked: tuple[str, Path]) -> None:
    def found(query: str) -> set[str]:
        ask(reader, baked[0], query)
        return {str(link.get_attribute("href")) for link in reader.locator("#found li a").all()}

    talks, both = found("talks"), found("talks ceasefire")
    assert both
    assert found("talks -ceasefire") == found("-CEASEFIRE talks") == found("talks NOT ceasefire") == talks - both
    assert talks - both
    assert found('talks -"ceasefire talks"') == talks - both
    assert not found("-ceasefire")
    assert "A word to look for is needed" in reader.inner_text("#found")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "passed", "loose"),
    [
        ("talks", "", ""),
        ('talks person:"john kerry"', 'person:"john kerry"', ""),
        ("date:2015 talks -said:kerry", "date:2015  -said:kerry", ""),
        ("talks OR ceasefire", "OR", ""),
        ("ceasefire NEAR/5 talks", "NEAR/5", ""),
        ("talks -(ceasefire OR iran)", "-(ceasefire OR iran)", ""),
        ('"talks ceasefire"', "", '"talks ceasefire"'),
        ("~talks", "", "~talks"),
    ],
)
def test_the_search_says_what_it_did_not_understand(
    reader: Page, baked: tuple[str, Path], query: str, passed: str, loose: str
) -> None:
    ask(reader, baked[0], query)
    assert reader.locator("#found li a").count()
    lines = reader.locator("#found > p:not([role])")
    assert [" ".join(each.split()) for each in lines.locator("bdi").all_text_contents()] == [
        " ".join(each.split()) for each in (passed, loose) if each
    ]
    assert all("the site itself" in line for line in lines.all_inner_texts())
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
def test_the_search_says_what_it_searches_and_knows_codes(reader: Page, baked: tuple[str, Path]) -> None:
    ask(reader, baked[0], "talks")
    assert "the first 30 words and up to 12 names" in reader.inner_text("main")
    code = reader.inner_text("#found li .code >> nth=0")
    ask(reader, baked[0], code)
    assert reader.locator("#found li").count() == 1
    assert reader.inner_text("#found li .code") == code


@pytest.mark.browser
def test_a_reader_follows_a_state_from_its_story(reader: Page, baked: tuple[str, Path]) -> None:
    address, folder = baked
    reader.goto(f"{address}/en/places/")
    reader.click("main .counts a >> nth=0")
    reader.wait_for_selector(".dossier h1")
    assert (folder / unquote(reader.url.removeprefix(f"{address}/")) / "index.html").exists()
    assert reader.locator("main a[href*='?']").count() == 1  # the search by its name
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    reader.click(".told a[href*='/news/'] >> nth=0")
    reader.wait_for_selector("article.body")
    reader.go_back()
    reader.click(".forms a")
    reader.wait_for_selector("#found li a")


@pytest.mark.browser
def test_without_scripts_the_page_says_what_to_do(browser: Browser, baked: tuple[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{baked[0]}/en/search?q=Lausanne")
    assert "Without scripts" in page.inner_text("main")
    page.click("main .notice a")
    assert page.url == f"{baked[0]}/en/archive/"
    context.close()


@pytest.mark.browser
def test_the_script_folds_as_the_server_does(browser: Browser, baked: tuple[str, Path]) -> None:
    from dateline.text.folding import fold

    _, folder = baked
    told = [
        "Straße ΣΊΣΥΦΟΣ Ångström naïve Łódź йод ёлка İstanbul",
        "كتاب‌ها می‌رود ۱۲۳ ٤٥٦ آأإ مؤمن ة ۀ",
        *(
            story[1]
            for path in folder.glob("find/*/stories/*.json")
            for story in json.loads(path.read_bytes()).values()
        ),
    ]
    (script,) = folder.glob("assets/*/find.js")
    source = script.read_text("utf-8").replace("if (query)", "window.wordsOf = wordsOf; if (query)")
    # Asking the script from outside is what its page's policy forbids: here, no policy holds.
    free = browser.new_page(bypass_csp=True)
    free.goto(f"{baked[0]}/en/search")
    free.evaluate(source)
    for text in told:
        assert sorted(free.evaluate("text => wordsOf(text)", text)) == sorted(
            set(re.findall(r"[^\W_]+", fold(text)))
        ), text
    free.close()


@pytest.mark.browser
def test_a_page_asks_nobody_else_and_weighs_little(reader: Page, baked: tuple[str, Path]) -> None:
    address, folder = baked
    for page in sorted(folder.glob("*/news/*/*/index.html")):
        path = f"/{page.parent.relative_to(folder)}"
        asked: list[str] = []
        reader.on("request", lambda request, asked=asked: asked.append(request.url))
        reader.goto(address + path, wait_until="networkidle")
        weight = 0
        for url in {unquote(url).removeprefix(address).partition("?")[0] for url in asked}:
            place = folder / url.lstrip("/")
            place = place / "index.html" if place.is_dir() else place
            weight += place.with_name(f"{place.name}.br").stat().st_size if place.exists() else 0
        assert 0 < weight <= BUDGET, path
        reader.goto(f"{address}{path}/print", wait_until="networkidle")
