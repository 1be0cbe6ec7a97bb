"""Where a source, a cue and what is said begin and end, by the parse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_HELPERS = frozenset({"aux", "auxpass", "neg", "advmod"})
_CLOSERS = frozenset({",", ".", ":", ";", "-", "–", "—", "--", "(", "...", "…"})
_PERIODS = frozenset({",", ":", ";", "–", "—", "-", "--", "("})


def end_of(token: Token) -> int:
    return token.idx + len(token.text)


def stretch(first: Token, last: Token) -> Span | None:
    """Return what stands from one word to another, without the commas, dashes and the full stop at its edges."""
    doc, start, end = first.doc, first.i, last.i
    while start <= end and (doc[start].text in _CLOSERS or doc[start].text.isspace()):
        start += 1
    while end >= start and (doc[end].text in _CLOSERS or doc[end].text.isspace()):
        end -= 1
    return Span(doc[start].idx, end_of(doc[end])) if end >= start else None


def whole(head: Token) -> Span | None:
    """Return a phrase with all that hangs on it."""
    return stretch(head.left_edge, head.right_edge)


def source_of(head: Token, cue: Token) -> Span:
    """Return a source: its noun phrase with appositions, not what is only told about it behind a comma.

    An apposition between two commas brings its second comma ("Ann Lee, a broker, said").
    """
    doc, first, last = head.doc, head.left_edge, head.right_edge
    apposed = False
    for child in head.children:
        if child.i < head.i:
            continue
        edge = child.left_edge
        behind_comma = edge.i > 0 and doc[edge.i - 1].text in (",", "—", "–", "-", "--", "(")
        told = child.dep_ in ("relcl", "acl", "advcl") and (behind_comma or edge.i <= cue.i <= child.right_edge.i)
        if told or (child.dep_ not in ("punct", "appos") and edge.i <= cue.i <= child.right_edge.i):
            last = doc[edge.i - 1]
            break
        apposed = apposed or (child.dep_ == "appos" and behind_comma)
    while last.i > head.i and (last.text in _PERIODS or last.text.isspace() or last.is_quote):
        last = doc[last.i - 1]
    while first.i < head.i and (first.is_punct or first.dep_ == "cc" or first.text.isspace()) and not first.is_left_punct:
        first = doc[first.i + 1]
    if apposed and last.i + 1 < len(doc) and doc[last.i + 1].text == "," and last.i < cue.i:
        last = doc[last.i + 1]
    return Span(first.idx, end_of(last))


def group_start(verb: Token) -> Token:
    """Return the first word of a verb group: its auxiliaries, negation and the adverbs among them."""
    first = verb
    while first.i > 0:
        before = verb.doc[first.i - 1]
        if before.head != verb or before.dep_ not in _HELPERS or before.tag_ in ("WRB", "IN") or before.lower_ in _LINKS:
            break
        first = before
    return first


# These link a sentence to the one before it; they say nothing of how something is said.
_LINKS = frozenset({"then", "so", "however", "meanwhile", "instead", "further", "too", "thus", "therefore", "hence"})


def children_behind(verb: Token) -> Iterator[Token]:
    return (child for child in verb.children if child.i > verb.i)
