"""The words of the index, each once, and the labels of its tokens.

A set that only grows, kept in the index's own transaction: a word that no story holds any more finds nothing, and
costs nothing. It tells which words begin so or have this stem, and what a mistyped word may mean.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from dateline.archive.search.entries import IndexEntry

SHORTEST, _LONGEST = 4, 60
_AT_ONCE, _ALL = 400, 1 << 62


def learn(entries: Iterable[IndexEntry]) -> None:
    """Keep the words and labels of entries."""
    known: dict[str, str] = {}
    for entry in entries:
        for text in (entry.headline, entry.body, entry.names):
            known.update(dict.fromkeys(text.split(), ""))
        known.update(entry.labels)
    # In one order, so that two writers who learn the same words wait for each other and never in a ring.
    rows = sorted((word, label[:200]) for word, label in known.items() if is_kept(word))
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO archive_word (word, label) VALUES (%s, %s) ON CONFLICT DO NOTHING", rows)


def is_kept(word: str) -> bool:
    """Tell whether the vocabulary keeps such a word: numbers and very short words it does not."""
    return word[0] == "_" or (SHORTEST <= len(word) <= _LONGEST and not word[0].isdigit())


def beginning_with(prefix: str, *, most: int, shortest: int = 0, longest: int = _LONGEST) -> list[str]:
    """Return words that begin so and have so many letters, shortest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM archive_word WHERE word >= %s AND word < %s AND length(word) BETWEEN %s AND %s"
            " ORDER BY length(word), word LIMIT %s",
            [prefix, prefix + "\U0010ffff", shortest, longest, most],
        )
        return [word for (word,) in cursor.fetchall()]


def tokens(start: str, *, most: int = _ALL) -> list[str]:
    """Return the first tokens, by their letters, that begin so and have a label."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM archive_word WHERE word >= %s AND word < %s AND label <> '' ORDER BY word LIMIT %s",
            [start, start + "\U0010ffff", most],
        )
        return [word for (word,) in cursor.fetchall()]


def among(words: Iterable[str]) -> dict[str, str]:
    """Return those of these words and tokens that are known, with their labels."""
    asked = sorted(set(words))
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(asked), _AT_ONCE):
            part = asked[start : start + _AT_ONCE]
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(f"SELECT word, label FROM archive_word WHERE word IN ({marks})", part)  # noqa: S608
            found.update(cursor.fetchall())
    return found
