"""Deeds: what a clause tells that is done, in PLOVER's types, with the words that tell it.

A deed stands in a verb ("bombed"), in a verb with what it takes ("signed a pact"), in a noun a verb carries ("carried
out an attack") or in a noun alone ("the attack on …"). A verb or noun can turn one deed into another: who refuses to
send aid rejects, who lifts a ban retreats, who will strike threatens (PLOVER manual 2.0, nested codes of CAMEO).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from dateline.reading.clauses import reach, sector_of, subject_of, takes_infinitive
from dateline.reading.lexicon import DeedEntry, Lexicon, Operator, lexicon, singular

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Modality = Literal["happened", "ongoing", "planned", "threatened", "denied", "hypothetical"]

_VERBAL_COOPERATION = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE")
_MATERIAL_COOPERATION = ("COOPERATE", "AID", "RETREAT")
_VERBAL_CONFLICT = ("REQUEST", "ACCUSE", "REJECT", "THREATEN")
_MATERIAL_CONFLICT = ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
QUADS = {
    **dict.fromkeys(_VERBAL_COOPERATION, 1),
    **dict.fromkeys(_MATERIAL_COOPERATION, 2),
    **dict.fromkeys(_VERBAL_CONFLICT, 3),
    **dict.fromkeys(_MATERIAL_CONFLICT, 4),
}
_FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll", "wo"})
_DOUBT = frozenset({"may", "might", "could", "can", "ca"})
_MUST = frozenset({"must", "should", "ought"})
_NOT = frozenset({"not", "n't", "n’t", "never", "no"})
# "accused of arming", "aimed at forcing", "jailed for hacking": said or wanted, not told as done.
_NOT_DONE = frozenset({"at", "for", "of", "about", "without", "from", "against"})
_CLAUSES = frozenset({"xcomp", "ccomp", "pcomp"})
_HOLDS = frozenset({"acomp", "dobj", "prep", "attr", "oprd", "prt"})
_MODIFIES = frozenset({"compound", "amod", "nmod", "conj", "poss", "appos", "npadvmod", "dep"})


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed where it stands.

    ``word`` is the verb or noun at its head, ``noun`` the noun that tells it together with the verb, ``inner`` the deed
    it turns into this one and ``turn`` the name of what turns it. ``passive`` says that its subject suffers it
    ("drew a rebuke").
    """

    word: Token
    type: str
    mode: str | None
    why: str
    modality: Modality = "happened"
    inner: Deed | None = None
    noun: Token | None = None
    turn: str | None = None
    passive: bool = False

    @property
    def quad(self) -> int:
        return QUADS[self.type]

    @property
    def core(self) -> Deed:
        """The deed at the bottom: what is refused, promised or lifted."""
        return self.inner.core if self.inner else self


def deeds(doc: Doc) -> Iterator[Deed]:
    """Yield the deeds a text tells, in order; what another deed turns into its own is not told again."""
    known = lexicon()
    taken: set[int] = set()
    for token in doc:
        # "trade" in "trade war" is told by the word it stands before.
        if token.i not in taken and token.dep_ != "compound" and (deed := deed_of(token, known)):
            step: Deed | None = deed
            while step:
                taken.add(step.word.i)
                if step.noun is not None:
                    taken.add(step.noun.i)
                step = step.inner
            yield deed


def reason(deed: Deed) -> str:
    """Return why a deed is one, in words: where it stands and which entry of the lexicon tells it."""
    stands = f"“{deed.word.text}”"
    if deed.noun is not None and deed.noun.i != deed.word.i:
        stands = f"“{deed.word.text} … {deed.noun.text}”"
    return f"{stands} tells it: {deed.why}"


def deed_of(token: Token, known: Lexicon) -> Deed | None:
    """Return the deed a word tells with what hangs on it, None where it tells none."""
    if token.tag_.startswith("VB"):
        deed = _of_verb(token, known)
        return _as_said(deed, token, known) if deed else _demanded(token, known)
    return _of_noun(token, known) if token.tag_.startswith("NN") else None


