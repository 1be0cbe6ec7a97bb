"""What stands in a baked site of the pages that are made when they are asked for, and which of it a change touches.

Dossiers, pairs, event groups, shelves, lists, claims and months of plans: many stories alter each of them, and to press
them with every story would cost more than to make them. So the journal only notes them, for the next baking. An address
there may stand for a page in every language that stories are in: ``/-/person/john-kerry``.

Of entities and pairs those are baked that the archive tells ENOUGH of, so that a first baking comes to an end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from urllib.parse import unquote

from django.db.models import F

from dateline.archive import days
from dateline.archive.dossiers import known
from dateline.archive.frequencies import ALL_TIME
from dateline.archive.models import Entity, Frequency, Record, Source
from dateline.archive.models.findings import STORIES_TO_KNOW
from dateline.archive.search import vocabulary
from dateline.newsroom.press import Shift
from dateline.site import shelves
from dateline.site.addresses import dossier_path, keys_at, pair_path
from dateline.site.asking import ask
from dateline.site.charts.calendar import MIDDLE, days_of, month_path
from dateline.site.language import speaking
from dateline.site.touched import PageKind, concerns
from dateline.text.queries import token
from dateline.text.query_reader import words_of

ENOUGH = STORIES_TO_KNOW  # stories that name an entity, findings between a pair
_EVERY = "-"
_DOSSIER = re.compile(r"/[^/]+/(person|organisation|place|name)/([^/]+)")
_NAMES = re.compile(r"/[^/]+/(?:who|places)/")
_SHELVES = {"topic": "", "source": "", "section": "/about"}


def answered(change: Shift) -> Iterator[str]:
    """Yield every address whose page a change may alter."""
    if concerns(change):
        for kind in ANSWERED:
            yield from kind.touched(change)


def addresses() -> Iterator[str]:
    """Yield the addresses of all pages that stand now, and of some that do not: see ``is_baked``."""
    for kind in ANSWERED:
        yield from kind.standing()


def in_each(path: str, languages: Iterable[str]) -> list[str]:
    """Return the addresses that one in the journal stands for."""
    return [f"/{each}{path[2:]}" for each in languages] if path.startswith(f"/{_EVERY}/") else [path]


def is_baked(path: str) -> bool:
    """Say whether a page that is made when it is asked for stands in a baked site as well, if it stands at all."""
    found = next((found for found in (pattern.fullmatch(path) for pattern in _RULES) if found), None)
    return found is not None and _RULES[found.re](*found.groups())


def absent_from(page: str) -> Callable[[set[str]], set[str]]:
    """Return what says of the addresses that a page leads to which of them no file stands for.

    Only lists of names are asked: they are baked anew with every change of whom they name. A dossier is not when
    another, which it names, comes or goes.
    """
    return _absent if _NAMES.fullmatch(page) else lambda _: set()


def _absent(paths: set[str]) -> set[str]:
    """Return which of the addresses are dossiers that a baked site does not have: all are looked up at once."""
    means = {path: [*keys_at(*found.groups())] for path in paths if (found := _DOSSIER.fullmatch(unquote(path)))}
    told = ask(_stories_of, frozenset(key for keys in means.values() for key in keys))
    return {path for path, keys in means.items() if next((told[key] for key in keys if key in told), 0) < ENOUGH}


def _stories_of(keys: frozenset[str]) -> dict[str, int]:
    return dict(Entity.objects.filter(key__in=keys).values_list("key", "stories"))


def _dossiers(change: Shift) -> Iterator[str]:
    for each in change.standings:
        yield from (dossier_path(_EVERY, key, name) for key, name in each.trace.entities)


def _all_dossiers() -> Iterator[str]:
    told = Entity.objects.filter(stories__gte=ENOUGH).order_by("pk").values_list("key", "name")
    yield from (dossier_path(_EVERY, key, name) for key, name in told.iterator(chunk_size=5_000))


def _is_told_of(kind: str, words: str) -> bool:
    entity = next(filter(None, (ask(known, key) for key in keys_at(kind, words))), None)
    return entity is not None and entity.stories >= ENOUGH


def _pairs(change: Shift) -> Iterator[str]:
    for each in change.standings:
        yield from (pair_path(_EVERY, *pair) for pair in each.trace.pairs)


def _all_pairs() -> Iterator[str]:
    pairs = Frequency.objects.filter(side="with", month=ALL_TIME, count__gte=ENOUGH, other__gt=F("entity"))
    keys = dict(Entity.objects.filter(stories__gt=0).values_list("pk", "key"))
    for one, other in pairs.order_by("entity", "other").values_list("entity", "other").iterator(chunk_size=5_000):
        if one in keys and other in keys:
            yield pair_path(_EVERY, keys[one], keys[other])


def _have_to_do(one: str, other: str) -> bool:
    both = dict(Entity.objects.filter(key__in=(one, other)).values_list("key", "pk"))
    counted = Frequency.objects.filter(side="with", month=ALL_TIME, count__gte=ENOUGH)
    return counted.filter(entity=both.get(one), other=both.get(other, 0)).exists()


def _groups(change: Shift) -> Iterator[str]:
    yield from (f"/{_EVERY}/group/{each.group}" for each in change.standings if each.group)


def _all_groups() -> Iterator[str]:
    grouped = Record.objects.published().exclude(group=None).order_by("group").values_list("group", flat=True)
    yield from (f"/{_EVERY}/group/{number}" for number in grouped.distinct().iterator(chunk_size=5_000))


def _is_told_in(language: str, group: str) -> bool:
    return Record.objects.published().filter(group=int(group), language=language).exists()


def _shelves(change: Shift) -> Iterator[str]:
    """Yield what is called as a record's topics, section and sources are, or by a word of their names."""
    records = change.standings
    for each in records:
        yield from (f"/{each.language}/topic/{slug}" for tag in each.tags for slug in _slugs(tag))
        yield from (f"/{each.language}/section/{slug}/about" for slug in _slugs(each.section))
    seen = change.record.sightings.values_list("source__slug", "source__name").distinct() if records else ()
    for names in seen:
        yield from (f"/{_EVERY}/source/{slug}" for slug in {names[0]}.union(*map(_slugs, names)))


