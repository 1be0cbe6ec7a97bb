"""Cues: the words that give something to a speaker, with who speaks and what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.reading.cuewords import CueWords, cue_words
from dateline.reading.extents import children_behind, end_of, group_start, stretch, whole
from dateline.reading.frames import Framed, framed, is_infinitive, is_passive, noun_complement
from dateline.reading.sources import Source, agent_of, phrase_as_source, source_of
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OWN = frozenset({"i", "we", "you", "us"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue where it stands. ``said`` is what the grammar gives it, None when only words in marks can be what is said."""

    word: Token
    stance: str
    span: Span
    source: Source | None
    said: Framed | None


def cues(doc: Doc) -> Iterator[Cue]:
    """Yield the cues of a text in order."""
    words = cue_words()
    for token in doc:
        if token.tag_.startswith("VB"):
            found = _verb_cue(token, words)
        elif token.tag_ in ("NN", "NNS"):
            found = _noun_cue(token, words)
        elif token.tag_ == "JJ" or token.tag_ == "VBN":
            found = _adjective_cue(token, words)
        else:
            continue
        if found is not None:
            yield found


def _verb_cue(verb: Token, words: CueWords) -> Cue | None:
    if verb.dep_ in ("aux", "auxpass"):
        return None
    last, known = verb, None
    if verb.i + 1 < len(verb.doc):
        known = words.verbs.get(f"{verb.lower_} {verb.nbor().lower_}")
        last = verb.nbor() if known else verb
    known = known or words.verbs.get(verb.lower_)
    if known is None:
        return None
    base, stance = known
    passive = is_passive(verb)
    source = agent_of(verb) if passive else source_of(verb)
    if source is not None and source.head.lower_ in _OWN and words.holds("verbs", "own", base):
        return None
    said = framed(verb, base)
    if base in ("seem", "appear"):
        source = None
    elif source is None and not passive:
        return None
    if said is not None and said.stance is not None and stance == "say":
        stance = said.stance  # "repeated her claim that …"
    first = _cue_start(verb, words)
    end = said.last if said is not None and said.last is not None and said.last.i > last.i else last
    if last is verb:
        end = max(end, _particle(verb), key=lambda token: token.i)
    if said is None or said.last is None:
        end = _statement(verb, end, words)
    if end.i + 1 < len(verb.doc) and end.nbor().text == ":":
        end = end.nbor()
    return Cue(verb, stance, Span(first.idx, end_of(end)), source, said)


def _statement(verb: Token, end: Token, words: CueWords) -> Token:
    """Return where "in a statement", "on Twitter" right behind a cue ends: it belongs to the cue."""
    for child in children_behind(verb):
        if child.dep_ == "prep" and child.i == end.i + 1 and child.right_edge.i <= child.i + 3:
            if child.right_edge.lower_ in words.lists["words"]["statements"]:
                return child.right_edge
    return end


def _particle(verb: Token) -> Token:
    """Return the particle right behind a verb ("point out"), the verb itself where it has none."""
    behind = next(children_behind(verb), None)
    return behind if behind is not None and behind.dep_ == "prt" and behind.i == verb.i + 1 else verb


def _cue_start(verb: Token, words: CueWords) -> Token:
    """Return where a cue begins: with its auxiliaries and the verbs that only carry it ("went on to say")."""
    first = group_start(verb)
    head = verb.head
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and head.dep_ == "dobj" and head.head.tag_.startswith("VB"):
        # "issued a statement saying …", "published a report detailing …".
        known = words.verbs.get(head.head.lower_)
        if known is not None or head.head.lower_ in words.light:
            return _cue_start(head.head, words)
    if verb.dep_ != "xcomp" or not 0 < first.i - head.i < 4:
        return first
    if head.dep_ in ("acomp", "attr") and head.head.tag_.startswith("VB"):
        head = head.head
    known = words.verbs.get(head.lower_)
    wishes = known is not None and words.holds("frames", "infinitive", known[0])
    return _cue_start(head, words) if head.tag_.startswith("VB") and not wishes else first


def _noun_cue(noun: Token, words: CueWords) -> Cue | None:
    """"her pledge to resign", "the accusation that …", "raised questions about …"."""
    known = words.nouns.get(noun.lower_)
    if known is None:
        return None
    stance = known[1]
    said = noun_complement(noun)
    if said is None:
        return None
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    verb = noun.head
    if owner is not None:
        if verb.tag_.startswith("VB") and noun.dep_ == "dobj" and verb.lower_ in words.verbs:
            return None
        source, first = phrase_as_source(owner, noun), noun.doc[owner.right_edge.i + 1]
    elif noun.dep_ == "dobj" and verb.lower_ in words.light and verb.lower_ not in words.verbs:
        source, first = source_of(verb), group_start(verb)
    elif said.how == "a clause" and noun.dep_ != "dobj":
        source, first = None, noun.left_edge
    else:
        return None
    return Cue(noun, stance, Span(first.idx, end_of(said.last or noun)), source, said) if first.i <= noun.i else None


def _adjective_cue(word: Token, words: CueWords) -> Cue | None:
    """"was critical of the deal", "is confident that …"."""
    be = word.head
    if word.dep_ not in ("acomp", "ROOT") or not be.tag_.startswith("VB"):
        return None
    source = source_of(be)
    if source is None or source.head.lower_ in ("it", "that", "this", "i", "you"):
        return None
    for child in (*children_behind(word), *children_behind(be)):
        last = word
        if child.dep_ == "prep" and words.holds("adjectives", child.lower_, word.lower_) and child.i > word.i:
            inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            content, last = (whole(inner) if inner is not None else None), child
        elif child.dep_ == "ccomp" and child.i > word.i and words.holds("adjectives", "clause", word.lower_):
            content = whole(child)
        elif child.dep_ == "xcomp" and child.i > word.i and is_infinitive(child) and words.holds("adjectives", "infinitive", word.lower_):
            content = whole(child)
        else:
            continue
        if content is not None:
            return Cue(word, "think", Span(group_start(be).idx, end_of(last)), source, Framed((content,), "what it is about"))
    return None


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