def _of_verb(verb: Token, known: Lexicon) -> Deed | None:
    form = verb.lower_
    entries, operators, carriers = (
        known.verbs.get(form, ()),
        known.operators.get(form, ()),
        known.carriers.get(form, ()),
    )
    if not (entries or operators or carriers):
        return None
    near = reach(verb)
    entry = _best(entries, verb, near, known)
    if entry and entry.type == "NONE":
        return None
    if entry and entry.others:
        return _told(verb, entry, near[_other_of(entry, near, known)[-1]])
    if turned := _turned(operators, entry, verb, near, known):
        return turned
    if entry and not (len(entry.said) == 1 and carriers and _carried(carriers, verb, near, known)):
        return _told(verb, entry, None)
    return _carried(carriers, verb, near, known)


def _told(verb: Token, entry: DeedEntry, noun: Token | None) -> Deed:
    why = " ".join(entry.said) + (f" + {noun.text.lower()}" if noun is not None else "")
    return Deed(verb, entry.type, entry.mode, why, noun=noun, passive=entry.passive)


def _turned(
    operators: tuple[tuple[tuple[str, ...], Operator], ...],
    entry: DeedEntry | None,
    verb: Token,
    near: dict[str, Token],
    known: Lexicon,
) -> Deed | None:
    """Return the deed a verb makes of the one it takes ("refused to send aid")."""
    for said, operator in sorted(operators, key=lambda each: -len(each[0])):
        if takes_infinitive(verb) if said == ("be", "to") else all(part in near for part in said[1:]):
            for inner in _inner(verb, near, known):
                if outcome := operator.over(inner.type):
                    why = f"{' '.join(said)} ({operator.name}) + {inner.why}"
                    mode = entry.mode if entry and entry.type == outcome else None
                    modality: Modality = "planned" if operator.name in ("plan", "promise", "offer") else "happened"
                    return Deed(verb, outcome, mode, why, modality, inner=inner, turn=operator.name)
    return None


def _carried(carriers: tuple[tuple[str, ...], ...], verb: Token, near: dict[str, Token], known: Lexicon) -> Deed | None:
    for said in sorted(carriers, key=len, reverse=True):
        if all(part in near for part in said[1:]):
            for inner in _inner(verb, near, known):
                if inner.word.tag_.startswith("NN"):
                    noun = inner.noun if inner.noun is not None else inner.word
                    return replace(inner, word=verb, noun=noun, why=f"{' '.join(said)} + {inner.why}")
    return None


def _of_noun(noun: Token, known: Lexicon) -> Deed | None:
    form = noun.lower_
    if operator := known.turning.get(form):
        for thing in _taken_by(noun):
            inner = deed_of(thing, known)
            if inner and (outcome := operator.over(inner.type)):
                why = f"{form} ({operator.name}) + {inner.why}"
                modality: Modality = "planned" if operator.name == "promise" else "happened"
                return Deed(noun, outcome, None, why, modality, inner=inner, turn=operator.name)
    modifiers = [child for child in noun.children if child.dep_ in _MODIFIES and child.i < noun.i]
    if singular(form) in known.light:
        # "the peace process", "a dialogue process": the word before tells what it is.
        return next((deed for each in modifiers if each.dep_ == "compound" and (deed := _of_noun(each, known))), None)
    by = {singular(child.lower_) for child in modifiers}
    of = {f"of {singular(thing.lower_)}" for thing in _taken_by(noun) if thing.dep_ == "pobj"}
    fitting = [
        entry for entry in known.nouns.get(form, ()) if all(part in by or part in of for part in entry.said[:-1])
    ]
    if not fitting:
        return None
    entry = max(reversed(fitting), key=lambda each: len(each.said))
    if entry.type == "NONE":
        return None
    return Deed(noun, entry.type, entry.mode, " ".join(entry.said), noun=noun)


