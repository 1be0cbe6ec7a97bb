"""What the pages promise of their looks: one sheet, no side of its own, dates in the reader's calendar."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import etree

from dateline.site import assets, wording
from dateline.site.language import speaking
from dateline.story import Moment, Stamp
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


@pytest.mark.parametrize(
    ("value", "zone", "english", "persian"),
    [
        ("2015", None, "2015", "۲۰۱۵"),
        ("2015-05", None, "May 2015", "مه ۲۰۱۵"),
        ("2015-05-12", None, "12 May 2015", "۲۲ اردیبهشت ۱۳۹۴"),
        ("2015-05-12T15:14", None, "12 May 2015, 15:14", "۲۲ اردیبهشت ۱۳۹۴، ۱۵:۱۴"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_was_stated(
    value: str, zone: str | None, english: str, persian: str, archive: Any
) -> None:
    stamp = Stamp(value=value, precision="minute", zone=zone, said="", origin="")
    for language, said in (("en", english), ("fa", persian)):
        with speaking(language):
            assert wording.stamped(stamp) == said
            assert bool(wording.zoned(stamp)) == ("T" in value)


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


def test_the_page_of_another_language_marks_its_story(client: Any) -> None:
    from dateline.archive.models import Record

    for language, way in (("ar", "rtl"), ("ru", "ltr"), ("de", "ltr")):
        record = Record.objects.published().in_language(language).first()
        assert record is not None
        page = etree.HTML(client.get(record.path).content.decode())
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
