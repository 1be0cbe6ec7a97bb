"""The forms that the words of a query are looked for in: what begins so, what has the same stem.

From the vocabulary, when the query is asked: the index needs no second copy of its words, and an OR over whole words is
read newest first, as far as needed, where the index's own prefix search gathers every story there is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from math import isqrt
from typing import Any

from django.db import connection

from dateline.archive.search import vocabulary
from dateline.text.queries import All, Either, Gloss, Near, Not, Part, Term, write

# For all words of a query together: each form is a list to be read.
MOST_FORMS = 300
_MOST_LOOKED_AT = 1_500
_STEMS = (("russian", re.compile("[а-я]+")), ("english", re.compile("[a-z]+")))


def expanded(part: Part, glosses: list[Gloss]) -> Part:
    """Return the part with each word that stands for several replaced by those; what was cut short is glossed."""
    marks = write(part)
    return _expanded(part, glosses, MOST_FORMS // max(1, marks.count("*") + marks.count("~")))


def _expanded(part: Part, glosses: list[Gloss], most: int) -> Part:
    if isinstance(part, Term):
        return _either(part, glosses, most)
    if isinstance(part, Near):
        return _near(part, glosses, most)
    if isinstance(part, Not):
        return Not(part=_expanded(part.part, glosses, most))
    if isinstance(part, All):
        return All(parts=tuple(_expanded(each, glosses, most) for each in part.parts))
    if isinstance(part, Either):
        return Either(parts=tuple(_expanded(each, glosses, most) for each in part.parts))
    return part


def forms(term: Term) -> list[Term]:
    """Return the terms that a term stands for, itself where it stands for itself; at most one more than MOST_FORMS."""
    if term.is_stem:
        ways = [_same_stem(word) for word in term.words]
        if len(ways) == 1:
            return [replace(term, words=(word,), is_stem=False) for word in ways[0]]
        # A phrase varies one word at a time: all combinations would be too many.
        varied = {(*term.words[:at], word, *term.words[at + 1 :]) for at, each in enumerate(ways) for word in each}
        return [replace(term, words=words, is_stem=False) for words in sorted(varied)]
    last = term.words[-1]
    # PostgreSQL's index has a way of its own, and looks at each form of an OR for each story.
    if not term.is_prefix or not vocabulary.is_kept(last) or connection.vendor != "sqlite":
        return [term]
    found = vocabulary.beginning_with(last, most=MOST_FORMS + 1)
    return [replace(term, words=(*term.words[:-1], word), is_prefix=False) for word in found or [last]]


def _either(term: Term, glosses: list[Gloss], most: int) -> Part:
    found = forms(term)
    if len(found) > most:
        glosses.append(Gloss(said=write(term), outcome="forms-cut"))
        found = found[:most]
    elif term.is_stem and not any(_language(word) for word in term.words):
        glosses.append(Gloss(said=write(term), outcome="no-forms"))
    return found[0] if len(found) == 1 else Either(parts=tuple(found))


def _near(near: Near, glosses: list[Gloss], most: int) -> Part:
    ones, others = forms(near.one), forms(near.other)
    if len(ones) * len(others) > most:
        glosses.append(Gloss(said=write(near), outcome="forms-cut"))
        ones, others = ones[: isqrt(most)], others[: isqrt(most)]
    pairs = [Near(one=one, other=other, gap=near.gap) for one in ones for other in others]
    return pairs[0] if len(pairs) == 1 else Either(parts=tuple(pairs))


def _same_stem(word: str) -> list[str]:
    """Return the indexed words with the stem of ``word``, itself among them."""
    language = _language(word)
    if language is None:
        return [word]
    stem = _stem(language, word)
    # "studies" has the stem "studi", "study" too: all but the last letter of a stem stands in each of its forms.
    opening = stem[:-1] if len(stem) > vocabulary.SHORTEST else stem
    listed = vocabulary.beginning_with(opening, most=_MOST_LOOKED_AT)
    same = {each for each in listed if _language(each) == language and _stem(language, each) == stem}
    return sorted(same | {word})[:MOST_FORMS]


def _language(word: str) -> str | None:
    return next((name for name, letters in _STEMS if letters.fullmatch(word)), None)


@lru_cache(maxsize=100_000)  # pure Python: 20 µs a word, and a query asks for the same ones three times
def _stem(language: str, word: str) -> str:
    return str(_stemmer(language).stemWord(word))


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(language)
