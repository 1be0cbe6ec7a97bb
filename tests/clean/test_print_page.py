"""Every print page under tests/data/print and samples/, read and compared with the expectation beside it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from textwrap import TextWrapper
from typing import Any

import pytest

from dateline.clean.page_text import looks_like_html
from dateline.clean.print_page import is_print_page, read_print_page
from dateline.story import Item, Refused, Story
from dateline.text.offsets import Patch, Patched
from dateline.text.spans import Span

ROOT = Path(__file__).parents[2]
PAGES = sorted(path for path in (ROOT / "tests" / "data" / "print").iterdir() if path.suffix in (".txt", ".html"))
SAMPLES = sorted(
    [*(ROOT / "samples").rglob("*.txt"), *(path for path in (ROOT / "samples").rglob("*.html") if "print" in path.stem)]
)
KINDS = {"doubled-alt", "caption-shortcode", "unknown-shortcode", "escaped-shortcode", "furniture", "doubled-line"}


def item_of(path: Path) -> Item:
    data = path.read_bytes()
    try:
        body = data.decode("utf-8")
    except UnicodeDecodeError:
        body = data.decode("latin-1")
    html = looks_like_html(body)
    return Item(format="page" if html else "print", body=body, body_type="page" if html else "print")


def told(story: Story, key: str) -> Any:
    """Return what a story has under a key of the expectations."""
    if key in ("published", "updated"):
        stamp = getattr(story, key)
        return stamp and {"value": stamp.value, "precision": stamp.precision, "zone": stamp.zone}
    if key == "paragraphs":
        return list(story.paragraphs)
    if key == "repair_kinds":
        return sorted({repair.kind for repair in story.repairs})
    return getattr(story, key)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_print_page_reads_as_expected(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    story = read_print_page(item_of(path))
    figures = expected.pop("figures", None)
    assert {key: told(story, key) for key in expected} == expected
    if figures is not None:
        assert len(story.figures) == len(figures)
        for figure, wanted in zip(story.figures, figures, strict=True):
            assert {key: getattr(figure, key) for key in wanted} == wanted


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_print_page_reads_as_expected(path: Path) -> None:
    beside = ROOT / "tests" / "data" / "samples" / path.parent.name / f"{path.name}.json"
    (expected,) = json.loads(beside.read_text("utf-8"))
    story = read_print_page(item_of(path))
    got = {
        "published": story.published and story.published.value,
        "zone": story.published and story.published.zone,
        "paragraphs": len(story.paragraphs),
        "figures": [
            {key: getattr(figure, key) for key in wanted}
            for figure, wanted in zip(story.figures, expected.get("figures", ()), strict=True)
        ],
        "first_words": story.text[: len(expected["first_words"])],
        "last_words": story.text[-len(expected["last_words"]) :],
    }
    assert {key: got[key] if key in got else getattr(story, key) for key in expected} == expected


def laid_out(text: str, *, width: int | None, blank: bool, trailing: str) -> str:
    """Return the lines of a page as another program would paste them."""
    lines = text.lstrip("\ufeff").splitlines()
    if width:
        wrapper = TextWrapper(width, break_long_words=False, break_on_hyphens=False)
        lines = [part for line in lines for part in wrapper.wrap(line) or [""]]
    return "".join(f"{line}{trailing}\n" for line in lines if blank or line.strip())


@pytest.mark.parametrize("width", [None, 72, 80])
@pytest.mark.parametrize(("blank", "trailing"), [(True, "   "), (False, ""), (False, "  ")])
@pytest.mark.parametrize(
    "path", [path for path in [*PAGES, *SAMPLES] if path.suffix == ".txt"], ids=lambda path: path.name
)
def test_a_print_page_reads_alike_however_its_lines_are_laid_out(
    path: Path, width: int | None, blank: bool, trailing: str
) -> None:
    item = item_of(path)
    body = laid_out(item.body, width=width, blank=blank, trailing=trailing)
    assert is_print_page(body) or path.stem == "bare"
    story, other = read_print_page(item), read_print_page(replace(item, body=body))
    for name in ("headline", "published", "code", "credit", "byline", "section", "url", "site_name"):
        assert getattr(other, name) == getattr(story, name), name
    assert other.text.split() == story.text.split()  # where blank lines are lost, so may be an end of a paragraph


@pytest.mark.parametrize("path", [*PAGES, *SAMPLES], ids=lambda path: path.name)
def test_every_repair_can_be_undone(path: Path) -> None:
    item = item_of(path)
    story = read_print_page(item)
    spans = [repair.raw for repair in story.repairs if repair.raw]
    assert len(spans) == len(story.repairs)
    for repair, raw in zip(story.repairs, spans, strict=True):
        assert repair.kind in KINDS
        assert raw.of(item.body) == repair.before
        assert repair.before
        if repair.at is not None:
            assert story.text[repair.at :].startswith(repair.after)
    mended = Patched(item.body, [Patch(raw, each.after) for raw, each in zip(spans, story.repairs, strict=True)])
    back = [Patch(_after(mended, raw, each.after), each.before) for raw, each in zip(spans, story.repairs, strict=True)]
    assert Patched(mended.text, back).text == item.body


def _after(mended: Patched, raw: Span, after: str) -> Span:
    end = mended.to_text(raw).end
    return Span(end - len(after), end)


@pytest.mark.parametrize("path", [*PAGES, *SAMPLES], ids=lambda path: path.name)
def test_print_pages_are_recognised(path: Path) -> None:
    assert is_print_page(item_of(path).body) or path.stem == "bare"


@pytest.mark.parametrize("path", sorted((ROOT / "samples").rglob("*.html")), ids=lambda path: path.name)
def test_web_pages_are_no_print_pages(path: Path) -> None:
    assert is_print_page(item_of(path).body) is ("print" in path.stem)


@pytest.mark.parametrize("body", ["", " \n\n", "QR codeQR code\n", "Story Code: 12", "Only a headline\n"])
def test_a_page_without_words_is_refused(body: str) -> None:
    with pytest.raises(Refused) as told:
        read_print_page(Item(format="print", body=body, body_type="print"))
    assert told.value.reason == "no-text"
