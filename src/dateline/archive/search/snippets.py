"""The words of a story around what was looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from dateline.archive.search.forms import forms
from dateline.text.queries import Part, Term, terms_of
from dateline.text.query_reader import words_of

Snippet = tuple[tuple[str, bool], ...]
_BEFORE, _SHOWN = 14, 42


def sought_by(part: Part | None) -> list[Term]:
    """Return the terms that snippets mark."""
    return [form for term in terms_of(part) for form in (forms(term) if term.is_stem else [term])]


def snippet(text: str, sought: Sequence[Term]) -> Snippet:
    """Return words around the densest match: (text, matched?) pairs in reading order; the opening where none is."""
    spoken = [match.group() for match in re.finditer(r"\S+", text)]
    folded = [(at, word) for at, said in enumerate(spoken) for word in _words(said)]
    lit = _lit(folded, sought)
    first = max(0, _densest(lit) - _BEFORE) if lit else 0
    pieces: list[tuple[str, bool]] = [("… ", False)] if first else []
    shown = spoken[first : first + _SHOWN]
    for at, said in enumerate(shown, start=first):
        pieces += [(said, at in lit), (" ", False)]
    if first + _SHOWN < len(spoken):
        pieces.append(("…", False))
    return tuple(pieces)


@lru_cache(maxsize=20_000)
def _words(said: str) -> tuple[str, ...]:
    return words_of(said)


def _lit(folded: Sequence[tuple[int, str]], sought: Sequence[Term]) -> dict[int, int]:
    """Return which spoken words match, and the number of the term they match."""
    lit: dict[int, int] = {}
    words = [word for _, word in folded]
    for number, term in enumerate(sought):
        length = len(term.words)
        for start, word in enumerate(words):
            if not (word == term.words[0] or (term.is_prefix and length == 1 and word.startswith(term.words[0]))):
                continue
            found = tuple(words[start : start + length])
            if found == term.words or (term.is_prefix and _begins(found, term.words)):
                lit.update((folded[at][0], number) for at in range(start, start + length))
    return lit


def _begins(found: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return len(found) == len(words) and found[:-1] == words[:-1] and found[-1].startswith(words[-1])


def _densest(lit: dict[int, int]) -> int:
    """Return the first matched word of the stretch that holds the most different terms."""
    reach = _SHOWN - _BEFORE
    terms = {at: {number for each, number in lit.items() if 0 <= each - at < reach} for at in lit}
    return max(terms, key=lambda at: (len(terms[at]), -at))
