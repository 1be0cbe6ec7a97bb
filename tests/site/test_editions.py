"""What pages, sitemap and API tell of one story's editions in several languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from tests.conftest import NOW

PLACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
SITE = "https://dateline.example"


@pytest.fixture
def editions(paper: None) -> Iterator[dict[str, Any]]:
    """Link a story of each language with an English one; correct that after all but German were made of it."""
    from django.db import transaction

    from dateline.archive.models import Record
    from dateline.newsroom.correct import correct
    from dateline.newsroom.link_edition import link_edition
    from dateline.site.press import SitePress

    how: dict[str, Any] = {"by": "test", "now": NOW, "press": SitePress()}
    with transaction.atomic():
        found = {
            language: Record.objects.published().in_language(language).newest().with_current().first()
            for language in ("en", "fa", "ar", "ru", "de")
        }
        original: Any = found["en"]
        for language in ("fa", "ar", "ru"):
            link_edition(original, found[language], of_version=original.current, **how)
        story = original.current.as_story()
        correct(original, replace(story, text=story.text + "\n\nMore."), note="It was incomplete.", **how)
        link_edition(original, found["de"], of_version=original.current, **how)
        yield found
        transaction.set_rollback(True)


def address(record: Any) -> str:
    from django.utils.encoding import iri_to_uri

    return iri_to_uri(SITE + record.path) or ""


def page_of(record: Any, client: Any) -> Any:
    return etree.HTML(client.get(record.path).content.decode())


def test_every_page_names_every_edition(editions: dict[str, Any], client: Any) -> None:
    wanted = {language: address(record) for language, record in editions.items()}
    for record in editions.values():
        page = page_of(record, client)
        places = page.xpath("//link[@rel='alternate'][@hreflang]")
        assert {each.get("hreflang"): each.get("href") for each in places} == wanted | {"x-default": wanted["en"]}
        switch = page.xpath("//nav[@class='editions']/a")
        paths = {language: record.path for language, record in editions.items()}
        paths[record.language] = f"/{record.language}/"
        assert {each.get("hreflang"): each.get("href") for each in switch} == paths
        assert len(page.xpath("//section[@aria-labelledby='languages']//li")) == 4


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fa", "این ترجمه از نسخهٔ ۱ است؛ خبر اصلی اکنون به نسخهٔ ۲ رسیده است (از نسخهٔ ۲ به بعد به‌روز نیست)."),
        ("ar", "هذه الطبعة عن النسخة 1، وقد بلغ الأصل النسخة 2 (غير محدَّثة منذ النسخة 2)."),
        (
            "ru",
            "Эта версия сделана по редакции 1; оригинал существует уже в редакции 2 (устарела начиная с редакции 2).",
        ),
        ("de", None),
        ("en", None),
    ],
)
def test_an_edition_that_fell_behind_says_so(
    language: str, said: str | None, editions: dict[str, Any], client: Any
) -> None:
    from dateline.archive.renderings import unpack

    record = editions[language]
    pressed = unpack(bytes(record.renderings.get(path=record.path).body))
    assert pressed == client.get(record.path).content
    told = [" ".join(each.itertext()) for each in etree.HTML(pressed.decode()).xpath("//*[@role='note']")]
    assert any(str(said) in each for each in told) == (said is not None)
    assert any('hreflang="en"' in line for line in pressed.decode().splitlines() if 'role="note"' in line) == (
        said is not None
    )


def test_an_edition_of_a_withdrawn_story_says_so(editions: dict[str, Any], client: Any) -> None:
    from dateline.newsroom.retract import retract
    from dateline.site.press import SitePress

    retract(editions["en"], by="test", reason="It was not so.", now=NOW, press=SitePress())
    page = page_of(editions["de"], client)
    assert "Das Original dieser Meldung wurde zurückgezogen." in page.xpath("string(//*[@role='note'])")
    assert page.xpath(f"//*[@role='note']//a[@href='/{editions['en'].code}']")
    assert not page.xpath("//link[@rel='alternate'][@hreflang='en']")
    assert len(page.xpath("//section[@aria-labelledby='languages']//li")) == 3


def test_machines_learn_what_was_made_of_what(editions: dict[str, Any], client: Any) -> None:
    original, persian = editions["en"], editions["fa"]
    told = client.get(f"/api/v1/stories/{original.code}").json()
    assert {each["language"]: each["of_version"] for each in told["editions"]} == {"fa": 1, "ar": 1, "ru": 1, "de": 2}
    assert {each["language"]: each["out_of_date_since"] for each in told["editions"]} == {
        "fa": 2, "ar": 2, "ru": 2, "de": None,
    }  # fmt: skip
    assert (told["of_version"], told["out_of_date_since"]) == (None, None)
    told = client.get(f"/api/v1/stories/{persian.code}").json()
    assert (told["of_version"], told["out_of_date_since"]) == (1, 2)
    (first,) = [each for each in told["editions"] if each["language"] == "en"]
    assert first == {
        "code": original.code, "language": "en", "permalink": SITE + original.path, "of_version": None,
        "out_of_date_since": None,
    }  # fmt: skip
    data = json.loads(page_of(persian, client).xpath("string(//script[@type='application/ld+json'])"))
    assert data["translationOfWork"]["url"] == SITE + original.path
    data = json.loads(page_of(original, client).xpath("string(//script[@type='application/ld+json'])"))
    assert len(data["workTranslation"]) == 4


def test_the_sitemap_names_every_edition(editions: dict[str, Any], client: Any) -> None:
    tree = etree.fromstring(client.get("/sitemap-1.xml").content)
    wanted = {(language, address(record)) for language, record in editions.items()}
    for record in editions.values():
        (place,) = tree.xpath(f"//s:url[s:loc='{address(record)}']", namespaces=PLACES)
        links = place.findall("x:link", PLACES)
        assert {(each.get("hreflang"), each.get("href")) for each in links} == wanted
    told_elsewhere = 2  # the sample that its source tells in two languages
    assert len(tree.xpath("//s:url[x:link]", namespaces=PLACES)) == len(editions) + told_elsewhere


def test_the_samples_tell_one_story_in_two_languages(paper: None, client: Any) -> None:
    from dateline.archive.models import Record

    english = Record.objects.get(language="en", sightings__url__endswith="mardun-gates")
    persian = Record.objects.get(language="fa", editions__other=english)
    page = page_of(english, client)
    assert page.xpath("//link[@rel='alternate'][@hreflang='fa']/@href") == [address(persian)]
    assert "out of date since version 2" in page.xpath("string(//*[@role='note'])")
    on_paper = client.get(f"{english.path}/print").content.decode()
    assert "Out of date: made of version 1, the original is at version 2" in on_paper
    assert "به‌روز نیست" not in client.get(f"{persian.path}/print").content.decode()
    assert not page_of(persian, client).xpath("//*[@role='note']")


def test_the_front_pages_are_editions_of_each_other(client: Any) -> None:
    page = etree.HTML(client.get("/de/").content.decode())
    places = {each.get("hreflang"): each.get("href") for each in page.xpath("//link[@rel='alternate'][@hreflang]")}
    assert places == {tag: f"{SITE}/{tag}/" for tag in ("en", "fa", "ar", "ru", "de")} | {"x-default": f"{SITE}/"}
