"""Item → Story: what a source sent, clean, with a record of every mending."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.clean.attribution import attributed
from dateline.clean.fragments import Fragment, read_fragment
from dateline.clean.lines import sweep
from dateline.clean.markup import fragment_markup
from dateline.clean.pictures import merged
from dateline.clean.repairs import located
from dateline.clean.stamps import stamp
from dateline.clean.wording import plain
from dateline.story import Item, Refused, Repair, Stamp, Story
from dateline.text.language import identify
from dateline.text.urls import canonical, is_address

# A line this long is a paragraph, not a headline.
_LONGEST_HEADLINE = 200
_ENDS = re.compile(r"[.…;:]$")


def clean(item: Item) -> Story:
    """Return the story an item tells. Raises Refused, with a named reason, when it tells none."""
    if item.body_type == "link":
        raise Refused("link-only", "only the address of a story")
    if item.status == "canceled" and not item.body.strip():
        return _withdrawal(item)
    if item.body_type == "print":
        from dateline.clean.print_page import read_print_page

        return read_print_page(item)
    if item.body_type == "page":
        from dateline.clean.page import read_page

        return read_page(item)
    return _told(item, read_fragment(item.body, markup=item.body_type == "html", base=item.url or item.site_url))


def _withdrawal(item: Item) -> Story:
    """Return a withdrawal that says no more than what it withdraws. Raises Refused when it does not even say that."""
    if not item.guid and not item.url:
        raise Refused("no-text", "a withdrawal of nothing that is named")
    return Story(
        headline=plain(item.headline) or "Withdrawn",
        text="",
        guid=plain(item.guid),
        url=canonical(item.url) if item.url and is_address(item.url) else None,
        updated=stamp(item.updated, origin=f"{item.format} updated"),
        site_name=plain(item.site_name),
        status="canceled",
        version=plain(item.version),
        note=plain(item.note),
        corrects=plain(item.corrects),
    )


def _told(item: Item, body: Fragment) -> Story:
    headline, blocks, repairs = plain(item.headline), body.blocks, list(body.repairs)
    if headline is None:
        headline, rest, repair = _headline_of(blocks.paragraphs)
        blocks = replace(blocks, paragraphs=rest)
        repairs += [repair] if repair else []
    swept = sweep(blocks, headline=headline)
    text = "\n\n".join(swept.blocks.paragraphs)
    if not any(char.isalpha() for char in text) or headline is None:
        raise Refused("no-text", "no words in it" if headline is None else "a headline without a story")
    language = identify(f"{headline}\n\n{text}", stated=item.language)
    site_name = plain(item.site_name)
    byline, credit = attributed(item.byline, item.credit, site_name=site_name)
    published = stamp(item.published, origin=f"{item.format} published", language=language)
    updated = stamp(item.updated, origin=f"{item.format} updated", language=language)
    summary = plain(item.summary)
    markup = None
    if item.body_type == "html":
        markup = fragment_markup(item.body, body.repairs, text=text, base=item.url or item.site_url)
    return Story(
        headline=headline,
        text=text,
        language=language,
        published=published,
        updated=updated if updated and not _is_same(updated, published) else None,
        dateline=plain(item.dateline),
        byline=byline,
        credit=credit,
        summary=summary if summary != text else None,
        section=plain(item.section),
        tags=tuple(dict.fromkeys(tag for tag in map(plain, item.tags) if tag)),
        figures=merged(swept.blocks.figures, item.figures, paragraphs=len(swept.blocks.paragraphs)),
        code=plain(item.code),
        guid=plain(item.guid),
        url=canonical(item.url) if item.url and is_address(item.url) else None,
        site_name=site_name,
        site_url=item.site_url if item.site_url and is_address(item.site_url) else None,
        status=item.status,
        version=plain(item.version),
        note=plain(item.note) or swept.note,
        corrects=plain(item.corrects),
        embargo=stamp(item.embargo, origin=f"{item.format} embargo", language=language),
        urgency=_urgency(item.urgency),
        signal=plain(item.signal),
        translations=item.translations,
        markup=markup,
        repairs=located([*repairs, *swept.repairs], body=item.body, text=text),
    )


def _is_same(one: Stamp, other: Stamp | None) -> bool:
    """Tell whether two stamps name the same moment, one perhaps to the second and one to the minute."""
    if other is None:
        return False
    cut = min(len(one.value), len(other.value))
    return one.value[:cut] == other.value[:cut] and one.zone == other.zone


def _urgency(said: str | None) -> int | None:
    """Return IPTC's urgency, 1 to 9; None for anything else, a mere 0 (undefined) included."""
    return int(said) if said and re.fullmatch(r"\s*[1-9]\s*", said) else None


def _headline_of(paragraphs: list[str]) -> tuple[str | None, list[str], Repair | None]:
    """Return a headline from the text itself: its first line if that is one, else its first words."""
    if not paragraphs:
        return None, [], None
    first = paragraphs[0]
    if len(paragraphs) > 1 and len(first) <= _LONGEST_HEADLINE and not _ENDS.search(first):
        return first, paragraphs[1:], None
    words = first.split()
    headline = " ".join(words[:12]) + ("…" if len(words) > 12 else "")
    rule = "no headline is stated: these are the first words"
    return headline, paragraphs, Repair(kind="headline", before="", after=headline, rule=rule)
