"""Sources: who a cue's words belong to, by the parse, also where the parse lost the subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.reading.extents import children_behind, end_of, group_start
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "csubj"})
_TELLING = frozenset({"relcl", "acl", "advcl"})
_APART = frozenset({",", "—", "–", "-", "--", "(", ":", ";"})
_BREAKS = frozenset({"-", "–", "—", "--"})
# "ORLANDO, Fla. (Reuters) - The president said": the dateline is no part of whoever speaks.
_DATELINE = re.compile(r"[^\n]{0,60}?(?:\([A-Z][\w .,]{1,20}\)|[A-Z]{3,}[\w ,.]{0,30})\s+(?:-|–|—|--)\s+")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the head of the phrase, and the phrase."""

    head: Token
    span: Span


def source_of(verb: Token) -> Voice | None:
    """Return the source of a verb in the active: its subject, or what the parse should have taken for it."""
    head = subject_of(verb)
    if head is not None:
        # "No group claimed it": nobody says so.
        nobody = head.left_edge.lower_ == "no" or head.lower_ in ("nobody", "none")
        return None if nobody else phrase_as_source(head, verb)
    return _lost(verb)


def phrase_as_source(head: Token, cue: Token) -> Voice:
    """Return a source: its noun phrase with appositions, not what is only told about it behind a comma.

    An apposition between two commas brings its second comma ("Ann Lee, a broker, said").
    """
    doc, first, last = head.doc, head.left_edge, head.right_edge
    apposed = False
    for child in children_behind(head):
        edge = child.left_edge
        behind_comma = edge.i > 0 and doc[edge.i - 1].text in _APART
        holds_cue = edge.i <= cue.i <= child.right_edge.i
        if holds_cue or (child.dep_ in _TELLING and behind_comma):
            last = doc[max(head.i, edge.i - 1)]
            break
        apposed = apposed or (child.dep_ == "appos" and behind_comma)
    while last.i > head.i and (last.text in _APART or last.text.isspace()):
        last = doc[last.i - 1]
    while (
        first.i < head.i and (first.text in _APART or first.dep_ == "cc" or first.text.isspace()) and first.text != "("
    ):
        first = doc[first.i + 1]
    dateline = _DATELINE.match(doc[first.i : head.i].text_with_ws) if first.is_sent_start and first.i < head.i else None
    if apposed and last.i < cue.i and last.i + 1 < len(doc) and doc[last.i + 1].text == ",":
        last = doc[last.i + 1]
    return Voice(head, Span(first.idx + (dateline.end() if dateline else 0), end_of(last)))


def subject_of(verb: Token) -> Token | None:
    """Return the head of the verb's subject, borrowed from the verb it hangs on where it has none."""
    subjects = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if subjects:
        # What stands before may be taken for a subject, too: “Oslo. Or Bergen,” Lee said; "OSLO (AP) - Lee said".
        apart = any(token.is_quote or token.text in _BREAKS for token in verb.doc[subjects[0].i : subjects[-1].i])
        return subjects[-1] if apart or subjects[-1].left_edge.i == verb.i + 1 else subjects[0]
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.dep_ == "dobj":
        return subject_of(verb.head.head) or verb.head
    if verb.dep_ in ("conj", "advcl", "xcomp", "pcomp", "prep", "dep") and verb.head is not verb:
        return _borrowed(verb)
    if verb.dep_ != "acl" or not (verb.tag_ == "VBG" or any(child.dep_ == "ccomp" for child in verb.children)):
        return None
    # "X, the ambassador, denied that …" is often parsed as if "denied" described the ambassador.
    head = verb.head
    while head.dep_ == "appos" and verb.tag_ != "VBG":
        head = head.head
    return head


def _borrowed(verb: Token) -> Token | None:
    head = verb.head
    while head.dep_ in ("prep", "pobj", "dobj", "acomp", "attr") and not head.tag_.startswith("VB"):
        head = head.head
    if not head.tag_.startswith("VB") or head.i == verb.i:
        return None
    whom = next((child for child in head.children if child.dep_ == "dobj" and child.i < verb.i), None)
    if verb.dep_ == "xcomp" and whom is not None:
        return whom
    return subject_of(head) or next((child for child in head.children if child.dep_ == "nsubjpass"), None)


def agent_of(verb: Token) -> Voice | None:
    """Return who does what a passive tells ("was accused by Oslo")."""
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    head = next((child for child in by.children if child.dep_ == "pobj"), None) if by is not None else None
    return phrase_as_source(head, verb) if head is not None else None


def _lost(verb: Token) -> Voice | None:
    """Return the source of a finite verb whose subject the parser gave to a clause beside it.

    "Voters interviewed in Oslo said that …", "…, said Ann Lee, who served in Oslo yet lives in Rome."
    """
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    first = group_start(verb)
    clauses = [child for child in verb.children if child.dep_ in ("ccomp", "advcl", "csubj")]
    if verb.dep_ in ("ccomp", "advcl") and verb.head.i < verb.i and verb.head.tag_ in ("VBD", "VBN", "VBG"):
        clauses.append(verb.head)
    for clause in clauses:
        subject = next((child for child in clause.children if child.dep_ in _SUBJECTS), None)
        if subject is None:
            continue
        if clause.i < verb.i and subject.left_edge.is_sent_start and first.i > clause.i:
            return Voice(subject, Span(subject.left_edge.idx, end_of(_before(first))))
        if clause.i > verb.i and subject.left_edge.i == verb.i + 1 and len(clauses) > 1:
            return phrase_as_source(subject, verb)
    before = _before(first)
    if before.tag_[:2] in ("NN", "PR") and before.sent == verb.sent and before.i < first.i:
        return phrase_as_source(before, verb)
    return None


def _before(first: Token) -> Token:
    return first.doc[max(0, first.i - 1)]