def _slugs(name: str) -> set[str]:
    words = words_of(name)
    return {"-".join(words), *words} - {""}


def _all_shelves() -> Iterator[str]:
    for kind, end in _SHELVES.items():
        start = token(kind, ())
        for each in vocabulary.tokens(start):
            yield f"/{_EVERY}/{kind}/{each.removeprefix(start).replace('_', '-')}{end}"
    # Their own letters may be others than those of the search.
    yield from (f"/{_EVERY}/source/{slug}" for slug in Source.objects.order_by("slug").values_list("slug", flat=True))


def _is_named(kind: str, slug: str) -> bool:
    return bool(vocabulary.among([token(kind, words_of(slug.replace("-", " ")))]))


def _lists(change: Shift) -> Iterator[str]:
    for each in change.standings:
        yield f"/{each.language}/topics/"
        yield f"/{_EVERY}/sources/"
        kinds = {key.partition(":")[0] for key, _ in each.trace.entities}
        yield from [f"/{_EVERY}/who/"] if kinds & {"per", "org"} else []
        yield from [f"/{_EVERY}/places/"] if kinds & {"loc", "geo"} else []
        yield from [f"/{_EVERY}/claims"] if each.trace.quarrels else []


def _all_lists() -> list[str]:
    return [f"/{_EVERY}/{page}" for page in ("who/", "places/", "topics/", "sources/", "claims")]


def _plans(change: Shift) -> Iterator[str]:
    """Yield the months that things are planned for, and those that lead to them."""
    planned = {day for each in change.standings for day in each.trace.planned}
    for language in shelves.languages() if planned else ():
        with speaking(language):
            for day in planned:
                shown = days_of(day)
                near = days.planned_around(shown[0], shown[-1])
                yield from (month_path(language, each) for each in (day, *near) if each)


def _all_plans() -> Iterator[str]:
    for language in shelves.languages():
        with speaking(language):
            day = days.planned_around(date.min, date.min)[1]
            while day is not None:
                yield month_path(language, day)
                day = days.planned_around(day, days_of(day)[-1])[1]


def _is_planned(language: str, year: str, month: str) -> bool:
    with speaking(language):
        shown = days_of(date(int(year), int(month), MIDDLE))
    return bool(days.planned(shown[0], shown[-1]))


def _always() -> bool:
    return True


_RULES: dict[re.Pattern[str], Callable[..., bool]] = {
    _DOSSIER: _is_told_of,
    re.compile(r"/[^/]+/pair/([^/]+)/([^/]+)"): _have_to_do,
    re.compile(r"/([^/]+)/group/(\d{1,18})"): _is_told_in,
    re.compile(r"/[^/]+/(topic|source)/([^/]+)"): _is_named,
    re.compile(r"/[^/]+/(section)/([^/]+)/about"): _is_named,
    re.compile(r"/([^/]+)/calendar/(\d{4})-(\d\d)"): _is_planned,
    re.compile(r"/[^/]+/(?:(?:who|places|topics|sources)/|claims)"): _always,
}
ANSWERED = (
    PageKind(name="dossiers", touched=_dossiers, standing=_all_dossiers),
    PageKind(name="pairs", touched=_pairs, standing=_all_pairs),
    PageKind(name="event groups", touched=_groups, standing=_all_groups),
    PageKind(name="topics, sources and what sections are about", touched=_shelves, standing=_all_shelves),
    PageKind(name="lists and claims", touched=_lists, standing=_all_lists),
    PageKind(name="months of plans", touched=_plans, standing=_all_plans),
)
