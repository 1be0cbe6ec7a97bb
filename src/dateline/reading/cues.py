"""Cues: the verbs that give words to a speaker, with who speaks and what may be said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dateline.reading.forms import verb_forms
from dateline.reading.languages import words
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Stances whose object is what is claimed ("accuse Russia of …", "deny the charge"), where no clause follows.
OBJECT_IS_CONTENT = {"accuse", "deny", "reject", "promise", "threaten", "praise", "ask"}
_SUBJECTS = {"nsubj", "csubj"}
_OBJECTS = {"dobj", "prep", "xcomp", "dative", "oprd", "pcomp", "acomp", "agent"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue where it stands. ``subject`` is the head of its source, None when it has none of its own."""

    verb: Token
    stance: str
    weak: bool
    span: Span
    subject: Token | None


def cues(doc: Doc) -> Iterator[Cue]:
    """Yield the cue verbs of a text in order."""
    forms, weak = _forms(), _weak()
    for token in doc:
        if not token.tag_.startswith("VB"):
            continue
        known, last = None, token
        if token.i + 1 < len(doc):
            known = forms.get(f"{token.lower_} {doc[token.i + 1].lower_}")
            last = doc[token.i + 1] if known else token
        known = known or forms.get(token.lower_)
        if known is None or (token.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in token.children)):
            continue
        base, stance = known
        yield Cue(token, stance, base in weak, _cue_span(token, last), subject_of(token))


def subject_of(verb: Token) -> Token | None:
    """Return the head of the verb's subject, borrowed from the verb it hangs on where it has none."""
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
                return verb.head
            return child
    if verb.dep_ in ("conj", "advcl", "xcomp") and verb.head.tag_.startswith("VB") and verb.head is not verb:
        return subject_of(verb.head)
    if verb.dep_ != "acl" or not (verb.tag_ == "VBG" or any(child.dep_ == "ccomp" for child in verb.children)):
        return None
    # "X, the ambassador, denied that …" is often parsed as if "denied" described the ambassador.
    head = verb.head
    while head.dep_ == "appos" and verb.tag_ != "VBG":
        head = head.head
    return head


def complement_of(verb: Token) -> Span | None:
    """Return the clause that is said, from its "that" to its last word, without the source and the cue within it."""
    for child in verb.children:
        if child.dep_ == "ccomp" or (child.dep_ == "xcomp" and child.tag_ == "VB"):
            if child.i > verb.i:
                first = child.left_edge
                # "said only that …": the adverb is the paper's.
                if first.tag_ == "RB" and first.i + 1 < child.i and first.nbor().dep_ == "mark":
                    first = first.nbor()
                return Span(first.idx, _end(child.right_edge))
            edge = min(child.right_edge.i, verb.i - 1)
            return Span(child.left_edge.idx, _end(verb.doc[edge]))
    return None


def object_of(verb: Token) -> Span | None:
    """Return what stands behind the verb as its objects, up to the next clause."""
    objects = [child for child in verb.children if child.dep_ in _OBJECTS and child.i > verb.i]
    if not objects:
        # "a charge Moscow denies": the clause hangs on what it is about.
        return phrase_of(verb.head) if verb.dep_ == "relcl" else None
    return Span(objects[0].left_edge.idx, _end(objects[-1].right_edge))


def phrase_of(head: Token) -> Span:
    """Return the noun phrase of a head, without the relative clause that may follow it."""
    end = head.right_edge
    for child in head.children:
        if child.dep_ in ("relcl", "acl", "punct") and child.i > head.i:
            end = head.doc[child.left_edge.i - 1]
            break
    start = head.left_edge
    while end.i > start.i and end.tag_ in (",", ":", "``", "''", "-LRB-", "_SP"):
        end = head.doc[end.i - 1]
    while start.i < end.i and start.tag_ in (",", ":", "``", "''", "_SP", "CC"):
        start = head.doc[start.i + 1]
    return Span(start.idx, _end(end))


def _cue_span(verb: Token, last: Token) -> Span:
    start = verb
    for child in verb.children:
        if child.dep_ in ("aux", "neg") and verb.i - 3 <= child.i < start.i:
            start = child
    return Span(start.idx, _end(last))


def _end(token: Token) -> int:
    return token.idx + len(token.text)


@cache
def _weak() -> frozenset[str]:
    return frozenset((words("en", "cues") or {})["weak"]["verbs"])


@cache
def _forms() -> dict[str, tuple[str, str]]:
    """Return each form of each cue verb → (base form, stance)."""
    known = words("en", "cues") or {}
    forms: dict[str, tuple[str, str]] = {}
    for stance, verbs in known["stances"].items():
        for base in verbs:
            for form in verb_forms(base):
                forms.setdefault(form, (base, stance))
    return forms
