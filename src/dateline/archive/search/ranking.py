"""The order of relevance: BM25's saturation and length, worked out here, on the candidates alone.

FTS5's own bm25() counts every story that holds a word before it ranks the first; PostgreSQL's ts_rank knows neither
length nor rarity. On the candidates both databases rank alike, and in bounded time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.archive.search.forms import forms
from dateline.text.queries import Part, terms_of, token

_SATURATION, _BY_LENGTH = 1.2, 0.75  # BM25's customary k1 and b
_HEADLINE = 2.0  # a word in the headline, against the most it can count in the text
_CODE = 100.0  # a story's own code leads to it, whatever else holds the number
_MOST_FORMS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A story that may be shown: its words, apart by spaces, and its counted tokens."""

    key: int
    headline: str
    body: str
    facets: str
    parts: str


def ranked(part: Part, candidates: Sequence[Contender]) -> list[int]:
    """Return the candidates' keys, best first; of equals the newest first."""
    sought = _sought(part)
    codes = [token("code", term.words) for term in terms_of(part) if len(term.words) == 1]
    lengths = [len(each.body) for each in candidates]
    middle = max(1.0, sum(lengths) / max(1, len(lengths)))
    scores = dict.fromkeys((each.key for each in candidates), 0.0)
    for ways in sought:
        told = [_count(ways, each) for each in candidates]
        holding = sum(1 for body, head in told if body or head)
        weight = math.log1p(len(candidates) / holding) if holding else 0.0
        for each, length, (body, head) in zip(candidates, lengths, told, strict=True):
            saturation = _SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * length / middle)
            scores[each.key] += weight * (body / (body + saturation) + (_HEADLINE if head else 0.0))
    for each in candidates:
        if codes and not set(codes).isdisjoint(each.parts.split()):
            scores[each.key] += _CODE
    return sorted(scores, key=lambda key: (-scores[key], -key))


def _count(ways: Sequence[str], candidate: Contender) -> tuple[int, bool]:
    body, headline = f" {candidate.body} ", f" {candidate.headline} "
    return sum(body.count(way) for way in ways), any(way in headline for way in ways)


def _sought(part: Part) -> list[tuple[str, ...]]:
    """Return for each term the texts that count for it, a space at each end that is a word's end."""
    told: dict[tuple[str, ...], None] = {}
    for term in terms_of(part):
        listed = forms(term)[:_MOST_FORMS] if term.is_stem else [term]
        told[tuple(f" {' '.join(each.words)}{'' if each.is_prefix else ' '}" for each in listed)] = None
    return list(told)
