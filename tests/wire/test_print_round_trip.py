"""What goes out as our print page comes back as the same Story: as HTML, pasted text and text of the PDF."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.clean.print_page import is_print_page, read_print_page
from dateline.clean.stories import clean
from dateline.plain import from_plain
from dateline.story import Item, Refused, Stamp, Story
from dateline.text.print_marks import is_print_page as is_print_text
from dateline.wire import pdf, print_page
from dateline.wire.formats import parse
from dateline.wire.qr import svg

ROOT = Path(__file__).parents[2]
PLACE = {
    "permalink": "https://desk.example/en/news/164461/a-story-of-ours",
    "code": "164461",
    "site_name": "The Desk",
    "site_url": "https://desk.example",
}
CARRIED = (
    "headline",
    "text",
    "language",
    "dateline",
    "byline",
    "credit",
    "summary",
    "section",
    "tags",
    "figures",
    "note",
    "code",
    "url",
    "site_name",
    "site_url",
)


def stories() -> Iterator[tuple[str, Story]]:
    """Give the hard cases beside this file, and every story of the samples."""
    for path in sorted((Path(__file__).parent / "print").glob("*.json")):
        yield path.stem, from_plain(Story, json.loads(path.read_text("utf-8")))
    for path in sorted((ROOT / "samples").rglob("*.*")):
        if path.suffix == ".md":
            continue
        for number, item in enumerate(parse(path.read_bytes(), name=path.name).items):
            try:
                yield f"{path.stem}-{number}", clean(item)
            except Refused:
                continue


STORIES = dict(stories())


def stated(stamp: Stamp | None) -> tuple[str, str, str | None] | None:
    return stamp and (stamp.value, stamp.precision, stamp.zone)


def carried(story: Story) -> dict[str, Any]:
    """Return what a print page carries of a story."""
    told = {name: getattr(story, name) for name in CARRIED}
    return told | {"published": stated(story.published), "updated": stated(story.updated)}


def wanted(story: Story) -> dict[str, Any]:
    ours = replace(
        story,
        code=PLACE["code"],
        url=PLACE["permalink"],
        site_name=PLACE["site_name"],
        site_url=PLACE["site_url"],
    )
    return carried(ours)


def language_of(story: Story) -> str:
    return story.language if story.language != "und" else "en"


def page_of(story: Story, **other: Any) -> print_page.PrintPage:
    return print_page.PrintPage(**{"story": story, "language": story.language, **PLACE, **other})


def html_of(story: Story, **other: Any) -> str:
    return print_page.dump(page_of(story, **other)).decode()


def text_of(story: Story, **other: Any) -> str:
    return print_page.dump_text(page_of(story, **other)).decode()


@pytest.mark.parametrize("name", STORIES)
def test_through_html_and_text(name: str) -> None:
    story = STORIES[name]
    html = html_of(story)
    text = text_of(story)
    assert is_print_page(html)
    assert is_print_text(text)
    for body, kind in ((html, "page"), (text, "print")):
        back = read_print_page(Item(format=kind, body=body, body_type=kind))
        assert carried(back) == wanted(story)
        assert back.repairs == ()


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("arabic-everything", "12 مايو 2015، 15:14 UTC+03:00 (23 رجب 1436 هـ)"),
        ("persian-mixed", "۲۲ اردیبهشت ۱۳۹۴، ۱۵:۱۴ (۱۲ مه ۲۰۱۵)"),
        ("german-everything", "9. September 2015, 16:10 Uhr UTC+02:00"),
        ("russian-everything", "9 сентября 2015, 16:10:05 UTC+03:00"),
    ],
)
def test_a_day_is_printed_as_its_readers_count_it(name: str, printed: str) -> None:
    story = STORIES[name]
    assert printed in text_of(story).splitlines()


@pytest.mark.parametrize("withdrawn", [False, True])
@pytest.mark.parametrize("name", [name for name in STORIES if "everything" in name])
def test_a_page_says_that_its_original_has_moved_on(name: str, withdrawn: bool) -> None:
    story = STORIES[name]
    behind = print_page.Behind(
        path="/en/news/1/a", language="en", of_version=1, version_now=3, since=2, withdrawn=withdrawn
    )
    html, text = html_of(story, behind=behind), text_of(story, behind=behind)
    assert len(text.splitlines()) == len(text_of(story).splitlines()) + 1
    for body, kind in ((html, "page"), (text, "print")):
        back = read_print_page(Item(format=kind, body=body, body_type=kind))
        assert carried(back) == wanted(story)
        assert back.repairs == ()


def test_a_page_that_is_behind_says_so_in_its_words() -> None:
    behind = print_page.Behind(path="/en/news/1/a", language="en", of_version=1, version_now=3, since=2)
    told = text_of(STORIES["persian-mixed"], behind=behind)
    assert "به‌روز نیست: از نسخهٔ ۱ ساخته شده، خبر اصلی به نسخهٔ ۳ رسیده است" in told.splitlines()


@pytest.mark.browser
@pytest.mark.parametrize("name", STORIES)
def test_through_the_browser(name: str, browser_page: Any) -> None:
    story = STORIES[name]
    browser_page.set_content(html_of(story))
    pasted = browser_page.evaluate("document.body.innerText")
    printed = browser_page.pdf(prefer_css_page_size=True, tagged=True)
    (item,) = pdf.parse(printed).items
    for each in (Item(format="print", body=pasted, body_type="print"), item):
        assert carried(read_print_page(each)) == wanted(story)


@pytest.mark.browser
def test_the_browsers_own_header_and_footer_stay_out(browser_page: Any) -> None:
    story = STORIES["english-everything"]
    browser_page.set_content(html_of(story))
    printed = browser_page.pdf(display_header_footer=True, tagged=True, margin={"top": "2cm", "bottom": "2cm"})
    (item,) = pdf.parse(printed).items
    assert carried(read_print_page(item)) == wanted(story)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["german", "2015-07-20-2115-cuba-flag.ninjs-0"])
def test_an_untagged_pdf_is_read_by_its_geometry(name: str, browser_page: Any) -> None:
    story = replace(STORIES[name], figures=())  # a picture that did not load leaves its description in the text
    browser_page.set_content(html_of(story))
    (item,) = pdf.parse(browser_page.pdf(prefer_css_page_size=True, tagged=False)).items
    assert carried(read_print_page(item)) == wanted(story)


@pytest.mark.browser
def test_the_one_qr_code_is_the_permalink(browser_page: Any) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    browser_page.set_content(html_of(STORIES["persian-mixed"]))
    shot = image.open(io.BytesIO(browser_page.screenshot(full_page=True)))
    assert [code.text for code in zxingcpp.read_barcodes(shot)] == [PLACE["permalink"]]
    assert browser_page.locator("svg").count() == 1
    assert browser_page.get_by_role("img", name="کد QR این خبر").count() == 1


def test_a_page_without_a_place_has_no_code_and_no_qr() -> None:
    story = STORIES["german"]
    html = html_of(story, permalink=None, code=None, site_name=None, site_url=None)
    assert "<svg" not in html
    back = read_print_page(Item(format="page", body=html, body_type="page"))
    assert (back.text, back.code, back.url, back.site_name) == (story.text, None, None, None)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("de", "Ein Satz auf Deutsch, den niemand für einen anderen hält.", False),
        ("de", "Nein.", False),  # too short to tell: as its labels
        ("da", "En sætning på dansk, som ikke ligner nogen anden på dette sted.", False),
        ("it", "Due parole.", True),  # labels in English, and too short to tell
        ("en", "Ein Satz auf Deutsch, den niemand für einen anderen hält.", True),
        ("fa", "Angela Merkel.", False),
        ("und", "Nein.", True),
    ],
)
def test_the_language_is_told_where_it_would_not_be_read(language: str, text: str, told: bool) -> None:
    story = Story(headline="Merkel", text=text, language=language)
    line = next((line for line in text_of(story).splitlines() if line.endswith(f": {language}")), None)
    assert (line is not None) is told
    for body, kind in ((html_of(story), "page"), (text_of(story), "print")):
        assert read_print_page(Item(format=kind, body=body, body_type=kind)).language == language


@pytest.mark.parametrize(
    ("language", "headline", "text"),
    [
        ("en", "Minister quits", "She gave no reason."),
        ("da", "Færge på grund", "Ingen kom til skade."),
        ("de", "Wetter", "Regen."),
        (
            "ja",
            "函館港でフェリーが座礁、乗客は全員無事",
            "2015年5月12日 10:00\n\n函館港の沖合で十二日午前、旅客フェリーが座礁した。\n\n乗客は全員無事だった。",
        ),
        ("zh", "部長辭職", "她沒有說明原因。政府發言人表示，新部長將於下週上任。"),
        ("zh", "部長辭職", "她沒有說明原因。"),
    ],
)  # fmt: skip
def test_short_stories_and_those_without_spaces_come_back(language: str, headline: str, text: str) -> None:
    story = Story(headline=headline, text=text, language=language)
    dated = replace(story, published=Stamp(value="2015-05-12", precision="day", said="", origin=""))
    for each in (story, dated):
        for body, kind in ((html_of(each), "page"), (text_of(each), "print")):
            back = read_print_page(Item(format=kind, body=body, body_type=kind))
            assert (back.headline, back.text, back.language) == (headline, text, language)
            assert stated(back.published) == stated(each.published)


def test_markup_in_a_story_stays_text() -> None:
    story = Story(headline="<script>alert(1)</script>", text="<img src=x onerror=alert(1)> & so on.", language="en")
    html = html_of(story, site_name='"><b>')
    assert "<script>" not in html
    assert "<img" not in html
    assert "<b>" not in html


def test_a_qr_code_has_one_alternative_text() -> None:
    drawn = svg("https://desk.example/", alt='a "code"')
    assert drawn.count("aria-label") == 1
    assert "<title" not in drawn
    assert 'role="img" aria-label="a &quot;code&quot;"' in drawn


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"%PDF-1.7\n%%EOF", b"no pdf at all"])
def test_a_broken_pdf_is_told_in_one_line(data: bytes) -> None:
    with pytest.raises(Exception, match="PDF") as told:
        pdf.parse(data)
    assert "\n" not in str(told.value)
