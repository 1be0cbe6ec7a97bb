"""Where a source, a cue and what is said begin and end, by the parse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.reading.cuewords import listed
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_HELPERS = frozenset({"aux", "auxpass", "neg", "advmod"})
_EDGES = frozenset({",", ".", ":", ";", "-", "–", "—", "--", "(", "...", "…"})
_DASHES = frozenset({"—", "–", "--"})
_ASIDES = frozenset({"relcl", "appos", "acl", "advcl"})


def end_of(token: Token) -> int:
    return token.idx + len(token.text)


def child_of(token: Token, *deps: str) -> Token | None:
    """Return the first child that hangs on a word in one of some ways."""
    return next((child for child in token.children if child.dep_ in deps), None)


def children_behind(token: Token) -> Iterator[Token]:
    return (child for child in token.children if child.i > token.i)


def inner_of(preposition: Token) -> Token | None:
    """Return what a word of relation leads to."""
    return next((child for child in children_behind(preposition) if child.dep_ in ("pobj", "pcomp")), None)


def stretch(first: Token, last: Token) -> Span | None:
    """Return what stands from one word to another, without the commas, dashes and the full stop at its edges."""
    doc, start, end = first.doc, first.i, _without_aside(first, last).i
    while start <= end and (doc[start].text in _EDGES or doc[start].is_space):
        start += 1
    while end >= start and (doc[end].text in _EDGES or doc[end].is_space):
        end -= 1
    return Span(doc[start].idx, end_of(doc[end])) if end >= start else None


def whole(head: Token | None) -> Span | None:
    """Return a phrase with all that hangs on it."""
    return stretch(head.left_edge, head.right_edge) if head is not None else None


def _without_aside(first: Token, last: Token) -> Token:
    """Cut off a relative clause or a result behind a comma, and what a dash adds: the paper tells that itself."""
    step = last
    while step.i > first.i:
        edge = step.left_edge.i
        other = step.dep_ == "prep" and step.lower_ == "according"  # What somebody else says, the claim and all.
        if edge - 2 > first.i and (other or step.dep_ in _ASIDES):
            before = first.doc[edge - 1].text
            told = other or step.dep_ == "relcl" or step.lower_ in listed("words", "results")
            if before in _DASHES or (before == "," and told):
                return first.doc[edge - 2]
        if step.head.i == step.i or step.right_edge.i < last.i - 1:
            break
        step = step.head
    return last


def group_start(verb: Token) -> Token:
    """Return the first word of a verb group: its auxiliaries, negation and the adverbs among them."""
    first = verb
    links = listed("words", "links")
    while first.i > 0:
        before = verb.doc[first.i - 1]
        if before.head != verb or before.dep_ not in _HELPERS or before.tag_ == "WRB" or before.lower_ in links:
            break
        first = before
    return first
