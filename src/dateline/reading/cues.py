"""Cues: the words that give something to a speaker, with who speaks and what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.reading.cuewords import cue_words, listed
from dateline.reading.extents import children_behind, end_of, group_start, stretch, whole
from dateline.reading.forms import verb_forms
from dateline.reading.frames import Framed, complement, framed, is_passive, noun_complement
from dateline.reading.voices import Voice, agent_of, phrase_as_source, source_of
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue where it stands. ``said`` is what grammar gives it, None when only words in marks can be what is said."""

    word: Token
    stance: str
    span: Span
    source: Voice | None
    said: Framed | None


def cues(doc: Doc) -> Iterator[Cue]:
    """Yield the cues of a text in order."""
    for token in doc:
        found = None
        if token.tag_.startswith("VB"):
            found = _verb_cue(token)
        elif token.tag_ in ("NN", "NNS"):
            found = _noun_cue(token)
        elif token.dep_ == "acomp" and token.tag_ == "JJ":
            found = _adjective_cue(token)
        if found is not None:
            yield found


def _verb_cue(verb: Token) -> Cue | None:
    verbs = cue_words().verbs
    if verb.dep_ in ("aux", "auxpass"):
        return None
    end, known = verb, None
    if verb.i + 1 < len(verb.doc) and (known := verbs.get(f"{verb.lower_} {verb.nbor().lower_}")) is not None:
        end = verb.nbor()
    known = known or verbs.get(verb.lower_)
    if known is None:
        return None
    base, stance = known
    passive = is_passive(verb)
    seeming = base in listed("verbs", "seeming")
    source = None if seeming else agent_of(verb) if passive else source_of(verb)
    if source is None and not (passive or seeming):
        return None
    if source is not None and source.head.lower_ in listed("words", "writer") and base in listed("verbs", "own"):
        return None
    said = framed(verb, base)
    if said is None and base not in listed("frames", "clause") | listed("verbs", "marks_only"):
        return None
    if stance in ("deny", "reject") and source is not None and (charge := _charge_before(source.head)) is not None:
        source, said = charge
    if said is not None and said.last is not None:
        end = max(end, said.last, key=lambda token: token.i)
        stance = said.stance if said.stance is not None and stance == "say" else stance
    else:
        end = _statement(verb, _particle(verb) if end is verb else end)
    return Cue(verb, stance, Span(_cue_start(verb).idx, end_of(_with_colon(end))), source, said)


def _charge_before(name: Token) -> tuple[Voice, Framed] | None:
    """Part "a charge Norway denies", where the parser took the charge for a title of Norway."""
    charge = next((c for c in name.children if c.dep_ == "compound" and c.lower_ in listed("words", "charges")), None)
    said = stretch(name.left_edge, charge) if charge is not None else None
    if charge is None or said is None or charge.i + 1 > name.i:
        return None
    voice = Voice(name, Span(charge.nbor().idx, end_of(name)))
    return voice, Framed((said,), "what it is said of")


def _particle(verb: Token) -> Token:
    """Return the particle right behind a verb ("point out"), the verb itself where it has none."""
    behind = next(children_behind(verb), None)
    return behind if behind is not None and behind.dep_ == "prt" and behind.i == verb.i + 1 else verb


def _statement(verb: Token, end: Token) -> Token:
    """Return where "in a statement", "on Twitter" right behind a cue ends: it belongs to the cue."""
    for child in children_behind(verb):
        last = child.right_edge
        if child.dep_ == "prep" and child.i == end.i + 1 and last.i <= child.i + 3:
            return last if last.lower_ in listed("words", "statements") else end
    return end


def _with_colon(end: Token) -> Token:
    return end.nbor() if end.i + 1 < len(end.doc) and end.nbor().text == ":" else end


def _cue_start(verb: Token) -> Token:
    """Return where a cue begins: with its auxiliaries and the verbs that only carry it ("went on to say").

    A verb that is a cue of its own with what it wishes ("declined to say") carries nothing.
    """
    first, head = group_start(verb), verb.head
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and head.dep_ == "dobj" and head.head.tag_.startswith("VB"):
        # "issued a statement saying …", "published a report detailing …".
        told = head.head.lower_ in cue_words().verbs or head.head.lower_ in cue_words().light
        return _cue_start(head.head) if told else first
    near = first.i - head.i
    particle = verb.dep_ == "advcl" and near == 2 and head.nbor().dep_ == "prt"
    if not particle and not (verb.dep_ == "xcomp" and 0 < near < 4):
        return first
    if head.dep_ in ("acomp", "attr"):
        head = head.head
    known = cue_words().verbs.get(head.lower_)
    wishes = known is not None and known[0] in listed("frames", "infinitive")
    return _cue_start(head) if head.tag_.startswith("VB") and not wishes else first


def _noun_cue(noun: Token) -> Cue | None:
    """Read "her pledge to resign", "the accusation that …", "raised questions about …"."""
    said, verb = noun_complement(noun), noun.head
    if said is None and noun.dep_ == "nsubj" and noun.lower_ in cue_words().nouns:
        said = _told_by_be(verb, cue_words().nouns[noun.lower_][1])
    if said is None or said.stance is None:
        return None
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    source: Voice | None = None
    if noun.dep_ == "dobj" and verb.lower_ in cue_words().verbs:
        return None  # The verb has it: "repeated her claim that …".
    if owner is not None:
        source, first = phrase_as_source(owner, noun), noun.doc[owner.right_edge.i + 1]
    elif noun.dep_ == "dobj" and verb.lower_ in cue_words().light:
        source, first = source_of(verb), group_start(verb)
    elif noun.dep_ != "dobj" and said.how == "a clause":
        first = noun.left_edge
    else:
        return None
    span = Span(first.idx, end_of(said.last or noun)) if first.i <= noun.i else None
    return Cue(noun, said.stance, span, source, said) if span is not None else None


def _told_by_be(be: Token, stance: str) -> Framed | None:
    """Read "his answer was that …"."""
    clause = next((child for child in children_behind(be) if child.dep_ == "ccomp"), None)
    span = whole(clause) if be.lower_ in verb_forms("be") else None
    return Framed((span,), "a clause", _with_colon(be), stance) if span is not None else None


def _adjective_cue(word: Token) -> Cue | None:
    """Read "was critical of the deal", "is confident that …"."""
    be = word.head
    children = (child for child in (*word.children, *be.children) if child.i > word.i)
    said = complement(children, word.lower_, "adjectives", word)
    if said is None or not be.tag_.startswith("VB") or be.i > word.i:
        return None
    source = source_of(be)
    if source is None or source.head.lower_ in listed("words", "nobody"):
        return None
    return Cue(word, "think", Span(group_start(be).idx, end_of(said.last or word)), source, said)


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
    return Span(start.idx, end_of(end))