def _taken_by(noun: Token) -> Iterator[Token]:
    """Yield what a noun such as "suspension" or "pledge" is about: "of aid", "to send troops"."""
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VB":
            yield child
        elif child.dep_ == "prep" and child.lower_ in ("of", "to", "in", "on", "for"):
            yield from (thing for thing in child.children if thing.dep_ in ("pobj", "pcomp"))


def _inner(verb: Token, near: dict[str, Token], known: Lexicon) -> Iterator[Deed]:
    """Yield the deeds a verb takes: a clause first, else the nouns among its objects."""
    for holder in (verb, *(child for child in verb.children if child.dep_ in _HOLDS)):
        for child in holder.children:
            of_clause = child.dep_ in _CLAUSES or (holder is not verb and child.dep_ == "acl")
            if of_clause and (inner := deed_of(child, known)) is not None:
                yield inner
    seen = set()
    for token in near.values():
        if token.i not in seen and token.tag_.startswith("NN") and token.i != verb.i:
            seen.add(token.i)
            if (inner := _of_noun(token, known)) is not None:
                yield inner


def _best(entries: tuple[DeedEntry, ...], verb: Token, near: dict[str, Token], known: Lexicon) -> DeedEntry | None:
    best: DeedEntry | None = None
    heaviest: tuple[int, ...] = ()
    for entry in entries:
        if not all(part in near for part in entry.said[1:]):
            continue
        if entry.said[1:] == ("in",) and not entry.to and not _is_particle(near["in"], verb):
            continue
        if entry.others and not _other_of(entry, near, known):
            continue
        if entry.who and not _is(entry.who, verb, known):
            continue
        if entry.to and not _leads_to(entry, verb, near, known):
            continue
        if entry.thing and not any(child.dep_ in ("dobj", "nsubjpass") for child in verb.children):
            continue
        weight = (*entry.weight, len(_other_of(entry, near, known)))
        if best is None or weight >= heaviest:
            best, heaviest = entry, weight
    return best


def _other_of(entry: DeedEntry, near: dict[str, Token], known: Lexicon) -> tuple[str, ...]:
    """Return the words that an entry asks for besides, the most of them that stand there; none where none do."""
    return max((other for other in entry.others if _stands(other, near, known)), key=len, default=())


def _stands(other: tuple[str, ...], near: dict[str, Token], known: Lexicon) -> bool:
    """Say whether words stand by a verb, and no other noun turns them ("announced the suspension of aid")."""
    if not all(part in near for part in other):
        return False
    noun = near[other[-1]]
    return not (noun.dep_ == "pobj" and noun.head.head.lower_ in known.turning)


def _leads_to(entry: DeedEntry, verb: Token, near: dict[str, Token], known: Lexicon) -> bool:
    """Say whether what an entry leads to is a place or a party: "went to Cairo", not "went to great lengths"."""
    if len(entry.said) > 1:
        leading = near[entry.said[-1]]
        ends = [child for child in leading.children if child.dep_ == "pobj"] if leading.head == verb else []
    else:
        ends = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    named = ("GPE", "LOC", "FAC", "PERSON", "NORP", "ORG")
    return any(end.ent_type_ in named or sector_of(end, known) for end in ends)


def _is_particle(word: Token, verb: Token) -> bool:
    """Say whether "in" belongs to the verb ("took in refugees") and tells no place ("took a seat in the hall")."""
    return word.dep_ == "prt" or word.i == verb.i + 1


def _is(who: str, verb: Token, known: Lexicon) -> bool:
    subject = subject_of(verb)
    if subject is not None and subject.lower_ in known.partitive:
        # "Hundreds of teachers" are teachers.
        of = next((child for child in subject.children if child.lower_ == "of"), None)
        subject = next((thing for thing in of.children if thing.dep_ == "pobj"), subject) if of else subject
    if subject is None:
        return False
    if who in known.subjects:
        return singular(subject.lower_) in known.subjects[who]
    sector = sector_of(subject, known)
    if who == "officeholder" and (subject.ent_type_ in ("PERSON", "GPE", "ORG", "NORP") or subject.tag_ == "PRP"):
        return True
    return sector in known.who[who]


