"""Pairs: given two marked actors, the relation between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.reading.clauses import subject_of
from dateline.reading.deeds import QUADS, Deed, deeds, reason
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Relation:
    """What the first of two actors does to the second. ``type`` is None where the text tells nothing of the kind."""

    type: str | None
    quad: int
    why: str


def relation(doc: Doc, source: Span, target: Span) -> Relation:
    """Return what a text tells that ``source`` does to ``target``: the deed nearest to both in the parse."""
    first, second = _tokens(doc, source), _tokens(doc, target)
    # What is told in sentences that name neither says nothing of the two.
    sentences = {token.sent.start for token in (*first, *second)}
    found = [deed for deed in deeds(doc) if deed.word.sent.start in sentences]
    if not found or not first or not second:
        return Relation(None, 0, "no deed is told of the two")
    deed = min(found, key=lambda each: _cost(each, first, second))
    return Relation(deed.type, QUADS[deed.type], reason(deed))


def _tokens(doc: Doc, span: Span) -> list[Token]:
    return [token for token in doc if token.idx < span.end and token.idx + len(token.text) > span.start]


def _cost(deed: Deed, source: list[Token], target: list[Token]) -> tuple[float, int]:
    """Return how far a deed stands from both: steps in the parse, more where the source is not who does it."""
    inside = {token.i for token in (*source, *target)}
    cost = float(_steps(deed.word, source) + _steps(deed.core.word, target))
    subject = subject_of(deed.word) if deed.word.tag_.startswith("VB") else None
    if subject is not None and not any(token.i == subject.i for token in source):
        cost += 2
    if deed.word.i in inside:
        cost += 4
    if deed.word.sent.start != source[0].sent.start:
        cost += 5
    if deed.word.tag_.startswith("NN"):
        cost += 2
    return cost, deed.word.i


def _steps(word: Token, phrase: list[Token]) -> int:
    """Return the steps in the parse from a word to the nearest token of a phrase, 12 where no way leads there."""
    up = {word.i: 0}
    step, token = 0, word
    while token.head.i != token.i:
        token, step = token.head, step + 1
        up[token.i] = step
    best = 12
    for token in phrase:
        steps, at = 0, token
        while at.i not in up and at.head.i != at.i:
            at, steps = at.head, steps + 1
        if at.i in up:
            best = min(best, steps + up[at.i])
    return best
