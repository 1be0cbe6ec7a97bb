"""A web page → Story: its own statements, trafilatura's text, figures in their places."""

from __future__ import annotations

import re
from typing import Any

from dateline.clean.article import beside, paragraphs_of, placed
from dateline.clean.blocks import read_blocks, tree_from
from dateline.clean.facts import Facts, facts_of
from dateline.clean.limits import LONGEST_PAGE, check_markup
from dateline.clean.lines import sweep
from dateline.clean.markup import markup_of
from dateline.clean.pictures import merged
from dateline.clean.print_page import MOST_LINKS, is_print_page, read_print_page
from dateline.clean.refusals import judge
from dateline.clean.repairs import located
from dateline.clean.wording import plain, tidy
from dateline.story import Item, Refused, Story
from dateline.text.calendars import read_date
from dateline.text.folding import fold
from dateline.text.labels import find_label
from dateline.text.language import identify
from dateline.text.urls import is_address


def read_page(item: Item) -> Story:
    """Return the story of a web page. Raises Refused, with a named reason, when it holds none."""
    check_markup(item.body, longest=LONGEST_PAGE)
    root = tree_from(item.body)
    if _may_be_printed(root) and is_print_page(item.body):
        return read_print_page(item)
    facts = facts_of(root, address=item.url)
    found = article_of(root, facts)
    if not found and not read_blocks(root).paragraphs:
        raise Refused("no-text", "a page that shows nothing without its scripts")
    judge(root, facts, found)
    blocks, _ = placed(root, found, base=facts.url or item.url)
    headline = facts.headline or plain(item.headline)
    swept = sweep(blocks, headline=headline)
    text = "\n\n".join(swept.blocks.paragraphs)
    if headline is None or not text:
        raise Refused("no-text", "a page without a headline" if text else "a page without text of its own")
    language = identify(f"{headline}\n\n{text}", stated=facts.language or item.language)
    return Story(
        headline=headline,
        text=text,
        language=language,
        published=facts.published,
        updated=facts.updated,
        dateline=facts.dateline,
        byline=facts.byline,
        credit=facts.credit,
        summary=facts.summary,
        section=facts.section,
        tags=facts.tags,
        figures=merged(swept.blocks.figures, facts.figures, paragraphs=len(swept.blocks.paragraphs)),
        code=facts.code,
        guid=plain(item.guid),
        url=facts.url,
        site_name=facts.site_name or plain(item.site_name),
        site_url=facts.site_url or (item.site_url if item.site_url and is_address(item.site_url) else None),
        status=item.status,
        note=swept.note,
        translations=facts.translations or item.translations,
        markup=markup_of(text, root, base=facts.url or item.url),
        repairs=located(list(swept.repairs), body=item.body, text=text),
    )


def article_of(root: Any, facts: Facts) -> list[str]:
    """Return the paragraphs of a page's article, whether or not they make a story."""
    return _told_twice(root, paragraphs_of(root), facts)


def _may_be_printed(root: Any) -> bool:
    """Tell at small cost whether a page could be a print page: they have no navigation and few links."""
    return next(root.iter("nav", "aside"), None) is None and sum(1 for _ in root.iter("a")) <= MOST_LINKS


def _told_twice(root: Any, paragraphs: list[str], facts: Facts) -> list[str]:
    """Leave out what heads an article and stands in fields of its own: headline, summary, byline and date.

    Many sites take the first paragraph for their summary: a summary goes only where it stands apart from the body.
    """
    heads = [tidy("".join(each.itertext())) for each in root.iter("h1", "title")][:4]
    kept: list[str] = []
    for number, line in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        names = [said for said in (facts.headline, facts.section, *heads) if said]
        if number < 5 and (any(fold(line) == fold(said) for said in names) or _is_header(line, facts)):
            continue
        if number < 3 and facts.summary and fold(line) == fold(facts.summary) and not beside(root, line, following):
            continue
        kept.append(line)
    return kept


def _is_header(line: str, facts: Facts) -> bool:
    """Tell whether a short line says nothing but who wrote it, when, and where it was printed."""
    if len(line) > 160:
        return False
    rest = line
    for said in (facts.byline, facts.credit, facts.site_name, facts.published.said if facts.published else None):
        rest = rest.replace(said, " ") if said else rest
    label = find_label(rest)
    if label and label.kind in ("by", "author", "published", "updated", "source"):
        rest = label.value.of(rest)
    parts = [part for part in re.split(r"\s*[|•·]\s*|\s{2,}", rest) if any(char.isalnum() for char in part)]
    return (rest != line or bool(parts)) and all(read_date(part) for part in parts)
