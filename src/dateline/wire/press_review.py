"""Our press review: a list of stories on paper, numbered, each with its credit, code, link and QR code; reads back.

It is print pages one after the other under a title and a table of contents. Each begins with a line of its own ("Story
2 of 12"), by which a saved page, text copied from it and a PDF come apart into the same stories (``items_in``); what a
print page carries comes back. A story cut to its first paragraphs says so, and reads as its link alone: it never passes
for the whole. Limit: a paragraph that is nothing but the next such line parts its story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from html import escape, unescape
from importlib.resources import files

from dateline.story import Batch, Item, Story, Unreadable
from dateline.text.calendars import write_date
from dateline.text.direction import Direction, direction_of_language
from dateline.text.folding import fold
from dateline.text.labels import any_form, find_label, label
from dateline.text.urls import is_address, is_front
from dateline.wire import print_page
from dateline.wire.encoding import decode
from dateline.wire.print_page import Behind, PrintPage, article, figure, masthead, set_line, site_lines

LEAD = 2  # paragraphs that stand for a story cut short
_MARK = re.compile(r'<main\b[^>]*\bclass="review\b')
_CLIP = re.compile(r"<article\b([^>]*)>(.*?)</article>", re.DOTALL)
_HEAD = re.compile(r'<header class="site">(.*?)</header>', re.DOTALL)
_COUNT = re.compile(r'<p class="part"[^>]*>.*?</p>')
_ENDS = re.compile(r"</(?:p|h1|h2|div|figcaption)>")
_LANGUAGE = re.compile(r'\blang="([A-Za-z-]+)"')
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clipping:
    """One story of a press review. ``language`` is that of its labels."""

    story: Story
    permalink: str | None
    code: str | None
    language: str
    behind: Behind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewHead:
    """What a press review says of itself.

    ``query`` found its stories, ``found`` of them ("312") where that is more than it holds; ``left_out`` are codes
    asked for that it does not hold. ``ways`` are (words, address) of other forms of it, for the screen only.
    """

    title: str
    compiled: datetime
    language: str
    site_name: str | None = None
    site_url: str | None = None
    query: str | None = None
    found: str | None = None
    left_out: Sequence[str] = ()
    ways: Sequence[tuple[str, str]] = ()


# --- writing -----------------------------------------------------------------------------------------


def dump(clippings: Sequence[Clipping], head: ReviewHead, *, lead: int | None = None, pictures: bool = True) -> bytes:
    """Write the press review as one HTML file. With ``lead``, each story is cut to so many paragraphs."""
    way, total = direction_of_language(head.language), len(clippings)
    title = f"{head.title} – {head.site_name}" if head.site_name else head.title
    ways = "".join(f'<a href="{escape(address)}">{escape(words)}</a> ' for words, address in head.ways)
    parts = [
        f'<!DOCTYPE html>\n<html lang="{escape(head.language)}" dir="{way}">\n<head>',
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="robots" content="noindex"><title>{escape(title)}</title>',
        f'<style>{style()}</style>\n</head>\n<body>\n<main class="review{" leads" if lead else ""}">',
        masthead(site_lines(head.site_name, head.site_url, language=head.language), way),
        f'<nav class="ways">{ways}</nav>' if ways else "",
        f"<h1>{set_line(head.title, way)}</h1>",
        '<div class="about">',
        *(f'<p class="when">{set_line(line, way)}</p>' for line in _about(head, total)),
        f'</div>\n<h2>{escape(label("contents", head.language))}</h2>\n<ol role="list">',
        *(_entry(clipping, number, head.language) for number, clipping in enumerate(clippings, start=1)),
        "</ol>",
    ]
    for number, clipping in enumerate(clippings, start=1):
        part = f'<p class="part" lang="{escape(head.language)}" dir="{way}">{_part_line(number, total, way, head)}</p>'
        parts += _clip(clipping, part, number=number, lead=lead, pictures=pictures)
    return "\n".join([*parts, "</main>\n</body>\n</html>\n"]).encode()


def _about(head: ReviewHead, total: int) -> Iterator[str]:
    language = head.language
    day = head.compiled.isoformat(timespec="minutes")
    written = write_date(day[:16], zone=day[16:], language=language)
    held = figure(total, language) + (f" / {figure(head.found, language)}" if head.found else "")
    yield f"{label('stories', language)}: {held}"
    yield f"{label('compiled', language)}: {written}"
    if head.query:
        yield f"{label('query', language)}: {head.query}"
    if head.left_out:
        yield f"{label('left_out', language)}: {' · '.join(head.left_out)}"


def _entry(clipping: Clipping, number: int, language: str) -> str:
    """Return a line of the table of contents."""
    page, story = _page(clipping), clipping.story
    day = story.published and write_date(story.published.value[:10], language=clipping.language)
    facts = [each for each in (story.credit or story.site_name, day, clipping.code) if each]
    about = " · ".join(f"<bdi>{escape(each)}</bdi>" for each in facts)
    headline = f'<a href="#story-{number}">{escape(story.headline)}</a>'
    told = f'<div lang="{escape(story.language)}" dir="{page.direction}">{headline} <span>{about}</span></div>'
    return f"<li><b>{figure(number, language)}</b>{told}</li>"


def _clip(clipping: Clipping, part: str, *, number: int, lead: int | None, pictures: bool) -> list[str]:
    page, foot = _page(clipping), []
    whole = len(clipping.story.paragraphs)
    if lead and whole > lead:
        kept = "\n\n".join(clipping.story.paragraphs[:lead])
        page = replace(page, story=replace(clipping.story, text=kept, figures=()))
        counted = (figure(each, clipping.language) for each in (lead, whole))
        foot = [label("shortened_form", clipping.language).format(*counted)]
    language = escape(clipping.story.language)
    return [
        f'<article class="clip" id="story-{number}" lang="{language}" dir="{page.direction}">',
        part,
        *article(page, heading="h2", pictures=pictures, foot=foot),
        "</article>",
    ]


def _page(clipping: Clipping) -> PrintPage:
    return PrintPage(
        story=clipping.story,
        permalink=clipping.permalink,
        code=clipping.code,
        site_name=None,
        site_url=None,
        language=clipping.language,
        behind=clipping.behind,
    )


def _part_line(number: int, total: int, way: Direction, head: ReviewHead) -> str:
    counted = (figure(each, head.language) for each in (number, total))
    return set_line(label("part_form", head.language).format(*counted), way)


@cache
def style() -> str:
    """Return the sheet that press reviews carry in themselves: a print page's, and what a list of them needs."""
    return print_page.style() + (files("dateline.wire") / "data" / "press_review.css").read_text("utf-8")


