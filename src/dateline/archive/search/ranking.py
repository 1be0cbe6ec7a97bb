"""The order of relevance: BM25's saturation and length, worked out here, on the candidates alone.

FTS5's own bm25() counts every story that holds a word before it ranks the first; PostgreSQL's ts_rank knows neither
length nor rarity. On the candidates both databases rank alike, and in bounded time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from dateline.archive.search.forms import forms
from dateline.text.queries import Part, terms_of, token

_SATURATION, _BY_LENGTH = 1.2, 0.75  # BM25's customary k1 and b
_HEADLINE = 2.0  # a word in the headline, against the most it can count in the text
_CODE = 100.0  # a story's own code leads to it, whatever else holds the number
_MOST_FORMS = 12


class Contender(NamedTuple):
    """A story that may be shown: its words, apart by spaces, and its counted tokens."""

    key: int
    headline: str
    body: str
    facets: str
    parts: str


def ranked(part: Part, candidates: Sequence[Contender]) -> list[int]:
    """Return the candidates' keys, best first; of equals the newest first."""
    bodies = [f" {each.body} " for each in candidates]
    headlines = [f" {each.headline} " for each in candidates]
    middle = max(1.0, sum(map(len, bodies)) / max(1, len(bodies)) - 2)
    saturations = [_SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * (len(body) - 2) / middle) for body in bodies]
    scores = [0.0] * len(candidates)
    for ways in _sought(part):
        counts = _counts(ways, bodies)
        heads = _counts(ways, headlines)
        holding = sum(1 for count, head in zip(counts, heads, strict=True) if count or head)
        weight = math.log1p(len(candidates) / holding) if holding else 0.0
        for at, (count, head, saturation) in enumerate(zip(counts, heads, saturations, strict=True)):
            if count or head:
                scores[at] += weight * (count / (count + saturation) + (_HEADLINE if head else 0.0))
    codes = {f" {token('code', term.words)} " for term in terms_of(part) if len(term.words) == 1}
    all_parts = [f" {each.parts} " for each in candidates]
    held = "\n".join(all_parts)
    for code in codes:
        if code in held:
            scores = [score + _CODE * (code in parts) for score, parts in zip(scores, all_parts, strict=True)]
    listed = sorted((-score, -each.key) for score, each in zip(scores, candidates, strict=True))
    return [-key for _, key in listed]


def _counts(ways: Sequence[str], bodies: Sequence[str]) -> list[int]:
    """Return how often any of the ways stands in each body."""
    if len(ways) == 1:
        (way,) = ways
        return [body.count(way) for body in bodies]
    return [sum(map(body.count, ways)) for body in bodies]


def _sought(part: Part) -> list[tuple[str, ...]]:
    """Return for each term the texts that count for it, a space at each end that is a word's end."""
    told: dict[tuple[str, ...], None] = {}
    for term in terms_of(part):
        listed = forms(term)[:_MOST_FORMS] if term.is_stem else [term]
        told[tuple(f" {' '.join(each.words)}{'' if each.is_prefix else ' '}" for each in listed)] = None
    return list(told)
