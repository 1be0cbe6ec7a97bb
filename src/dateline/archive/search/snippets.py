"""The words of a story around what was looked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

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
    spoken = text.split()
    lit = _lit(list(map(_words, spoken)), sought)
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


def _lit(folded: Sequence[tuple[str, ...]], sought: Sequence[Term]) -> dict[int, int]:
    """Return which spoken words match, and the number of the term they match."""
    held = frozenset(chain.from_iterable(folded))
    terms = [(number, term) for number, term in enumerate(sought) if _may_stand(term, held)]
    if not terms:
        return {}
    lit: dict[int, int] = {}
    words = list(chain.from_iterable(folded))
    places = [at for at, some in enumerate(folded) for _ in some]
    for number, term in terms:
        length = len(term.words)
        for start in _starts(term, words):
            found = tuple(words[start : start + length])
            if found == term.words or (term.is_prefix and _begins(found, term.words)):
                lit.update((places[at], number) for at in range(start, start + length))
    return lit


def _may_stand(term: Term, held: frozenset[str]) -> bool:
    whole = term.words[:-1] if term.is_prefix else term.words
    return held.issuperset(whole) and (not term.is_prefix or any(word.startswith(term.words[-1]) for word in held))


def _starts(term: Term, words: Sequence[str]) -> list[int]:
    """Return where the first word of a term stands."""
    first = term.words[0]
    if term.is_prefix and len(term.words) == 1:
        return [at for at, word in enumerate(words) if word.startswith(first)]
    return [at for at, word in enumerate(words) if word == first]


def _begins(found: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return len(found) == len(words) and found[:-1] == words[:-1] and found[-1].startswith(words[-1])


def _densest(lit: dict[int, int]) -> int:
    """Return the first matched word of the stretch that holds the most different terms."""
    reach = _SHOWN - _BEFORE
    terms = {at: {number for each, number in lit.items() if 0 <= each - at < reach} for at in lit}
    return max(terms, key=lambda at: (len(terms[at]), -at))
