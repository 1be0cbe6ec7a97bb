"""What is said, by the grammar of the cue: a clause, a wish, an object, what "about" or "for" leads to.

Each frame is a function from a cue verb and its base form to what it found or None; the first that finds something
wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.reading.cuewords import cue_words, listed
from dateline.reading.extents import child_of, children_behind, inner_of, stretch, whole
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVES = frozenset({"WDT", "WP", "WP$"})
_NAMES = frozenset({"PRP", "NNP", "NNPS", "WP"})
_PEOPLE = frozenset({"PERSON", "ORG", "NORP", "GPE"})


@dataclass(frozen=True, slots=True)
class Framed:
    """What is said and how it hangs on its cue.

    ``last`` is the last word of the cue where that is not the verb; ``stance`` that of the noun which tells it.
    """

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


def complement(
    children: Iterable[Token], base: str, lists: str, last: Token, stance: str | None = None
) -> Framed | None:
    """Return what a noun or an adjective gives ("a claim that …", "her desire to …", "critical of …")."""
    for child in children:
        if child.dep_ in ("acl", "ccomp", "advcl", "relcl") and _is_claim(child) and base in listed(lists, "clause"):
            return _found("a clause", whole(child), last=last, stance=stance)
        if child.dep_ in ("acl", "xcomp") and is_infinitive(child) and base in listed(lists, "infinitive"):
            return _found("an infinitive", whole(child), last=last, stance=stance)
        if child.dep_ == "prep" and base in listed(lists, child.lower_):
            return _found(f"what “{child.text}” leads to", whole(inner_of(child)), last=child, stance=stance)
    return None


def noun_complement(noun: Token) -> Framed | None:
    known = cue_words().nouns.get(noun.lower_)
    return complement(children_behind(noun), known[0], "noun_frames", noun, known[1]) if known is not None else None


def _is_claim(clause: Token) -> bool:
    opening = clause.left_edge
    if opening.dep_ == "mark":
        return opening.lower_ in listed("words", "opens_claim")
    return clause.dep_ == "ccomp" or (clause.dep_ == "acl" and child_of(clause, "nsubj") is not None)


def _found(how: str, *spans: Span | None, last: Token | None = None, stance: str | None = None) -> Framed | None:
    content = tuple(span for span in spans if span is not None and len(span) > 1)
    return Framed(content, how, last, stance) if content else None


def _clause(verb: Token, base: str) -> Framed | None:
    """Read "said that …", "asked whether …", "…, he said"."""
    if base not in listed("frames", "clause"):
        return None
    for child in verb.children:
        asked = child.dep_ == "advcl" and base in listed("passive", "told") and _opens_question(child)
        if not (child.dep_ == "ccomp" or asked) or _is_circumstance(child):
            continue
        if child.i < verb.i:
            last = verb.doc[min(child.right_edge.i, verb.i - 1)]
            return _found("a clause before it", stretch(_unlinked(child.left_edge), last))
        last = child.right_edge
        for other in children_behind(verb):  # Where the parser took one clause for two.
            if other.dep_ == "ccomp" and other.left_edge.i == last.i + 1:
                last = other.right_edge
        return _found("a clause", stretch(_clause_start(child), last))
    behind = next(children_behind(verb), None)
    if behind is not None and behind.dep_ == "nsubj" and behind.left_edge.i == verb.i + 1 and verb.left_edge.i < verb.i:
        # "The end of the line, said Ann Lee": all before the cue.
        return _found("a clause before it", stretch(_unlinked(verb.left_edge), verb.nbor(-1)))
    as_said = verb.dep_ == "advcl" and verb.left_edge.lower_ == "as" and child_of(verb, "aux") is None
    return _around(verb) if verb.dep_ == "parataxis" or as_said else None


def _unlinked(first: Token) -> Token:
    """Pass over what links a claim to the sentence before it: "But …", "Still, …"."""
    if first.is_sent_start and first.i + 1 < len(first.doc) and first.lower_ in listed("words", "opens_sentence"):
        return first.nbor()
    return first


def _opens_question(clause: Token) -> bool:
    return clause.left_edge.lower_ in listed("words", "opens_question")


def _is_circumstance(clause: Token) -> bool:
    """A clause behind "because", "as", "while" is no claim of the verb it hangs on."""
    mark = child_of(clause, "mark")
    return mark is not None and mark.i < clause.i and mark.lower_ not in listed("words", "opens_clause")


def _clause_start(clause: Token) -> Token:
    """Return where a claim begins: in "said only that …", "said Tuesday that …" with the conjunction."""
    mark = child_of(clause, "mark")
    return mark if mark is not None and mark.i < clause.i and mark.lower_ == "that" else clause.left_edge


def _around(verb: Token) -> Framed | None:
    """Read "The plan, he says, is dead": the sentence around the cue."""
    head, first, last = verb.head, verb.left_edge, verb.right_edge
    while head.left_edge.i >= first.i and head.head.i != head.i:
        head = head.head
    start = _unlinked(head.left_edge)
    before = stretch(start, verb.doc[first.i - 1]) if start.i < first.i else None
    behind = stretch(verb.doc[last.i + 1], head.right_edge) if last.i < head.right_edge.i else None
    return _found("the sentence around it", before, behind)


def _seeming(verb: Token, base: str) -> Framed | None:
    """Read "he seems to agree": nobody says it; what seems so is the subject with what is said of it."""
    subject = child_of(verb, "nsubj")
    if base not in listed("verbs", "seeming") or subject is None:
        return None
    said = next((c for c in children_behind(verb) if c.dep_ in ("xcomp", "oprd", "acomp", "attr", "ccomp")), None)
    about = whole(subject) if subject.lower_ != "it" else None
    return _found("its subject and what is said of it", about, whole(said)) if said is not None else None


def _predicate(verb: Token, base: str) -> Framed | None:
    """Read "called the plan a mistake": the parser sees an object with a predicate, or a small clause."""
    if base not in listed("frames", "predicate"):
        return None
    for said in children_behind(verb):
        if said.dep_ in ("oprd", "acomp") or (said.dep_ == "ccomp" and not said.tag_.startswith("VB")):
            whom = child_of(verb, "dobj")
            if whom is None or whom.i < verb.i:
                return _found("a predicate", whole(whom), whole(said))
            return _found("a predicate", stretch(whom.left_edge, said.right_edge))
    return None


def _noun_object(verb: Token, base: str) -> Framed | None:
    """Read "expressed concern about the war", "repeated his claim that …": the noun belongs to the cue."""
    noun = next((child for child in children_behind(verb) if child.dep_ == "dobj"), None)
    return noun_complement(noun) if noun is not None else None


def _infinitive(verb: Token, base: str) -> Framed | None:
    """Read "vowed to fight", "wants voters to know", "proposed closing it"."""
    for child in children_behind(verb):
        wish = child.dep_ in ("xcomp", "ccomp") or (child.dep_ == "advcl" and base in listed("frames", "purpose"))
        if wish and is_infinitive(child) and base in listed("frames", "infinitive"):
            first = child.left_edge
            whom = next((each for each in children_behind(verb) if each.dep_ == "dobj" and each.i < child.i), None)
            if " " in base:  # "called on both sides to talk"
                first = verb.doc[verb.i + 2]
            elif whom is not None and base not in listed("frames", "told"):
                first = whom.left_edge
            return _found("an infinitive", stretch(first, child.right_edge))
        if child.tag_ == "VBG" and child.dep_ == "xcomp" and base in listed("frames", "gerund"):
            return _found("a gerund", whole(child))
    return None


def _object(verb: Token, base: str) -> Framed | None:
    """Read "denied the charge", "criticised him for lying", "which she rejected"."""
    if base not in listed("frames", "object"):
        return None
    for child in verb.children:
        if child.dep_ != "dobj":
            continue
        if child.i > verb.i:
            if base in listed("frames", "addressee") and (child.tag_ in _NAMES or child.ent_type_ in _PEOPLE):
                continue
            return _found("an object", stretch(child.left_edge, _going_on(verb, child.right_edge)))
        if child.tag_ in _RELATIVES:
            end = _going_on(verb, verb)
            return _found("what it is about", whole(child), stretch(verb.nbor(), end) if end.i > verb.i else None)
    return None


def _going_on(verb: Token, last: Token) -> Token:
    """Return where an object with what goes on behind it ends: "criticised him for lying", "described it as a ruin"."""
    for child in children_behind(verb):
        if child.left_edge.i != last.i + 1:
            continue
        if (
            child.dep_ in ("oprd", "xcomp")
            or (child.dep_ == "prep" and child.lower_ in listed("words", "goes_on"))
            or (child.dep_ in ("advcl", "ccomp") and child.left_edge.lower_ in ("to", "as"))
        ):
            last = child.right_edge
    return last


def _led(verb: Token, base: str) -> Framed | None:
    """Read "called for talks", "spoke about the war": the word of relation belongs to the cue."""
    verb_alone, _, own = base.partition(" ")
    for child in children_behind(verb):
        if child.dep_ in ("prep", "prt") and (own == child.lower_ or verb_alone in listed("led_by", child.lower_)):
            inner = inner_of(child)
            # "agreed on Thursday on a ceasefire": a day is when it was said.
            if inner is not None and inner.ent_type_ not in ("DATE", "TIME"):
                end = _going_on(verb, inner.right_edge)
                return _found(f"what “{child.text}” leads to", stretch(inner.left_edge, end), last=child)
        opening = child.left_edge
        if child.dep_ in ("advcl", "ccomp") and own and opening.lower_ == own:  # "called for both sides to talk"
            return _found(f"what “{own}” leads to", stretch(opening.nbor(), child.right_edge), last=opening)
    return None


def _relative(verb: Token, base: str) -> Framed | None:
    """Read "the plan she proposed": the clause hangs on what it is about."""
    if verb.dep_ != "relcl" or base not in listed("frames", "object") | listed("frames", "clause"):
        return None
    if any(child.dep_ == "dobj" or child.tag_ in (*_RELATIVES, "WRB") for child in verb.children):
        return None
    return _found("what it is said of", stretch(verb.head.left_edge, verb.head))


def _passive_told(verb: Token, base: str) -> Framed | None:
    """Read "was asked whether …", "were told to leave", "was asked about …"."""
    for child in children_behind(verb):
        clause = child.dep_ == "ccomp" or (child.dep_ == "advcl" and _opens_question(child))
        if base in listed("passive", "told") and (clause or (child.dep_ == "xcomp" and is_infinitive(child))):
            return _found("a clause", stretch(_clause_start(child), child.right_edge))
        if child.dep_ == "prep" and child.lower_ == "about" and base in listed("passive", "about"):
            return _found("what “about” leads to", whole(inner_of(child)), last=child)
    return None


def _passive_subject(verb: Token, base: str) -> Framed | None:
    """Read "is expected to fail", "was seen as a threat", "was accused of lying": the subject is part of it."""
    subject = child_of(verb, "nsubjpass", "nsubj")
    about = whole(subject)
    if subject is None and verb.dep_ == "acl" and child_of(verb, "agent") is not None:
        about = stretch(verb.head.left_edge, verb.head)
    if about is None:
        return None
    if subject is not None and subject.lower_ == "it":
        return _found("a clause", whole(child_of(verb, "ccomp")))
    for child in children_behind(verb):
        if (
            (child.dep_ == "xcomp" and is_infinitive(child) and base in listed("passive", "infinitive"))
            or (child.dep_ == "prep" and base in listed("passive", f"subject {child.lower_}"))
            or (child.dep_ in ("oprd", "attr", "acomp") and base in listed("passive", "predicate"))
        ):
            return _found("its subject and what is said of it", about, whole(child))
    return _found("its subject", about) if base in listed("passive", "object") else None


_Frame = Callable[["Token", str], Framed | None]
_ACTIVE: tuple[_Frame, ...] = (
    _seeming, _predicate, _noun_object, _infinitive, _clause, _object, _led, _relative,
)  # fmt: skip
_PASSIVE: tuple[_Frame, ...] = (_passive_told, _passive_subject)
