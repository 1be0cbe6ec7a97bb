"""`dateline bake`: dossiers and what else the live site makes when it is asked for stand in the folder too."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from tests.conftest import NOW

LANGUAGES = ["en", "fa"]  # of five, to be done sooner


@pytest.fixture(scope="module")
def told(read_paper: list[Any]) -> None:
    """Group what was read: there are dossiers, pairs, events."""
    from dateline.newsroom.group import group
    from dateline.site.press import SitePress

    assert group(by="test", now=NOW, press=SitePress(later=True))


@pytest.fixture
def bake(told: None, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Return a function that bakes what was told, by one process, which sees the test's transaction."""
    from dateline.cli.main import main
    from dateline.site import answered

    in_each = answered.in_each
    monkeypatch.setattr("dateline.site.baking.in_each", lambda path, _: in_each(path, LANGUAGES))
    monkeypatch.setattr("dateline.cli.bake.need_archive", lambda: None)
    folder = tmp_path / "baked"

    def baked() -> Path:
        assert main(["bake", str(folder), "--jobs", "1"]) == 0
        return folder

    return baked


def is_documented(path: str) -> bool:
    """Say whether docs/how-to/bake-the-site.md says that a page is left out."""
    from dateline.site.answered import is_baked
    from dateline.site.touched import ASKED

    return bool(ASKED.fullmatch(path)) and not (path.split("/")[1] in LANGUAGES and is_baked(path))


def test_every_link_of_a_page_leads_to_a_file(bake: Callable[[], Path]) -> None:
    from lxml import etree

    from dateline.site.baking import name_of
    from dateline.site.touched import ASKED

    folder = bake()
    there = {str(page.relative_to(folder)) for page in folder.rglob("*") if page.is_file()}
    kinds = ("person", "organisation", "place", "name", "pair", "topic", "source", "who", "places", "topics", "sources")
    for kind in (*kinds, "claims", "group", "calendar", "section/[^/]+/about"):
        assert [name for name in there if re.match(f"en/{kind}/", name)], kind
    for name in (name for name in there if name.endswith(".html")):
        is_answer = ASKED.fullmatch(f"/{name.removesuffix('/index.html')}")
        for link in etree.HTML((folder / name).read_text("utf-8")).xpath("//a/@href | //link/@href"):
            path, _, asked = unquote(str(link)).removeprefix("https://dateline.example").partition("?")
            path = path.partition("#")[0]
            if path.startswith("/") and not is_documented(path):
                assert name_of(path) in there, (name, link)
            if is_answer and path.startswith("/"):
                # What is asked there, the search of a baked site can answer: it knows words, and no fields.
                assert not asked or (path.endswith("/search") and ":" not in asked), (name, link)
            if re.fullmatch("(en|fa)/(who|places)/index.html", name) and re.match(
                "/(en|fa)/(per|org|pla)[^/]+/.", path
            ):
                assert name_of(path) in there, (name, link)  # documented or not: a name without a dossier is no link


def test_it_is_the_live_page_without_questions(bake: Callable[[], Path], client: Any) -> None:
    from lxml import etree

    def words(page: str) -> list[str]:
        return etree.HTML(page).xpath("//*[@class='parts']//li//text()")

    folder = bake()
    live, still = client.get("/en/place/irn").content.decode(), (folder / "en/place/irn/index.html").read_text("utf-8")
    assert words(live) == words(still)
    assert live.count("?q=") > still.count("?q=") == 1
    assert "This is a copy of the site" in still


def test_a_dossier_follows_a_change_as_if_baked_anew(bake: Callable[[], Path]) -> None:
    from dateline.archive.models import Record
    from dateline.newsroom.retract import retract
    from dateline.site.press import SitePress

    folder = bake()
    page, list_ = folder / "fa/place/irn/index.html", folder / "fa/places/index.html"
    record, *others = Record.objects.published().filter(findings__entity__key="loc:irn").newest().distinct()
    assert record.path in page.read_text("utf-8")
    retract(record, by="test", reason="It was not so.", now=NOW, press=SitePress())
    bake()
    assert record.path not in page.read_text("utf-8")
    for each in others[1:]:
        retract(each, by="test", reason="Nor that.", now=NOW, press=SitePress(later=True))
    bake()
    # One story is left that tells of it: too few for a dossier in a baked site, enough to be named in the list.
    assert not page.exists()
    assert "<a><bdi>ایران</bdi></a>" in list_.read_text("utf-8")
    assert "/fa/place/irn" not in list_.read_text("utf-8")
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / ".dateline/baked.json").unlink()
    bake()
    anew = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {path.name for path in after if after[path] != anew.get(path)} <= {"files.txt"}
    assert after.keys() == anew.keys()
