"""Where a source, a cue and what is said begin and end, by the parse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.reading.cuewords import cue_words
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_HELPERS = frozenset({"aux", "auxpass", "neg", "advmod"})
_CLOSERS = frozenset({",", ".", ":", ";", "-", "–", "—", "--", "(", "...", "…"})


def end_of(token: Token) -> int:
    return token.idx + len(token.text)


def stretch(first: Token, last: Token) -> Span | None:
    """Return what stands from one word to another, without the commas, dashes and the full stop at its edges."""
    doc, start, end = first.doc, first.i, _without_aside(first, last).i
    while start <= end and (doc[start].text in _CLOSERS or doc[start].text.isspace()):
        start += 1
    while end >= start and (doc[end].text in _CLOSERS or doc[end].text.isspace()):
        end -= 1
    return Span(doc[start].idx, end_of(doc[end])) if end >= start else None


def _without_aside(first: Token, last: Token) -> Token:
    """Cut off a relative clause or a result behind a comma, and what a dash adds: the paper tells that itself."""
    doc = first.doc
    step = last
    while step.i > first.i:
        if step.left_edge.i > first.i and step.dep_ in ("relcl", "appos", "acl", "advcl"):
            before = doc[step.left_edge.i - 1]
            told = step.dep_ == "relcl" or step.lower_ in cue_words().lists["words"]["results"]
            if (before.text == "," and told) or before.text in ("—", "–", "--"):
                return doc[before.i - 1] if before.i - 1 > first.i else last
        if step.head.i == step.i or step.right_edge.i < last.i - 1:
            break
        step = step.head
    return last


def whole(head: Token) -> Span | None:
    """Return a phrase with all that hangs on it."""
    return stretch(head.left_edge, head.right_edge)


def group_start(verb: Token) -> Token:
    """Return the first word of a verb group: its auxiliaries, negation and the adverbs among them."""
    first = verb
    while first.i > 0:
        before = verb.doc[first.i - 1]
        if before.head != verb or before.dep_ not in _HELPERS or before.tag_ == "WRB" or before.lower_ in _LINKS:
            break
        first = before
    return first


# These link a sentence to the one before it; they say nothing of how something is said.
_LINKS = frozenset({"then", "so", "however", "meanwhile", "instead", "further", "too", "thus", "therefore", "hence"})


def children_behind(verb: Token) -> Iterator[Token]:
    return (child for child in verb.children if child.i > verb.i)
