"""Acts: what a clause tells that is done, in PLOVER's types, with the words that tell it.

A deed stands in a verb ("bombed"), in a verb with what it takes ("signed a pact"), in a noun a verb carries ("carried
out an attack") or in a noun alone ("the attack on …"). A verb can turn one deed into another: who refuses to send aid
rejects, who lifts a ban retreats, who will strike threatens (PLOVER manual 2.0, and the nested codes of CAMEO).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from dateline.reading.lexicon import DeedEntry, Lexicon, lexicon, singular

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
_SPEECH = frozenset({"said", "says", "say", "stressed", "insisted", "warned", "stated", "declared", "added", "told"})
_TAKES = frozenset({"dobj", "attr", "acomp", "oprd", "dative", "nsubjpass"})
_CLAUSES = frozenset({"xcomp", "ccomp", "pcomp"})
_HOLDS = frozenset({"acomp", "dobj", "prep", "attr", "oprd", "prt"})
_MODIFIES = frozenset({"compound", "amod", "nmod", "conj", "poss", "appos"})


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed where it stands. ``word`` is the verb or noun at its head, ``inner`` the deed it turns into this one."""

    word: Token
    type: str
    mode: str | None
    why: str
    modality: Modality = "happened"
    inner: Deed | None = None
    noun: Token | None = None

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
        if token.i not in taken and (deed := deed_of(token, known)):
            step: Deed | None = deed
            while step:
                taken.add(step.word.i)
                if step.noun is not None:
                    taken.add(step.noun.i)
                step = step.inner
            yield deed


def deed_of(token: Token, known: Lexicon) -> Deed | None:
    """Return the deed a word tells with what hangs on it, None where it tells none."""
    if token.tag_.startswith("VB"):
        deed = _of_verb(token, known)
        return _as_said(deed, token) if deed else None
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
    if entry and entry.others:
        return _told(verb, entry, _noun_of(entry, near))
    if operators:
        for said, operator in sorted(operators, key=lambda each: -len(each[0])):
            if all(part in near for part in said[1:]):
                for inner in _inner(verb, near, known):
                    if outcome := operator.over(inner.type):
                        why = f"{' '.join(said)} ({operator.name}) + {inner.why}"
                        mode = entry.mode if entry and entry.type == outcome else None
                        return Deed(verb, outcome, mode, why, inner=inner)
    if entry and not (len(entry.said) == 1 and carriers and _carried(carriers, verb, near, known)):
        return _told(verb, entry, None)
    return _carried(carriers, verb, near, known)


def _told(verb: Token, entry: DeedEntry, noun: Token | None) -> Deed:
    why = " ".join(entry.said) + (f" + {noun.text.lower()}" if noun is not None else "")
    return Deed(verb, entry.type, entry.mode, why, noun=noun)


def _carried(carriers: tuple[tuple[str, ...], ...], verb: Token, near: dict[str, Token], known: Lexicon) -> Deed | None:
    for said in sorted(carriers, key=len, reverse=True):
        if all(part in near for part in said[1:]):
            for inner in _inner(verb, near, known):
                if inner.word.tag_.startswith("NN"):
                    return replace(inner, word=verb, noun=inner.word, why=f"{' '.join(said)} + {inner.why}")
    return None


def _of_noun(noun: Token, known: Lexicon) -> Deed | None:
    form = noun.lower_
    if operator := known.stops.get(form):
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "to", "in"):
                for thing in child.children:
                    inner = deed_of(thing, known) if thing.dep_ == "pobj" else None
                    if inner and (outcome := operator.over(inner.type)):
                        return Deed(noun, outcome, None, f"{form} ({operator.name}) + {inner.why}", inner=inner)
    entries = known.nouns.get(form)
    if not entries:
        return None
    by = {singular(child.lower_) for child in noun.children if child.dep_ in _MODIFIES and child.i < noun.i}
    fitting = [entry for entry in entries if all(part in by for part in entry.said[:-1])]
    if not fitting:
        return None
    entry = max(reversed(fitting), key=lambda each: len(each.said))
    return Deed(noun, entry.type, entry.mode, " ".join(entry.said), noun=noun)


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


