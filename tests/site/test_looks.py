"""What the pages promise of their looks: one sheet, no side of its own, dates in the reader's calendar."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import etree

from dateline.site import assets, wording
from dateline.site.language import speaking
from dateline.site.story_page import Telling, story_page
from dateline.story import Moment, Stamp, Story
from dateline.text.spans import Span

LARGEST = 25_000  # bytes of hand-written style


def test_the_sheet_is_small_and_knows_no_left_or_right() -> None:
    sheet = assets.sheet().decode()
    assert len(sheet) <= LARGEST
    assert not re.search(r"\b(left|right)\b *[:;]|(left|right)\b-|-(left|right)\b", sheet.partition("*/")[2])
    assert "url(" not in sheet and "@import" not in sheet


def test_every_finding_of_a_page_has_its_rule(client: Any) -> None:
    from dateline.archive.models import Record

    for record in Record.objects.published():
        page = etree.HTML(client.get(record.path).content.decode())
        (lights,) = page.xpath("//link[contains(@href, '/lights-')]/@href")
        rules = client.get(lights).content.decode()
        found = page.xpath("//aside//li/a/@href")
        assert all(f"#p{link[2:]}:target" in rules for link in found)
        targets = page.xpath("//*[@id]/@id")
        assert len(targets) == len(set(targets))
        assert {link[1:] for link in page.xpath("//a[starts-with(@href, '#')]/@href")} <= set(targets)


def test_a_sheet_of_an_older_press_is_served_but_not_kept(client: Any) -> None:
    assert "immutable" in client.get(assets.sheet_path()).headers["Cache-Control"]
    old = client.get("/assets/0123456789ab/site.css")
    assert old.content == assets.sheet()
    assert "immutable" not in old.headers["Cache-Control"]


DATES = {
    "en": ("2015", "May 2015", "12 May 2015", "12 May 2015, 15:14", ""),
    "fa": ("۲۰۱۵", "مه ۲۰۱۵", "۲۲ اردیبهشت ۱۳۹۴", "۲۲ اردیبهشت ۱۳۹۴، ۱۵:۱۴", "۱۲ مه ۲۰۱۵"),
    "ar": ("2015", "مايو 2015", "12 مايو 2015", "12 مايو 2015، 15:14", "23 رجب 1436 هـ"),
    "ru": ("2015", "май 2015", "12 мая 2015", "12 мая 2015, 15:14", ""),
    "de": ("2015", "Mai 2015", "12. Mai 2015", "12. Mai 2015, 15:14 Uhr", ""),
}


@pytest.mark.parametrize("language", DATES)
def test_a_date_is_said_as_precisely_as_it_was_stated(language: str, archive: Any) -> None:
    *stated, beside = DATES[language]
    for value, said in zip(("2015", "2015-05", "2015-05-12", "2015-05-12T15:14"), stated, strict=True):
        stamp = Stamp(value=value, precision="minute", zone=None, said="", origin="")
        with speaking(language):
            assert wording.stamped(stamp) == said
            assert bool(wording.zoned(stamp)) == ("T" in value)
            assert wording.beside(stamp) == (beside if len(value) > 7 else "")


def test_archives_count_in_the_readers_calendar(client: Any) -> None:
    persian = etree.HTML(client.get("/fa/archive/").content.decode())
    assert "۱۳۹۴" in persian.xpath("string(//h2)")
    assert persian.xpath("//h3[starts-with(., 'اردیبهشت ۱۳۹۴')]/small[. = 'مه ۲۰۱۵']")
    assert persian.xpath("//a[@href='/fa/day/2015-05-12']/span[. = '۲۲']")
    arabic = etree.HTML(client.get("/ar/archive/").content.decode())
    assert arabic.xpath("//h3[starts-with(., 'مايو 2015')]/small[. = 'رجب 1436 هـ']")


@pytest.mark.parametrize(
    ("kind", "value", "first", "last", "said"),
    [
        ("DATE", "2015-04", "2015-04-01", "2015-04-30", "April 2015 · by the story’s date"),
        (
            "DATE",
            "2015-W37-WE",
            "2015-09-12",
            "2015-09-13",
            "12 September 2015 to 13 September 2015 · by the story’s date",
        ),
        ("DURATION", "PT3H", None, None, "3 hours · by the story’s date"),
        ("DURATION", "P1Y", None, None, "1 year · by the story’s date"),
        ("SET", "P1D", None, None, "again and again · by the story’s date"),
        ("DATE", "PAST_REF", None, None, "by the story’s date"),
    ],
)
def test_a_moment_is_said_in_words(kind: Any, value: str, first: Any, last: Any, said: str, archive: Any) -> None:
    moment = Moment(span=Span(0, 1), type=kind, value=value, first=first, last=last, clock="dateline")
    with speaking("en"):
        assert wording.resolved(moment) == said


@pytest.mark.parametrize("language", ["en", "fa", "ar", "ru", "de"])
def test_a_page_speaks_the_language_of_its_story(language: str, client: Any) -> None:
    from dateline.archive.models import Record

    record = Record.objects.published().in_language(language).first()
    assert record is not None
    page = etree.HTML(client.get(record.path).content.decode())
    assert page.xpath("string(/html/@lang)") == language
    assert page.xpath("string(/html/@dir)") == ("rtl" if language in ("fa", "ar") else "ltr")
    assert not page.xpath("//h1/@lang")


@pytest.mark.parametrize(("language", "way"), [("he", "rtl"), ("fr", "ltr")])
def test_the_page_of_a_language_we_do_not_speak_marks_its_story(language: str, way: str, archive: Any) -> None:
    story = Story(headline="…", text="…", language=language)
    told = Telling(story=story, reading=None, code=1, path=f"/{language}/news/1/x", language=language)
    page = etree.HTML(story_page(told))
    assert page.xpath("string(/html/@lang)") == "en"
    for part in ("//h1", "//article"):
        assert page.xpath(f"string({part}/@lang)") == language
        assert page.xpath(f"string({part}/@dir)") == way


def test_a_correction_is_told_once(client: Any) -> None:
    from dateline.archive.models import Correction

    note = Correction.objects.filter(kind=Correction.Kind.CORRECTION).first()
    assert note is not None
    page = etree.HTML(client.get(note.record.path).content.decode())
    told = [" ".join(each.itertext()) for each in page.xpath("//*[@role='note']")]
    assert len([each for each in told if note.note in each]) == 1
