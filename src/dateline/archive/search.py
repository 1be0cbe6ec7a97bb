"""Full-text search over published stories, changed in the same transaction as the story.

SQLite's FTS5 or PostgreSQL's tsvector; both hold the same words, cut and folded by us (see ``text.folding``), so
that case, accents and the variants of Arabic-script letters and digits do not matter, and both find the same.
Cost of a query grows with the number of stories that hold its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from dateline.archive.models import Record, Sighting, Version
from dateline.text.folding import fold

MOST = 500
_TERM = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w+")
# PostgreSQL's own limits: places a word may have, the last place there is, a word's and an entry's bytes.
_MOST_PLACES, _LAST_PLACE, _LONGEST_WORD, _LARGEST = 255, 16383, 200, 900_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A story found, with words around the first match: (text, matched?) pairs in reading order."""

    record: Record
    snippet: tuple[tuple[str, bool], ...]


def index(record: Record, story_text: str) -> None:
    """Put a record into the index, or replace what is there."""
    unindex(record)
    sightings = Sighting.objects.filter(record=record).select_related("source")
    names = {record.credit, *(sighting.source.name for sighting in sightings)}
    codes = {str(record.code), *(sighting.foreign_code for sighting in sightings)}
    fields = [fold(record.headline), fold(story_text), fold(" ".join(names)), fold(" ".join(codes))]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "INSERT INTO archive_search (rowid, headline, body, names, codes) VALUES (%s, %s, %s, %s, %s)",
                [record.pk, *fields],
            )
        else:
            cursor.execute(
                "INSERT INTO archive_search (rowid, words) VALUES (%s, %s::tsvector)",
                [record.pk, _tsvector(zip("BDCA", fields, strict=True))],
            )


def unindex(record: Record) -> None:
    """Take a record out of the index."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM archive_search WHERE rowid = %s", [record.pk])


def search(query: str, *, language: str | None = None, most: int = MOST) -> list[Hit]:
    """Return the published stories that hold every word and "phrase" of ``query``, best first.

    No query is an error: what is no word is passed over, and an empty query finds nothing.
    """
    terms = list(terms_of(query))
    if not terms:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT rowid FROM archive_search WHERE archive_search MATCH %s"
                " ORDER BY bm25(archive_search, 8.0, 1.0, 4.0, 10.0), rowid DESC LIMIT %s",
                [" AND ".join('"' + " ".join(words) + '"' for words in terms), most],
            )
        else:
            cursor.execute(
                "SELECT rowid FROM archive_search, CAST(%s AS tsquery) AS asked WHERE words @@ asked"
                " ORDER BY ts_rank('{0.1, 0.4, 0.8, 1.0}', words, asked, 1) DESC, rowid DESC LIMIT %s",
                [" & ".join("(" + " <-> ".join(map(_lexeme, words)) + ")" for words in terms), most],
            )
        order = {pk: place for place, (pk,) in enumerate(cursor.fetchall())}
    found = Record.objects.published().filter(pk__in=order).select_related("current")
    if language:
        found = found.in_language(language)
    return [Hit(record=record, snippet=_snippet(record, terms)) for record in sorted(found, key=lambda r: order[r.pk])]


def _tsvector(fields: Iterable[tuple[str, str]]) -> str:
    """Return PostgreSQL's notation of an entry: each word with its places, each place with its field's weight."""
    places: dict[str, list[str]] = {}
    place = 0
    for weight, text in fields:
        for word in _WORD.findall(text):
            place += 1
            known = places.setdefault(_lexeme(word), [])
            if place <= _LAST_PLACE and len(known) < _MOST_PLACES:
                known.append(f"{place}{weight}")
        place += 1  # no phrase reaches from one field into the next
    entry, size = [], 0
    for word, known in places.items():
        size += len(word.encode()) + 4 * len(known)
        if size > _LARGEST:
            break
        entry.append(f"{word}:{','.join(known)}" if known else word)
    return " ".join(entry)


def _lexeme(word: str) -> str:
    return f"'{word[:_LONGEST_WORD]}'"


def terms_of(query: str) -> Iterator[Sequence[str]]:
    """Yield the terms of a query, each a run of folded words."""
    for phrase, word in _TERM.findall(query):
        words = _WORD.findall(fold(phrase or word))
        if words:
            yield words


def _snippet(record: Record, terms: list[Sequence[str]], *, around: int = 14) -> tuple[tuple[str, bool], ...]:
    version: Version | None = record.current
    text = version.as_story().text if version else ""
    wanted = {word for words in terms for word in words}
    words = [(match.group(), _is(match.group(), wanted)) for match in re.finditer(r"\S+", text)]
    first = next((place for place, (_, hit) in enumerate(words) if hit), 0)
    shown = words[max(0, first - around) : first + 2 * around]
    pieces: list[tuple[str, bool]] = [("… ", False)] if first > around else []
    for word, hit in shown:
        pieces += [(word, hit), (" ", False)]
    return tuple(pieces)


def _is(word: str, wanted: set[str]) -> bool:
    return any(part in wanted for part in _WORD.findall(fold(word)))