def reach(word: Token) -> dict[str, Token]:
    """Return what a verb takes: its particle and prepositions, the heads of its objects and what stands before them."""
    near: dict[str, Token] = {}
    for child in word.children:
        if child.dep_ in ("prt", "prep", "agent", "advmod"):
            near.setdefault(child.lower_, child)
            for thing in child.children:
                if thing.dep_ == "pobj":
                    _add(near, thing, 2)
                elif thing.dep_ in ("prep", "prt"):
                    near.setdefault(thing.lower_, thing)
                    for pobj in thing.children:
                        if pobj.dep_ == "pobj":
                            _add(near, pobj, 1)
        elif child.dep_ in _TAKES or (child.dep_ in ("ccomp", "xcomp") and child.tag_.startswith(("NN", "JJ"))):
            _add(near, child, 2)
    if word.dep_ in ("relcl", "acl") and (word.tag_ == "VBN" or _asks_for_head(word)):
        _add(near, word.head, 0)
    return near


def _asks_for_head(verb: Token) -> bool:
    """Say whether a relative clause takes what it describes as its object ("the charge that Moscow denies")."""
    return any(child.dep_ == "dobj" and child.tag_.startswith("W") for child in verb.children)


def _add(near: dict[str, Token], noun: Token, depth: int) -> None:
    near.setdefault(singular(noun.lower_), noun)
    near.setdefault(noun.lower_, noun)
    for child in noun.children:
        if child.dep_ in ("compound", "amod", "nmod"):
            near.setdefault(singular(child.lower_), child)
        elif child.dep_ in ("conj", "appos"):
            _add(near, child, depth - 1) if depth > 0 else None
        elif child.dep_ == "prep" and child.lower_ in ("of", "in", "on", "to", "for", "at") and depth > 0:
            near.setdefault(child.lower_, child)
            for thing in child.children:
                if thing.dep_ == "pobj":
                    _add(near, thing, depth - 1)


def _best(entries: tuple[DeedEntry, ...], verb: Token, near: dict[str, Token], known: Lexicon) -> DeedEntry | None:
    best: DeedEntry | None = None
    for entry in entries:
        if not all(part in near for part in entry.said[1:]):
            continue
        if entry.others and _noun_of(entry, near) is None:
            continue
        if entry.who and not _is(entry.who, verb, known):
            continue
        if best is None or entry.weight >= best.weight:
            best = entry
    return best


def _noun_of(entry: DeedEntry, near: dict[str, Token]) -> Token | None:
    for other in entry.others:
        if other[-1] in near and all(part in near for part in other[:-1]):
            return near[other[-1]]
    return None


def _is(who: str, verb: Token, known: Lexicon) -> bool:
    subject = subject_of(verb)
    if subject is None:
        return False
    if who == "bomber":
        return singular(subject.lower_) in ("bomber", "attacker")
    sector = sector_of(subject, known)
    if who == "officeholder" and subject.ent_type_ in ("PERSON", "GPE", "ORG", "NORP"):
        return True
    return sector in known.who[who]


def sector_of(noun: Token, known: Lexicon) -> str | None:
    """Return the PLOVER sector a noun names by itself ("rebels" → REB), of its compound where that says more."""
    form = noun.lower_
    if noun.i and (found := known.sectors.get(f"{noun.nbor(-1).lower_} {form}")):
        return found
    return known.sectors.get(form)


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
        return None
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


def _as_said(deed: Deed, verb: Token) -> Deed:
    """Return a deed as its clause says it: denied, to come, doubtful, demanded."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    negated = any(child.dep_ == "neg" or child.lower_ in _NOT for child in verb.children if child.i < verb.i)
    future = bool(auxiliaries & _FUTURE)
    if negated:
        if deed.type in ("REJECT",):
            return replace(deed, modality="denied")
        if deed.type in ("ACCUSE", "REQUEST", "THREATEN"):
            return replace(deed, modality="denied")
        return Deed(verb, "REJECT", None, f"not + {deed.why}", inner=deed, modality="happened" if future else "denied")
    if future and not any(child.lower_ == "have" and child.dep_ == "aux" for child in verb.children):
        promise = lexicon().operators["promise"][0][1]
        outcome = promise.over(deed.type) or deed.type
        if outcome != deed.type:
            return Deed(verb, outcome, None, f"will + {deed.why}", inner=deed, modality="planned")
        return replace(deed, modality="planned")
    if auxiliaries & _MUST and verb.dep_ == "ccomp" and verb.head.lower_ in _SPEECH:
        return Deed(verb, "REQUEST", None, f"must + {deed.why}", inner=deed)
    if auxiliaries & _DOUBT or _is_condition(verb):
        return replace(deed, modality="hypothetical")
    if verb.tag_ == "VBG" and any(
        child.lower_ in ("is", "are", "'s") for child in verb.children if child.dep_ == "aux"
    ):
        return replace(deed, modality="ongoing")
    return deed


def _is_condition(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether") for child in verb.children)
