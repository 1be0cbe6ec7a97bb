"""What is said, by the grammar of the cue: a clause, a wish, an object, what "about" or "for" leads to.

Each frame is a function from a cue verb to what it found or None; the first that finds something wins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.reading.cuewords import cue_words
from dateline.reading.extents import children_behind, stretch, whole
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVES = frozenset({"WDT", "WP", "WP$"})


@dataclass(frozen=True, slots=True)
class Framed:
    """What is said and how it hangs on its cue; ``last`` is the last word of the cue where that is not the verb."""

    content: tuple[Span, ...]
    how: str
    last: Token | None = None
    stance: str | None = None


def framed(verb: Token, base: str) -> Framed | None:
    """Return what a verb gives to its speaker, None when it takes nothing of the kind here."""
    frames = _PASSIVE if is_passive(verb) else _ACTIVE
    return next((found for frame in frames if (found := frame(verb, base)) is not None), None)


def is_passive(verb: Token) -> bool:
    if verb.tag_ != "VBN":
        return False
    deps = {child.dep_ for child in verb.children}
    # "X, the ambassador, denied that …" is often parsed as if "denied" described the ambassador.
    return "auxpass" in deps or not (deps & {"aux", "dobj", "nsubj"} or (verb.dep_ == "acl" and "ccomp" in deps))


def is_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" and child.dep_ == "aux" for child in verb.children)


def _found(how: str, *spans: Span | None, last: Token | None = None, stance: str | None = None) -> Framed | None:
    content = tuple(span for span in spans if span is not None and len(span) > 1)
    return Framed(content, how, last, stance) if content else None


def _clause(verb: Token, base: str) -> Framed | None:
    """"said that …", "asked whether …", "…, he said"."""
    if not cue_words().holds("frames", "clause", base):
        return None
    for child in verb.children:
        asked = child.dep_ == "advcl" and child.i > verb.i and child.left_edge.lower_ in ("if", "whether")
        if not (child.dep_ == "ccomp" or (asked and base == "ask")) or _is_marked_other(child):
            continue
        if child.i > verb.i:
            last = child.right_edge
            for other in children_behind(verb):  # Where the parser took one clause for two.
                if other.dep_ == "ccomp" and other.left_edge.i == last.i + 1:
                    last = other.right_edge
            return _found("a clause", stretch(_clause_start(child), last))
        # "The plan, he said, is dead": what hangs on the verb on both sides of it is one claim in two parts.
        return _found("a clause before it", stretch(child.left_edge, verb.doc[min(child.right_edge.i, verb.i - 1)]))
    if verb.dep_ == "parataxis" and verb.head.i != verb.i:
        return _around(verb)
    return None


def _is_marked_other(clause: Token) -> bool:
    """A clause behind "because", "as", "while" is no claim of the verb it hangs on."""
    return any(
        child.dep_ == "mark" and child.i < clause.i and child.lower_ not in ("that", "if", "whether", "for", "how", "like")
        for child in clause.children
    )


def _clause_start(clause: Token) -> Token:
    first = clause.left_edge
    # "said only that …", "said Tuesday that …": what stands before the conjunction tells of the saying.
    for child in clause.children:
        if child.dep_ == "mark" and first.i < child.i < clause.i and child.lower_ == "that":
            return child
    return first


def _around(verb: Token) -> Framed | None:
    """"The plan, he says, is dead": the sentence around the cue."""
    head, first, last = verb.head, verb.left_edge, verb.right_edge
    while head.left_edge.i >= first.i and head.head.i != head.i:
        head = head.head
    before = stretch(head.left_edge, verb.doc[first.i - 1]) if head.left_edge.i < first.i else None
    behind = stretch(verb.doc[last.i + 1], head.right_edge) if last.i < head.right_edge.i else None
    return _found("the sentence around it", before, behind)


def _seeming(verb: Token, base: str) -> Framed | None:
    """"he seems to agree": nobody says it, and what seems so is the subject with what is said of it."""
    if base not in ("seem", "appear"):
        return None
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    said = next((c for c in children_behind(verb) if c.dep_ in ("xcomp", "oprd", "acomp", "attr", "ccomp")), None)
    if subject is None or said is None:
        return None
    return _found("its subject and what is said of it", whole(subject) if subject.lower_ != "it" else None, whole(said))


def _infinitive(verb: Token, base: str) -> Framed | None:
    """"vowed to fight", "wants voters to know"."""
    words = cue_words()
    for child in children_behind(verb):
        if child.dep_ not in ("xcomp", "ccomp", "advcl"):
            continue
        if is_infinitive(child) and words.holds("frames", "infinitive", base):
            if child.dep_ == "advcl" and base not in ("call on", "look", "plead", "vote"):
                continue
            first = child.left_edge
            whom = next((each for each in children_behind(verb) if each.dep_ == "dobj" and each.i < child.i), None)
            if whom is not None and not words.holds("frames", "told", base):
                first = whom.left_edge
            return _found("an infinitive", stretch(first, child.right_edge))
        if child.tag_ == "VBG" and child.dep_ == "xcomp" and words.holds("frames", "gerund", base):
            return _found("a gerund", whole(child))
    return None


def _predicate(verb: Token, base: str) -> Framed | None:
    """"called the plan a mistake": spaCy parses it as an object with a predicate, or as a small clause."""
    words = cue_words()
    if not words.holds("frames", "predicate", base):
        return None
    said = next((c for c in children_behind(verb) if c.dep_ in ("oprd", "acomp") or (c.dep_ == "ccomp" and not c.tag_.startswith("VB"))), None)
    if said is None:
        return None
    whom = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if whom is None:
        return _found("a predicate", whole(said))
    if whom.i < verb.i:
        return _found("a predicate", whole(whom), whole(said))
    return _found("a predicate", stretch(whom.left_edge, said.right_edge))


def noun_complement(noun: Token) -> Framed | None:
    """Return what a noun of saying gives ("a claim that …", "her desire to …", "concern about …")."""
    words = cue_words()
    known = words.nouns.get(noun.lower_)
    if known is None:
        return None
    for child in children_behind(noun):
        opened = child.left_edge
        if child.dep_ in ("acl", "ccomp", "relcl", "advcl") and opened.dep_ == "mark" and opened.lower_ in ("that", "whether"):
            if words.holds("noun_frames", "clause", known[0]):
                return _found("a clause", whole(child), last=noun, stance=known[1])
        elif child.dep_ in ("acl", "xcomp") and is_infinitive(child):
            if words.holds("noun_frames", "infinitive", known[0]):
                return _found("an infinitive", whole(child), last=noun, stance=known[1])
        elif child.dep_ == "prep" and words.holds("noun_frames", child.lower_, known[0]):
            inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is not None:
                return _found(f"what “{child.text}” leads to", whole(inner), last=child, stance=known[1])
    return None


def _noun_object(verb: Token, base: str) -> Framed | None:
    """"expressed concern about the war", "repeated his claim that …": the noun belongs to the cue."""
    noun = next((child for child in children_behind(verb) if child.dep_ == "dobj"), None)
    return noun_complement(noun) if noun is not None else None


def _object(verb: Token, base: str) -> Framed | None:
    """"denied the charge", "criticised him for lying", "which she rejected"."""
    words = cue_words()
    if not words.holds("frames", "object", base):
        return None
    for child in verb.children:
        if child.dep_ != "dobj" or (words.holds("frames", "addressee", base) and child.i > verb.i and _is_person(child)):
            continue
        if child.i < verb.i:
            if child.tag_ not in _RELATIVES and child.lower_ != "what":
                continue
            end = _going_on(verb, verb)
            return _found("what it is about", whole(child), stretch(verb.nbor(), end) if end.i > verb.i else None)
        return _found("an object", stretch(child.left_edge, _going_on(verb, child.right_edge)))
    return None


def _is_person(token: Token) -> bool:
    return token.tag_ in ("PRP", "NNP", "NNPS", "WP") or token.ent_type_ in ("PERSON", "ORG", "NORP", "GPE")


def _going_on(verb: Token, last: Token) -> Token:
    """Return where an object with what goes on behind it ends: "criticised him for lying", "described it as a ruin"."""
    goes_on = cue_words().lists["words"]["goes_on"]
    for child in children_behind(verb):
        if child.left_edge.i != last.i + 1:
            continue
        if (child.dep_ == "prep" and child.lower_ in goes_on) or child.dep_ in ("oprd", "xcomp"):
            last = child.right_edge
        elif child.dep_ in ("advcl", "ccomp") and child.left_edge.lower_ in ("to", "as"):
            last = child.right_edge
    return last


def _led(verb: Token, base: str) -> Framed | None:
    """"called for talks", "spoke about the war": the word of relation belongs to the cue."""
    for child in children_behind(verb):
        if not (cue_words().holds("led_by", child.lower_, base.split()[0]) or base.endswith(f" {child.lower_}")):
            # "called for both sides to talk": a clause that "for" opens.
            mark = child.left_edge
            if child.dep_ in ("advcl", "ccomp") and mark.lower_ == "for" and base == "call for":
                return _found("what “for” leads to", stretch(mark.nbor(), child.right_edge), last=mark)
            continue
        if child.dep_ not in ("prep", "prt"):
            continue
        inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp") and c.i > child.i), None)
        if inner is None:
            continue
        end = _going_on(verb, inner.right_edge)
        return _found(f"what “{child.text}” leads to", stretch(inner.left_edge, end), last=child)
    return None


def _relative(verb: Token, base: str) -> Framed | None:
    """"the plan she proposed": the clause hangs on what it is about."""
    words = cue_words()
    if verb.dep_ != "relcl" or not (words.holds("frames", "object", base) or words.holds("frames", "clause", base)):
        return None
    if any(child.dep_ == "dobj" or child.tag_ in _RELATIVES or child.lower_ in ("that", "where", "when", "why") for child in verb.children):
        return None
    return _found("what it is said of", stretch(verb.head.left_edge, verb.head))


def _passive_told(verb: Token, base: str) -> Framed | None:
    """"was asked whether …", "were told to leave"."""
    words = cue_words()
    for child in children_behind(verb):
        asked = child.dep_ == "advcl" and child.left_edge.lower_ in ("if", "whether")
        if words.holds("passive", "told", base) and (
            child.dep_ == "ccomp" or asked or (child.dep_ == "xcomp" and is_infinitive(child))
        ):
            return _found("a clause", stretch(_clause_start(child), child.right_edge))
        if child.dep_ == "prep" and words.holds("passive", child.lower_, base) and child.lower_ == "about":
            inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is not None:
                return _found("what “about” leads to", whole(inner), last=child)
    return None


def _passive_subject(verb: Token, base: str) -> Framed | None:
    """"is expected to fail", "was seen as a threat", "was accused of lying": the subject is part of what is said."""
    words = cue_words()
    subject = next((c for c in verb.children if c.dep_ in ("nsubjpass", "nsubj")), None)
    about = whole(subject) if subject is not None else None
    if subject is None and verb.dep_ == "acl" and any(child.dep_ == "agent" for child in verb.children):
        about = stretch(verb.head.left_edge, verb.head)
    if about is None or (subject is not None and subject.lower_ == "it"):
        clause = next((c for c in children_behind(verb) if c.dep_ == "ccomp"), None)
        return _found("a clause", whole(clause)) if clause is not None and about is not None else None
    for child in children_behind(verb):
        if (
            (child.dep_ == "xcomp" and is_infinitive(child) and words.holds("passive", "infinitive", base))
            or (child.dep_ == "prep" and child.lower_ in ("as", "of", "for") and words.holds("passive", child.lower_, base))
            or (child.dep_ in ("oprd", "attr", "acomp") and words.holds("passive", "predicate", base))
        ):
            return _found("its subject and what is said of it", about, whole(child))
    return _found("its subject", about) if words.holds("passive", "object", base) else None


_Frame = Callable[["Token", str], Framed | None]
_ACTIVE: tuple[_Frame, ...] = (_seeming, _predicate, _noun_object, _infinitive, _clause, _object, _led, _relative)
_PASSIVE: tuple[_Frame, ...] = (_passive_told, _passive_subject)
