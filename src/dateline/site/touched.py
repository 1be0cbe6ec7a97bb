"""Which pages a change touches: the one list of what depends on what.

A page is of one PageKind. It says which of its addresses a Shift may alter, and which of them stand now. Whoever adds
a page to the site adds its PageKind here: then it is pressed, marked stale, baked and tested like the others
(tests/site/test_touched.py renders every page before and after every verb, and fails for what is missing here).
What is ASKED for is made whenever it is; what of it stands in a baked site is told by ``answered``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dateline.archive import days
from dateline.archive.models import Record
from dateline.newsroom.press import Shift, short
from dateline.site import shelves
from dateline.site.addresses import day_path
from dateline.site.language import SPOKEN
from dateline.site.paging import stretches


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """Pages of one kind. Those that are not ``kept`` depend on the clock, and are made whenever they are asked for."""

    name: str
    touched: Callable[[Shift], Iterable[str]]
    standing: Callable[[], Iterable[str]]
    kept: bool = True


def touched(change: Shift) -> Iterator[str]:
    """Yield every address, but the record's own, whose page the change may alter."""
    if concerns(change):
        for kind in KINDS:
            yield from kind.touched(change)


def concerns(change: Shift) -> bool:
    """Say whether readers can see anything of a change."""
    return bool(change.standings) or change.record.corrections.exists()


def addresses() -> Iterator[str]:
    """Yield the address of every page that stands now."""
    for kind in KINDS:
        yield from kind.standing()


def _languages(change: Shift) -> set[str]:
    """Return the languages whose first pages change: all, where one has got its first story or lost its last."""
    own = {change.record.language, *(each.language for each in change.standings)}
    standing = Record.objects.published().exclude(pk=change.record.pk)
    if not change.opens and all(standing.in_language(each).exists() for each in own):
        return own
    return {*SPOKEN, *shelves.languages(), *own}


def _tops(languages: Iterable[str]) -> Iterator[str]:
    """Yield the pages that name a language's newest stories, its sections or all languages."""
    for language in languages:
        yield f"/{language}/"
        for page in ("archive/", "corrections", "search", "feed.rss", "feed.atom", "feed.json"):
            yield f"/{language}/{page}"


def _editions() -> list[str]:
    return sorted({*SPOKEN, *shelves.languages()})


def _years(change: Shift) -> Iterator[str]:
    for each in change.standings:
        yield f"/{each.language}/archive/{each.day.year:04d}"


def _all_years() -> Iterator[str]:
    for language in shelves.languages():
        for year, _ in Record.objects.published().in_language(language).counted_by(4):
            yield f"/{language}/archive/{year}"


def _days(change: Shift) -> Iterator[str]:
    """Yield the day it was published in its language, those its text tells of in all, and whatever leads to them."""
    pages = {(each.language, each.day) for each in change.standings}
    pages |= {(language, day) for each in change.standings for day in each.trace.told for language in _editions()}
    for language, day in sorted(pages):
        for each in (day, *shelves.neighbours(day, language)):
            if each:
                stories = Record.objects.published().in_language(language).on_day(each).count()
                yield from _all_of(day_path(language, each.isoformat()), stories)


def _all_days() -> Iterator[str]:
    told = [*days.all_told()]
    for language in _editions():
        counted = dict.fromkeys((day.isoformat() for day in told), 1) if language in SPOKEN else {}
        counted |= dict(Record.objects.published().in_language(language).counted_by(10))
        for day, stories in counted.items():
            yield from stretches(day_path(language, day), stories)


def _sections(change: Shift) -> Iterator[str]:
    for each in change.standings:
        if each.section:
            path = f"/{each.language}/section/{each.section}"
            yield path
            month = Record.objects.published().in_language(each.language).filter(section_slug=each.section)
            yield from _all_of(f"{path}/{each.day:%Y/%m}", month.in_month(each.day.year, each.day.month).count())


def _all_sections() -> Iterator[str]:
    for language in shelves.languages():
        of_language = Record.objects.published().in_language(language).exclude(section_slug="").order_by()
        for section in of_language.values_list("section_slug", flat=True).distinct():
            path = f"/{language}/section/{section}"
            yield path
            for month, stories in of_language.filter(section_slug=section).counted_by(7):
                yield from stretches(f"{path}/{month.replace('-', '/')}", stories)


def _corrections(change: Shift) -> Iterator[str]:
    """Yield the months in which readers were told of this record: they name its headline, and fall silent with it."""
    for each in change.record.corrections.all():
        language = change.record.language
        told = shelves.notices_in(language, each.at.year, each.at.month).count()
        # A withdrawal takes what was said before with it: as many leaves fewer as there were notices.
        yield from _all_of(f"/{language}/corrections/{each.at:%Y/%m}", told + change.record.corrections.count())


def _all_corrections() -> Iterator[str]:
    for language in _editions():
        for month, told in shelves.months_of_notices(language):
            yield from stretches(f"/{language}/corrections/{month.replace('-', '/')}", told)


def _all_of(path: str, count: int) -> Iterator[str]:
    """Yield the leaves of a list that holds ``count`` now, and may have held one more."""
    yield from stretches(path, count + 1)


def _sitemaps(change: Shift) -> Iterator[str]:
    yield "/sitemap.xml"
    yield "/sitemap-fronts.xml"
    editions = change.record.editions.values_list("other__code", flat=True)
    for code in (change.record.code, *editions):
        yield f"/sitemap-{shelves.part_of(code)}.xml"


def _all_sitemaps() -> Iterator[str]:
    yield "/sitemap.xml"
    yield "/sitemap-fronts.xml"
    for part in shelves.parts():
        yield f"/sitemap-{part}.xml"


def _all_records() -> Iterator[str]:
    seen = Record.objects.exclude(state=Record.State.FILED).exclude(released_at=None).order_by("code")
    for record in seen.only("code").iterator(chunk_size=5_000):
        yield short(record)


def _nothing(change: Shift) -> Iterable[str]:
    return ()


KINDS = (
    # A record's own pages, and those of its other editions, are pressed with the change itself.
    PageKind(name="stories, print pages and notices", touched=_nothing, standing=_all_records),
    PageKind(name="first pages", touched=lambda change: _tops(_languages(change)), standing=lambda: _tops(_editions())),
    PageKind(name="years", touched=_years, standing=_all_years),
    PageKind(name="days", touched=_days, standing=_all_days),
    PageKind(name="sections and their months", touched=_sections, standing=_all_sections),
    PageKind(name="months of corrections", touched=_corrections, standing=_all_corrections),
    PageKind(name="sitemaps", touched=_sitemaps, standing=_all_sitemaps),
    PageKind(name="the news sitemap", touched=_nothing, standing=lambda: ["/news-sitemap.xml"], kept=False),
)
# Answers to questions, which any story may change: made when they are asked for, in bounded time, and not kept.
ASKED = re.compile(
    r"/[a-z]{2,3}/(?:(?:person|organisation|place|name|pair|topic|source|who|places|topics|sources|calendar|group)/.*"
    r"|claims|review.*|search[./].*|section/[^/]+/about|news/\d+/(?:card\.png|[^/]+/pdf))|/oembed"
)
NEVER_KEPT = frozenset(path for kind in KINDS if not kind.kept for path in kind.standing())