# --- reading -----------------------------------------------------------------------------------------


def looks_like(text: str) -> bool:
    """Tell whether text is a press review of ours: saved as HTML, or the lines copied from one."""
    if _MARK.search(text):
        return True
    return not text.lstrip().startswith("<") and any(_numbered(text.splitlines()))


def parse(data: bytes) -> Batch:
    """Return the stories of a press review, each as a print page. Raises Unreadable when there is none in it."""
    text = decode(data).text.replace("\r\n", "\n").replace("\r", "\n")
    batch = _saved(text) if _MARK.search(text) else items_in(text.splitlines(), form="review")
    if batch is None:
        raise Unreadable("a press review without stories")
    return batch


def _saved(html: str) -> Batch | None:
    """Return the stories of a press review as HTML: its markup parts them."""
    head = _HEAD.search(html)
    site_name, site_url = _site(_lines(head[1])) if head else (None, None)
    items, total = [], 0
    for attributes, inside in _CLIP.findall(html):
        lines = _lines(inside)
        total = max([total, *(int(found[2]) for line in lines[:2] if (found := _part(line)))])
        # The line that counts the stories is the review's, not the story's.
        page = f"<!DOCTYPE html>\n<html><body><main>{_COUNT.sub('', inside, count=1)}</main></body></html>"
        item = _item(page, lines, form="review", site_name=site_name, site_url=site_url)
        language = _LANGUAGE.search(attributes)
        items.append(replace(item, language=language[1] if language else None))
    return _batch(items, total=total, form="review") if items else None


def _lines(html: str) -> list[str]:
    """Return the lines of our own markup, its paragraphs and headings."""
    return [line for line in unescape(_TAG.sub("", _ENDS.sub("\n", html))).splitlines() if line.strip()]


def items_in(lines: Sequence[str], *, form: str) -> Batch | None:
    """Return the stories of a press review's lines, or paragraphs; None when they are not those of one."""
    numbered = list(_numbered(lines))
    if not numbered:
        return None
    site_name, site_url = _site(lines[: numbered[0][0]])
    between = "\n" if form == "review" else "\n\n"
    items = []
    for (start, _), end in zip(numbered, [*(at for at, _ in numbered[1:]), len(lines)], strict=True):
        part = lines[start + 1 : end]
        items.append(_item(between.join(part), part, form=form, site_name=site_name, site_url=site_url))
    return _batch(items, total=numbered[0][1], form=form)


def _batch(items: Sequence[Item], *, total: int, form: str) -> Batch:
    lost = (
        (f"story {number}", "not there: the press review breaks off") for number in range(len(items) + 1, total + 1)
    )
    return Batch(format=form, items=tuple(items), refused=tuple(lost))


def _item(body: str, lines: Sequence[str], *, form: str, site_name: str | None, site_url: str | None) -> Item:
    """Return a part as a print page; one that says it was shortened as its link."""
    item = Item(format=form, body=body, body_type="print", site_name=site_name, site_url=site_url)
    if any(_forms("shortened_form").fullmatch(fold(line)) for line in lines if len(line) < 100):
        links = [
            found.value.of(line) for line in lines if (found := find_label(line)) is not None and found.kind == "link"
        ]
        return replace(item, body="", body_type="link", url=links[-1].strip() if links else None)
    return item


def begins_story(line: str) -> bool:
    """Tell whether a line may be one that a story of a press review begins with."""
    return _part(line) is not None


def _numbered(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where stand the lines that count from 1 upwards, all to the same total, with that."""
    expected, total = 1, 0
    for at, line in enumerate(lines):
        found = _part(line)
        if found and int(found[1]) == expected <= int(found[2]) and total in (0, int(found[2])):
            expected, total = expected + 1, int(found[2])
            yield at, total


def _part(line: str) -> tuple[str, str, str] | None:
    """Return the line, which story it begins and of how many; None for any other line."""
    found = _forms("part_form").fullmatch(fold(line)) if len(line) <= 40 else None
    if not found:
        return None
    number, total = (each for each in found.groups() if each)
    return line, number, total


def _site(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """Return name and address of the site, as the head of the page says them."""
    before = ""
    name = None
    for line in filter(None, map(str.strip, lines)):
        found = find_label(line)
        if found and found.kind == "site":
            name = found.value.of(line)
        elif is_address(line) and is_front(line):
            return name or before or None, line
        before = line
    return name, None


@cache
def _forms(kind: str) -> re.Pattern[str]:
    """Return what matches any form of a kind, folded, with numbers in it."""
    return re.compile(
        "|".join(re.escape(fold(form.format(0, 0))).replace("0", r"(\d{1,4})") for form in any_form(kind))
    )
