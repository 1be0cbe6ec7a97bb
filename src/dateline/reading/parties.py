"""Parties: who acts and who is acted on, from the same clause as the deed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.reading import authority
from dateline.reading.cues import phrase_of
from dateline.reading.deeds import Deed, sector_of, subject_of
from dateline.reading.lexicon import lexicon, singular
from dateline.reading.notes import Notes
from dateline.reading.speakers import Speakers
from dateline.story import Actor, Mention
from dateline.text.folding import fold
from dateline.text.slugs import slug
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECTS = frozenset({"dobj", "dative", "nsubjpass", "oprd"})
# Behind these stands who a deed is done to; behind the others where, when and how.
_TOWARDS = frozenset({"to", "against", "on", "upon", "at", "for", "with", "of", "from", "between", "into", "over"})
_BY = frozenset({"by"})


class Parties:
    """Finds the actors and recipients of deeds, remembering as Speakers do whom a pronoun stands for."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.speakers = Speakers(notes)
        self.made: dict[str, Actor] = {}
        self.at: dict[int, Mention] = {}
        assert notes.doc is not None
        for mention in notes.mentions:
            within = notes.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
            for token in within or ():
                self.at[token.i] = mention

    def of(self, deed: Deed) -> tuple[dict[str, Token], dict[str, Token]]:
        """Return who acts and who is acted on, each by key with the word they stand at."""
        actors: dict[str, Token] = {}
        recipients: dict[str, Token] = {}
        step: Deed | None = deed
        while step is not None:
            doing, done_to = _of_verb(step.word) if step.word.tag_.startswith("VB") else _of_noun(step.word)
            if step.noun is not None and step.noun.i != step.word.i:
                more, further = _of_noun(step.noun)
                doing, done_to = [*doing, *more], [*done_to, *further]
            if not actors:
                actors |= self._keys(doing)
            recipients |= self._keys(done_to)
            step = step.inner
        return actors, {key: token for key, token in recipients.items() if key not in actors}

    def _keys(self, heads: Iterable[Token]) -> dict[str, Token]:
        found: dict[str, Token] = {}
        for head in heads:
            for each in (head, *_conjoined(head)):
                if (key := self._key(each)) is not None:
                    found.setdefault(key, each)
        return found

    def _key(self, head: Token) -> str | None:
        if (mention := self.at.get(head.i)) is not None:
            return mention.entity
        if head.tag_ == "PRP":
            return self.speakers.of(head, phrase_of(head)) if head.lower_ in ("he", "she") else None
        if not head.tag_.startswith("NN"):
            return None
        # "US Secretary of State John Kerry": the parse may make the office the head.
        inside = [self.at[child.i] for child in head.children if child.i in self.at and child.dep_ == "appos"]
        if inside and inside[0].kind == "PER":
            return inside[0].entity
        return self._unnamed(head)

    def _unnamed(self, head: Token) -> str | None:
        """Return the key of "Iraqi troops" or "a court in Minsk", made where it first stands."""
        sector = sector_of(head, lexicon())
        owner = next((self.at[child.i] for child in head.subtree if child.i in self.at and child.i <= head.i + 3), None)
        if sector is None:
            # "the airport of Aden", "the Danish flag": what is a state's or a body's stands for it.
            belongs = owner is not None and owner.kind in ("LOC", "ORG", "MISC")
            return owner.entity if owner is not None and belongs and _is_owner(owner, head, self.at) else None
        phrase = phrase_of(head)
        for span, key in self.notes.stand_ins.items():
            if span.overlaps(phrase):
                return key
        name = " ".join(phrase.of(self.notes.text).split()).removeprefix("the ").removeprefix("The ")
        if len(name) > 80:
            name = head.text
        country = self.notes.actors[owner.entity].country if owner is not None and owner.entity else None
        key = f"org:{slug(fold(name))}"
        self.made.setdefault(key, Actor(key=key, kind="ORG", name=name, country=country, named=False, sector=sector))
        return key

    def actor(self, key: str) -> Actor:
        """Return the actor of a key, with the sector it belongs to."""
        return with_sector(self.notes.actors.get(key) or self.made[key])


def _is_owner(owner: Mention, head: Token, at: dict[int, Mention]) -> bool:
    return any(
        at.get(child.i) is owner and child.dep_ in ("amod", "compound", "poss", "nmod") for child in head.children
    )


def _conjoined(head: Token) -> Iterator[Token]:
    for child in head.children:
        if child.dep_ == "conj":
            yield child
            yield from _conjoined(child)


def _of_verb(verb: Token) -> tuple[list[Token], list[Token]]:
    subject = subject_of(verb)
    recipients: list[Token] = []
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            recipients.append(child)
            recipients += _possessors(child)
        elif child.dep_ == "prep" and child.lower_ in _TOWARDS:
            recipients += [thing for thing in child.children if thing.dep_ == "pobj"]
        elif child.dep_ == "ccomp" and child.tag_.startswith("VB"):
            # "asked Iraq to release": the parse makes Iraq the subject of what is asked.
            recipients += [
                thing for thing in child.children if thing.dep_ in ("nsubj", "nsubjpass") and thing.i > verb.i
            ]
    if verb.dep_ in ("relcl", "acl") and verb.tag_ == "VBN":
        recipients.append(verb.head)
    return ([subject] if subject is not None else []), recipients


def _of_noun(noun: Token) -> tuple[list[Token], list[Token]]:
    actors, recipients = _possessors(noun), []
    for child in noun.children:
        if child.dep_ == "prep":
            things = [thing for thing in child.children if thing.dep_ == "pobj"]
            if child.lower_ in _BY:
                actors += things
            elif child.lower_ in _TOWARDS:
                recipients += things
    return actors, recipients


def _possessors(noun: Token) -> list[Token]:
    return [child for child in noun.children if child.dep_ in ("poss", "amod", "compound", "nmod") and child.i < noun.i]


def with_sector(actor: Actor) -> Actor:
    """Return an actor with the PLOVER sector it belongs to, where the text or the lists tell."""
    if actor.sector is not None:
        return actor
    known = lexicon().sectors
    if actor.kind == "ORG":
        if authority.organisation(actor.name):
            return replace(actor, sector="IGO")
        return replace(actor, sector=_sector_in(actor.name))
    if actor.kind == "LOC" and actor.key.removeprefix("loc:").upper() == actor.country:
        return replace(actor, sector="GOV")
    if actor.kind == "PER" and actor.role is not None:
        return replace(actor, sector=_sector_in(actor.role.office) or "GOV")
    if actor.kind == "PER" and not actor.named:
        last = actor.name.casefold().split()
        return replace(actor, sector=next((known[word] for word in last if word in known), None))
    return actor


def _sector_in(name: str) -> str | None:
    """Return the sector a body's own name tells ("Supreme Court" → JUD): its last telling word decides."""
    known = lexicon().sectors
    return next((known[base] for word in reversed(fold(name).split()) if (base := singular(word)) in known), None)


def span_of(deed: Deed, tokens: Iterable[Token]) -> Span:
    """Return the stretch from the first to the last word of a deed and its parties, within one sentence."""
    words = [deed.word, deed.core.word, *tokens]
    if deed.core.noun is not None:
        words.append(deed.core.noun)
    words = [word for word in words if word.sent.start == deed.word.sent.start]
    first, last = min(words, key=lambda word: word.i), max(words, key=lambda word: word.i)
    return Span(first.idx, last.idx + len(last.text))