def _demanded(verb: Token, known: Lexicon) -> Deed | None:
    """Return the demand in what somebody says must be done ("said that Peru must release the sailors")."""
    if verb.lower_ not in known.speech or subject_of(verb) is None:
        return None
    for said in verb.children:
        if said.dep_ == "ccomp" and {child.lower_ for child in said.children if child.dep_ == "aux"} & _MUST:
            inner = deed_of(said, known)
            why = f"{verb.lower_} … must" + (f" + {inner.why}" if inner else "")
            return Deed(verb, "REQUEST", None, why, inner=inner, turn="must")
    return None


def _as_said(deed: Deed, verb: Token, known: Lexicon) -> Deed:
    """Return a deed as its clause says it: denied, to come, doubtful, for a purpose."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    negated = any(child.dep_ == "neg" or child.lower_ in _NOT for child in verb.children if child.i < verb.i)
    future = bool(auxiliaries & _FUTURE)
    if negated:
        if deed.type in ("REJECT", "ACCUSE", "REQUEST", "THREATEN"):
            return replace(deed, modality="denied")
        said: Modality = "happened" if future else "denied"
        return Deed(verb, "REJECT", None, f"not + {deed.why}", said, inner=deed, turn="refuse")
    if future and "have" not in auxiliaries:
        outcome = known.promise.over(deed.type) or deed.type
        if outcome != deed.type:
            return Deed(verb, outcome, None, f"will + {deed.why}", "planned", inner=deed, turn="promise")
        return replace(deed, modality="planned")
    if auxiliaries & _DOUBT or _is_condition(verb):
        return replace(deed, modality="hypothetical")
    if "to" in auxiliaries and verb.tag_ == "VB" and deed.modality == "happened":
        return replace(deed, modality=_of_purpose(deed, verb, known))
    if verb.tag_ == "VBG" and auxiliaries & {"is", "are", "'s", "’s", "'re", "’re"}:
        return replace(deed, modality="ongoing")
    if not auxiliaries and verb.tag_ in ("VBG", "VBN") and deed.modality == "happened":
        return replace(deed, modality=_of_clause_above(verb))
    return deed


def _of_purpose(deed: Deed, verb: Token, known: Lexicon) -> Modality:
    """Return how far "to do it" is done: after "began", "managed" yes, a meeting one travels to is planned."""
    head = verb.head
    if head.lower_ in known.factual:
        return "happened"
    return "planned" if deed.type == "CONSULT" and head.tag_ in ("VBD", "VBZ", "VBP", "VBG", "VBN") else "hypothetical"


def _of_clause_above(verb: Token) -> Modality:
    """Return the modality a participle has from what it hangs on: "aimed at forcing", "it may help, sending troops"."""
    if verb.dep_ == "pcomp" and verb.head.lower_ in _NOT_DONE:
        return "hypothetical"
    if verb.dep_ in ("relcl", "acl"):
        return "happened"
    above = verb
    while above.dep_ in ("advcl", "xcomp", "pcomp", "prep", "conj", "ccomp", "acomp") and above.head.i != above.i:
        above = above.head
        auxiliaries = {child.lower_ for child in above.children if child.dep_ == "aux"}
        # "said it would cut aid, drawing anger": what would be done is told of the past, and this followed.
        if auxiliaries & (_FUTURE - {"would"} if verb.dep_ == "advcl" else _FUTURE):
            return "planned"
        if auxiliaries & _DOUBT or ("to" in auxiliaries and above.dep_ in ("xcomp", "acl")):
            return "hypothetical"
        if auxiliaries:
            break
    return "happened"


def _is_condition(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether") for child in verb.children)
