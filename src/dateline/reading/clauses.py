"""Clauses: what a verb takes, who its subject is, and which sector of society a noun names by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.reading.lexicon import Lexicon, singular

if TYPE_CHECKING:
    from spacy.tokens import Token

_TAKES = frozenset({"dobj", "attr", "acomp", "oprd", "dative", "nsubjpass"})
_IN_TIME = frozenset({"DATE", "TIME"})
_WITHIN = frozenset({"of", "in", "on", "to", "for", "at", "as"})
# What stands behind these tells when or in spite of what, and is no part of the deed.
_ASIDE = frozenset({"after", "before", "during", "since", "amid", "following", "despite", "until", "because", "while"})


def reach(word: Token) -> dict[str, Token]:
    """Return what a verb takes: its particle and prepositions, the heads of its objects and what stands before them.

    A preposition counts behind the verb only, and not where it leads to a day ("called on Friday").
    """
    near: dict[str, Token] = {}
    for child in word.children:
        if child.dep_ == "prep" and (child.i < word.i or _in_time(child)):
            continue
        if child.dep_ in ("prt", "prep", "agent", "advmod"):
            near.setdefault(child.lower_, child)
            for thing in child.children:
                if thing.dep_ == "pobj" and child.lower_ not in _ASIDE:
                    _add(near, thing, 2)
                elif thing.dep_ in ("prep", "prt"):
                    near.setdefault(thing.lower_, thing)
                    for pobj in thing.children:
                        if pobj.dep_ == "pobj":
                            _add(near, pobj, 1)
        elif child.dep_ in _TAKES or (child.dep_ in ("ccomp", "xcomp") and child.tag_.startswith(("NN", "JJ"))):
            _add(near, child, 2)
        elif child.dep_ in ("xcomp", "advcl") and any(each.tag_ == "TO" for each in child.children):
            near.setdefault("to", child)  # the parse takes "called on Peru to go" for a purpose at times
            if child.dep_ == "xcomp":
                near.setdefault(child.lower_, child)
        elif child.dep_ == "ccomp" and child.tag_.startswith(("VB", "MD")):
            near.setdefault("whether" if _is_question(child) else "that", child)
            if child.i == word.i + 1:  # "let go"
                near.setdefault(child.lower_, child)
    if word.dep_ in ("relcl", "acl") and (word.tag_ == "VBN" or _asks_for_head(word)):
        _add(near, word.head, 0)
    return near


def takes_infinitive(verb: Token) -> bool:
    """Say whether "to do" hangs on a verb ("is to visit")."""
    return any(child.dep_ == "xcomp" and any(each.tag_ == "TO" for each in child.children) for child in verb.children)


def subject_of(verb: Token) -> Token | None:
    """Return the head of who does it: the subject, the agent of a passive, or that of the verb it hangs on."""
    passive = None
    for child in verb.children:
        if child.dep_ in ("nsubj", "csubj"):
            return verb.head if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else child
        if child.dep_ == "agent" or (child.lower_ == "by" and verb.tag_ == "VBN"):
            passive = next((thing for thing in child.children if thing.dep_ == "pobj"), None)
            if passive is not None:
                return passive
        if child.dep_ == "nsubjpass":
            passive = child
    if passive is not None:
        return _agent_of_object(verb)
    if verb.dep_ in ("conj", "advcl", "xcomp", "pcomp") and verb.head.i != verb.i:
        head = verb.head
        if verb.dep_ == "pcomp":
            head = head.head
        return subject_of(head) if head.tag_.startswith(("VB", "JJ")) else None
    if verb.dep_ == "acl" and verb.tag_ in ("VBG", "VB", "TO"):
        return verb.head
    if verb.dep_ == "acomp" and verb.head.i != verb.i:
        return subject_of(verb.head)
    return None


def _agent_of_object(verb: Token) -> Token | None:
    """Return the agent that the parse hangs on the object: "were denied visas by the ministry"."""
    for thing in verb.children:
        if thing.dep_ == "dobj":
            for child in thing.children:
                if child.lower_ == "by":
                    return next((each for each in child.children if each.dep_ == "pobj"), None)
    return None


def passive_subject_of(verb: Token) -> Token | None:
    """Return the subject of a passive that it shares with the verb before ("was flown out and held")."""
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    if not passive or verb.dep_ != "conj" or any(child.dep_ == "nsubjpass" for child in verb.children):
        return None
    return next((child for child in verb.head.children if child.dep_ in ("nsubj", "nsubjpass")), None)


def sector_of(noun: Token, known: Lexicon) -> str | None:
    """Return the PLOVER sector a noun names by itself ("rebels" → REB), of its compound where that says more."""
    form = noun.lower_
    if noun.i and (found := known.sectors.get(f"{noun.nbor(-1).lower_} {form}")):
        return found
    return known.sectors.get(form)


def _asks_for_head(verb: Token) -> bool:
    """Say whether a relative clause takes what it describes as its object ("the charge that Moscow denies")."""
    return any(child.dep_ == "dobj" and child.tag_.startswith("W") for child in verb.children)


def _is_question(clause: Token) -> bool:
    """Say whether a clause is asked: "whether Peru would come", "what Peru wanted"."""
    return any(each.lower_ in ("whether", "if") or each.tag_.startswith("W") for each in clause.children)


def _in_time(preposition: Token) -> bool:
    ends = [child for child in preposition.children if child.dep_ == "pobj"]
    return bool(ends) and ends[0].ent_type_ in _IN_TIME


def _add(near: dict[str, Token], noun: Token, depth: int) -> None:
    near.setdefault(singular(noun.lower_), noun)
    near.setdefault(noun.lower_, noun)
    for child in noun.children:
        if child.i < noun.i and child.dep_ in ("compound", "amod", "nmod", "npadvmod", "dep"):
            near.setdefault(singular(child.lower_), child)
            for part in child.children:  # "fact" in "fact-finding mission"
                near.setdefault(part.lower_, part)
        elif child.dep_ in ("conj", "appos"):
            _add(near, child, depth - 1) if depth > 0 else None
        elif child.dep_ == "prep" and child.lower_ in _WITHIN and depth > 0:
            if _in_time(child):
                continue
            near.setdefault(child.lower_, child)
            for thing in child.children:
                if thing.dep_ == "pobj":
                    _add(near, thing, depth - 1)
