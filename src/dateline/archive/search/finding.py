"""Asking the index: what a page, a feed, an export and an alert of a query are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import starmap
from typing import Literal

from dateline.archive.models import Record
from dateline.archive.search import vocabulary
from dateline.archive.search.doubting import doubted
from dateline.archive.search.forms import expanded
from dateline.archive.search.keys import day_of, pk_of
from dateline.archive.search.matching import Asked, asked
from dateline.archive.search.ranking import Contender, ranked
from dateline.archive.search.scanning import holds, newest, rows
from dateline.archive.search.snippets import Snippet, snippet, sought_by
from dateline.archive.search.spelling import suggestion
from dateline.text.queries import Field, Gloss, Part, Query, parts_of, together
from dateline.text.query_reader import read_query

Order = Literal["relevance", "date"]
# How many stories, the newest, are ranked and counted where a query finds more.
CANDIDATES = 1_000
COUNTED = ("source", "section", "lang", "year", "person", "org", "place", "event", "actor", "said", "topic", "is")
_VALUES = 12
_FEW = 3
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A story found, with words around the first match: (text, matched?) pairs in reading order."""

    record: Record
    snippet: Snippet


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value that stories found have. ``field`` narrows a query to it; ``label`` is "" where the value says it."""

    field: Field
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The values of one field, most frequent first; years in their order."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a query finds.

    ``is_capped`` says that the newest CANDIDATES, or LOOKED_AT (see ``scanning``), were looked at and no more: there
    may be more than ``total``, and order of relevance and facets are theirs. ``back_to`` is the day it looked back to
    where it ended by LOOKED_AT; newest first goes on from there. ``next`` is the cursor of the next hits.
    """

    query: Query
    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_capped: bool = False
    back_to: date | None = None
    facets: tuple[Facet, ...] = ()
    next: str | None = None
    explained: tuple[Gloss, ...] = ()
    suggestion: Query | None = None


def find(
    query: Query | str,
    *,
    language: str | None = None,
    order: Order = "relevance",
    after: str | None = None,
    most: int = 25,
    with_facets: bool = True,
) -> Found:
    """Return the published stories that a query asks for, the first ``most`` after the cursor ``after``.

    They are in ``language``, unless the query names another.

    No query is an error: one that asks for nothing finds nothing. A cursor that is none of ours is taken for none.
    """
    query = read_query(query) if isinstance(query, str) else query
    glosses = list(query.glosses)
    index_query = _asked(query, language, glosses)
    if index_query is None or query.part is None:
        return Found(query=query, explained=tuple(glosses))
    known, reached = newest(index_query, most=max(CANDIDATES, most) + 1)
    is_capped = len(known) > CANDIDATES or reached is not None
    keys = known[:CANDIDATES]
    candidates = _candidates(keys, whole=order == "relevance") if order == "relevance" or with_facets else []
    if order == "relevance":
        start = _number(after)
        listed = ranked(query.part, candidates)
        shown, rest = listed[start : start + most], listed[start + most :]
        following = str(start + most) if rest else None
    else:
        before = _number(after)
        if before:
            known, reached = newest(index_query, most=most + 1, before=before)
        shown = known[:most]
        following = str(shown[-1]) if len(known) > most else str(reached) if reached else None
    few = len(keys) < _FEW and not after
    return Found(
        query=query,
        hits=_hits(shown, query.part),
        total=len(keys),
        is_capped=is_capped,
        back_to=day_of(reached) if reached else None,
        facets=_facets(candidates, query) if with_facets else (),
        next=following,
        explained=tuple(doubted(glosses, _exists) if few else glosses),
        suggestion=suggestion(query, _exists) if few else None,
    )


def stream(query: Query | str, *, language: str | None = None, with_readings: bool = False) -> Iterator[Record]:
    """Yield every published story that a query asks for, newest first, with its current version."""
    query = read_query(query) if isinstance(query, str) else query
    index_query = _asked(query, language, [])
    if index_query is None:
        return
    ask = partial(newest, index_query, most=_AT_ONCE, is_bounded=False)
    keys, _ = ask()
    while keys:
        yield from _records(keys, with_readings=with_readings)
        keys, _ = ask(before=keys[-1]) if len(keys) == _AT_ONCE else ([], None)


def newest_of(query: Query | str, *, language: str | None = None, most: int) -> list[int]:
    """Return the row ids of the newest stories that a query asks for, without reading them."""
    query = read_query(query) if isinstance(query, str) else query
    index_query = _asked(query, language, [])
    return [pk_of(key) for key in newest(index_query, most=most)[0]] if index_query else []


def matches(query: Query | str, record: Record) -> bool:
    """Tell whether a query finds this record, as it stands in the index."""
    query = read_query(query) if isinstance(query, str) else query
    shelf = Record.objects.filter(pk=record.pk).values_list("shelf", flat=True).first()
    index_query = _asked(query, None, [])
    return shelf is not None and index_query is not None and holds(index_query, shelf)


def _asked(query: Query, language: str | None, glosses: list[Gloss]) -> Asked | None:
    if query.part is None:
        return None
    parts = list(parts_of(query.part))
    if language and not any(isinstance(part, Field) and part.name == "lang" for part in parts):
        parts.append(Field(name="lang", words=(language,)))
    part = together(parts)
    return asked(expanded(part, glosses)) if part else None


def _exists(part: Part) -> int:
    return len(newest(asked(part), most=100)[0])


def _number(cursor: str | None) -> int:
    return int(cursor) if cursor and cursor.isascii() and cursor.isdigit() and len(cursor) < 20 else 0


def _candidates(keys: Sequence[int], *, whole: bool) -> list[Contender]:
    return list(starmap(Contender, rows(keys, "headline, body, facets, parts" if whole else "'', '', facets, ''")))


def _records(keys: Sequence[int], *, with_readings: bool = False) -> list[Record]:
    """Return the published records of these keys, in their order."""
    wanted = Record.objects.published().with_current()
    wanted = wanted if with_readings else wanted.defer("current__reading")
    found = wanted.in_bulk([pk_of(key) for key in keys])
    return [found[pk_of(key)] for key in keys if pk_of(key) in found]


def _hits(keys: Sequence[int], part: Part) -> tuple[Hit, ...]:
    sought = sought_by(part)
    return tuple(
        Hit(record=record, snippet=snippet(record.current.story["text"] if record.current else "", sought))
        for record in _records(keys)
    )


def _facets(candidates: Sequence[Contender], query: Query) -> tuple[Facet, ...]:
    counted = Counter(" ".join(candidate.facets for candidate in candidates).split())
    asked_for = {part.token for part in parts_of(query.part) if isinstance(part, Field)}
    by_field: dict[str, list[tuple[str, int]]] = {}
    for each, count in counted.most_common():
        by_field.setdefault(each.split("_", 2)[1], []).append((each, count))
    kept = {name: by_field[name][: None if name == "year" else _VALUES] for name in COUNTED if name in by_field}
    labels = vocabulary.among(each for values in kept.values() for each, _ in values)
    return tuple(
        Facet(
            name=name,
            values=tuple(
                FacetValue(
                    field=Field(name=name, words=tuple(each.split("_")[2:])),
                    label=labels.get(each, ""),
                    count=count,
                    is_on=each in asked_for,
                )
                for each, count in (sorted(values) if name == "year" else values)
            ),
        )
        for name, values in kept.items()
    )
