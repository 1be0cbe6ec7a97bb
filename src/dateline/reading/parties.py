"""Parties: who acts and who is acted on, from the same clause as the deed."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.reading import authority
from dateline.reading.clauses import passive_subject_of, sector_of, subject_of
from dateline.reading.cues import phrase_of
from dateline.reading.deeds import Deed
from dateline.reading.lexicon import lexicon, singular
from dateline.reading.notes import Notes
from dateline.reading.sectors import with_sector
from dateline.reading.speakers import Speakers
from dateline.story import Actor, Mention
from dateline.text.folding import fold
from dateline.text.slugs import slug
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECTS = frozenset({"dobj", "dative", "nsubjpass", "oprd"})
_OWNED = frozenset({"poss", "amod", "compound", "nmod"})
# Behind these stands who a deed is done to; behind the others where, when and how.
_TOWARDS = frozenset({"to", "against", "on", "upon", "at", "for", "of", "from", "into", "over", "toward", "towards"})
_TOGETHER = frozenset({"with", "between", "alongside"})
# Done together, all are actors and there is no recipient (PLOVER manual 2.0, compound and reciprocal actors).
RECIPROCAL = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE"})
_MEETING_AT = frozenset({"for", "at", "in", "during", "after", "before", "following", "on"})
# Of words and wishes "from" tells who utters them, of withdrawals and expulsions whence.
_FROM_ACTOR = frozenset({"ACCUSE", "SUPPORT", "THREATEN", "REQUEST", "REJECT", "AID", "ASSAULT"})
_CLIMBED = frozenset({"ccomp", "advcl", "conj", "xcomp", "relcl", "pobj", "prep", "dobj", "acl", "pcomp"})
_PERSONS = frozenset({"he", "she", "him", "her", "his", "who", "whom"})
# An accusation's or praise's object is who is blamed or praised, not whom those harmed or helped.
JUDGING = frozenset({"condemn", "back"})


@dataclass(slots=True)
class _Heads:
    """The words where the parties of a deed stand, by what they do in it."""

    doing: list[Token] = field(default_factory=list)
    done_to: list[Token] = field(default_factory=list)
    partners: list[Token] = field(default_factory=list)


class Parties:
    """Finds the actors and recipients of deeds, remembering as Speakers do whom a pronoun stands for."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.speakers = Speakers(notes)
        self.made: dict[str, Actor] = {}
        self.at: dict[int, Mention] = {}
        self.seats = True
        self.contents = sorted(
            ((span, quote.speaker) for quote in notes.quotes if quote.kind == "direct" for span in quote.content),
            key=lambda each: each[0],
        )
        self.said = [span.start for span, _ in self.contents]
        self.offices: dict[str, list[tuple[int, str]]] = {}
        assert notes.doc is not None
        self.stand_ins = {
            token.i: key
            for span, key in notes.stand_ins.items()
            for token in notes.doc.char_span(span.start, span.end, alignment_mode="expand") or ()
        }
        for mention in notes.mentions:
            within = notes.doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
            for token in within or ():
                self.at[token.i] = mention
            role = notes.actors[mention.entity].role if mention.kind == "PER" and mention.entity else None
            for word in role.office.casefold().split() if role is not None else ():
                self.offices.setdefault(word, []).append((mention.span.start, mention.entity or ""))
        for held in self.offices.values():
            held.sort()

    def of(self, deed: Deed) -> tuple[dict[str, Token], dict[str, Token]]:
        """Return who acts and who is acted on, each by key with the word they stand at."""
        heads = _heads(deed)
        # "criticised Moscow" means the government, "bombed Kabul" the town.
        self.seats = deed.type not in ("ASSAULT", "MOBILIZE", "COERCE")
        actors = self._keys(heads.doing, acting=True)
        recipients = self._keys(heads.done_to)
        if deed.type in RECIPROCAL:
            actors |= self._keys(heads.partners)
        else:
            recipients |= self._keys(heads.partners)
        if deed.inner is not None:
            inner_actors, inner_recipients = self.of(deed.inner)
            if not actors and deed.turn not in JUDGING:
                actors = inner_actors
            if not recipients:
                recipients = inner_actors if deed.turn in JUDGING and inner_actors else inner_recipients
        return actors, {key: token for key, token in recipients.items() if key not in actors}

    def actor(self, key: str) -> Actor:
        """Return the actor of a key, with the sector it belongs to."""
        return with_sector(self.notes.actors.get(key) or self.made[key])

    def speaker_at(self, token: Token) -> str | None:
        """Return who says the words in which a token stands, None where the paper tells them itself."""
        place = bisect(self.said, token.idx)
        span, speaker = self.contents[place - 1] if place else (Span(0, 0), None)
        return speaker if span.start <= token.idx < span.end else None

    def span_of(self, deed: Deed, tokens: Iterable[Token]) -> Span:
        """Return the stretch of a deed and its parties, with their whole names, within one sentence."""
        words = [deed.word, deed.core.word, *tokens]
        if deed.core.noun is not None:
            words.append(deed.core.noun)
        spans = [
            self.at[word.i].span if word.i in self.at else Span(word.idx, word.idx + len(word.text))
            for word in words
            if word.sent.start == deed.word.sent.start
        ]
        return Span(min(span.start for span in spans), max(span.end for span in spans))

    def state(self, country: str) -> str:
        """Return the key of a state, which the text may not name itself (who lands in Sochi visits Russia)."""
        key = f"loc:{country.casefold()}"
        self.made.setdefault(key, Actor(key=key, kind="LOC", name=authority.name_of(country), country=country))
        return key

    def _keys(self, heads: Iterable[Token], *, acting: bool = False) -> dict[str, Token]:
        found: dict[str, Token] = {}
        for head in heads:
            for each in self._spread(head):
                key = None if acting and self._is_private(each) else self._key(each)
                if key is not None and not (acting and self._is_mere_place(key)):
                    found.setdefault(key, each)
        return found

    def _spread(self, head: Token) -> Iterator[Token]:
        """Yield what stands side by side; "the leaders of Peru and Chile" are Peru and Chile."""
        for each in (head, *_conjoined(head)):
            states = [thing for thing in _behind(each, ("of",)) if self._is_state(thing)]
            if states and sector_of(each, lexicon()) == "GOV":
                yield from (one for state in states for one in (state, *_conjoined(state)))
            else:
                yield each

    def _is_private(self, head: Token) -> bool:
        """Say whether a doer is only from a state and not of it: "the Danish brewer", not "the Danish army"."""
        owner = self._owner(head, ()) if head.i not in self.at and head.tag_.startswith("NN") else None
        return owner is not None and owner.kind == "MISC" and sector_of(head, lexicon()) is None

    def _is_state(self, token: Token) -> bool:
        mention = self.at.get(token.i)
        return mention is not None and mention.kind == "LOC" and self._of_state(mention)

    def _is_mere_place(self, key: str) -> bool:
        """Say whether a key is that of a town or a river: things happen there, but it does nothing."""
        actor = self.notes.actors.get(key)
        return actor is not None and actor.kind == "LOC" and actor.country is None and actor.sector is None

    def _key(self, head: Token) -> str | None:
        if (mention := self.at.get(head.i)) is not None:
            return self._named(mention)
        if head.tag_ in ("PRP", "WP"):
            return self._pronoun(head)
        if not head.tag_.startswith("NN"):
            return None
        # "US Secretary of State John Kerry": the parse may make the office the head.
        inside = [self.at[child.i] for child in head.children if child.i in self.at and child.dep_ == "appos"]
        if inside and inside[0].kind == "PER":
            return inside[0].entity
        return self._unnamed(head)

    def _named(self, mention: Mention) -> str | None:
        """Return the key of who a name stands for: a capital for its government, a demonym for its state."""
        if mention.kind == "MISC" and not self._of_state(mention):
            return None
        seat = authority.seat_of(mention.span.of(self.notes.text)) if mention.kind == "LOC" and self.seats else None
        return self.state(seat) if seat else mention.entity

    def _of_state(self, mention: Mention) -> bool:
        """Say whether a name is a state's or its people's, be it on our lists or a state by the story only."""
        actor = self.notes.actors.get(mention.entity or "")
        return actor is not None and actor.kind == "LOC" and bool(actor.country or actor.sector)

    def _country(self, mention: Mention) -> str | None:
        actor = self.notes.actors.get(mention.entity or "")
        return actor.country if actor else None

    def _pronoun(self, head: Token) -> str | None:
        """Return whom a pronoun stands for: who says so in the clause above, else as Speakers know it."""
        form = head.lower_
        if form in ("i", "me"):
            return self.speaker_at(head)
        above = head.head
        while above.dep_ in _CLIMBED and above.head.i != above.i:
            above = above.head
            subject = subject_of(above) if above.tag_.startswith("VB") else None
            # A pronoun stands for who was named before it: "he will go, his spokeswoman said" is not the spokeswoman.
            if subject is None or subject.i >= head.i or subject.tag_ in ("PRP", "WP", "WDT"):
                continue
            key = self._key(subject)
            if key is not None and _may_stand_for(form, self.actor(key)):
                return key
        return self.speakers.of(head, phrase_of(head)) if form in _PERSONS else None

    def _unnamed(self, head: Token) -> str | None:
        """Return the key of "Iraqi troops" or "a court in Minsk", made where it first stands."""
        sector = sector_of(head, lexicon())
        owner = self._owner(head)
        if sector is None:
            if head.lower_ in lexicon().partitive:
                # "a member of the guard", "dozens of soldiers"
                return next((key for thing in _behind(head, ("of",)) if (key := self._key(thing))), None)
            # "the airport of Aden", "the Danish flag", "the delivery of arms to Iran": it stands for whose it is.
            return self._through(head, 2)
        if (stand_in := self.stand_ins.get(head.i)) is not None:
            return stand_in
        if (holder := self._holder(head)) is not None:
            return holder
        name = _described(head)
        if head.lower_ in lexicon().generic and owner is None and name[:1].islower():
            return self._own_state(head)
        country = self._country(owner) if owner is not None else None
        if owner is not None and country and head.lower_ in ("government", "administration", "state"):
            return self._named(owner)
        key = f"org:{slug(fold(name))}"
        self.made.setdefault(key, Actor(key=key, kind="ORG", name=name, country=country, named=False, sector=sector))
        return key

    def _holder(self, head: Token) -> str | None:
        """Return who "the minister" is: the last one named before who holds such an office."""
        if head.left_edge.lower_ not in ("the", "this") or any(child.i in self.at for child in head.children):
            return None
        before = self.offices.get(head.lower_, [])
        place = bisect(before, (head.idx, ""))
        return before[place - 1][1] if place else None

    def _own_state(self, head: Token) -> str | None:
        """Return the state that "his country" means."""
        owner = next((child for child in head.children if child.dep_ == "poss" and child.tag_ == "PRP$"), None)
        key = self._pronoun(owner) if owner is not None and singular(head.lower_) in ("country", "nation") else None
        country = self.actor(key).country if key is not None else None
        return self.state(country) if country else None

    def _owner(self, head: Token, prepositions: tuple[str, ...] = ("of", "in", "from")) -> Mention | None:
        """Return the name of whose something is: "Danish", "Aden's", "of Aden"."""
        for child in head.children:
            if child.dep_ in _OWNED and child.i in self.at:
                return self.at[child.i]
        return next((self.at[thing.i] for thing in _behind(head, prepositions) if thing.i in self.at), None)

    def _through(self, head: Token, depth: int) -> str | None:
        if head.lower_.endswith("thing"):
            return None
        owner = self._owner(head, ("of", "to", "against"))
        if owner is not None and owner.kind != "PER" and (key := self._named(owner)):
            return key
        further = _behind(head, ("of", "to", "against")) if depth else ()
        return next((key for thing in further if (key := self._through(thing, depth - 1))), None)


def _behind(head: Token, prepositions: tuple[str, ...]) -> Iterator[Token]:
    """Yield what stands behind a noun's prepositions."""
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            yield from (thing for thing in child.children if thing.dep_ == "pobj")


def _may_stand_for(pronoun: str, actor: Actor) -> bool:
    if pronoun in _PERSONS:
        return actor.kind == "PER"
    return pronoun in ("they", "them", "their") or (pronoun in ("it", "its", "which") and actor.kind != "PER")


def _described(head: Token) -> str:
    """Return what an unnamed party is called: its noun with what stands before it and "of …"."""
    first = head.left_edge
    while first.i < head.i and (first.tag_ in ("DT", "PRP$", "CD", ",", "``", "''", "_SP", "PDT") or first.is_space):
        first = first.nbor()
    last = head
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == head.i + 1:
            last = child.right_edge
    if last.i - first.i > 8:
        first, last = head, head
    return " ".join(head.doc[first.i : last.i + 1].text.split())


def _heads(deed: Deed) -> _Heads:
    """Return where the parties of the outermost step of a deed stand."""
    if not deed.word.tag_.startswith("VB"):
        return _of_noun(deed.word, deed.type)
    heads = _of_verb(deed.word, asks=deed.type == "REQUEST")
    if deed.passive and deed.noun is None:
        heads.doing, heads.done_to = heads.done_to, heads.doing
    noun = deed.noun if deed.noun is not None and deed.noun.i != deed.word.i else None
    heads.done_to = [each for each in heads.done_to if each is not noun]
    if noun is not None:
        of_noun = _of_noun(noun, deed.type)
        heads.done_to += of_noun.done_to
        heads.partners += of_noun.partners
        if deed.passive:
            heads.doing, heads.done_to = of_noun.doing, heads.doing
        elif not heads.doing:
            heads.doing = of_noun.doing
    if deed.inner is not None:
        told = {deed.inner.word.i, deed.inner.noun.i if deed.inner.noun is not None else -1}
        heads.done_to = [each for each in heads.done_to if each.i not in told]
    return heads


def _of_verb(verb: Token, *, asks: bool) -> _Heads:
    subject = subject_of(verb)
    heads = _Heads(doing=[subject] if subject is not None else [])
    if (shared := passive_subject_of(verb)) is not None:
        heads.doing, heads.done_to = [each for each in heads.doing if each != shared], [shared]
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            # "journalists who were abducted": the relative pronoun is whom it describes.
            relative = child.tag_ in ("WP", "WDT") and verb.dep_ == "relcl"
            heads.done_to.append(verb.head if relative else child)
        elif child.dep_ == "prep" and child.i > verb.i:
            things = [thing for thing in child.children if thing.dep_ == "pobj"]
            if child.lower_ in _TOGETHER:
                heads.partners += things
            elif child.lower_ in _TOWARDS:
                heads.done_to += things
        elif asks and child.dep_ == "ccomp" and child.tag_.startswith("VB"):
            # "asked Iraq to release", "said that Iraq must release": the parse makes Iraq the subject of what is asked.
            heads.done_to += [
                thing for thing in child.children if thing.dep_ in ("nsubj", "nsubjpass") and thing.i > verb.i
            ]
    if verb.dep_ in ("relcl", "acl") and verb.tag_ == "VBN" and not _has_subject(verb):
        heads.done_to.append(verb.head)
    return heads


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def _of_noun(noun: Token, kind: str) -> _Heads:
    heads = _Heads(doing=[child for child in noun.children if child.dep_ in _OWNED and child.i < noun.i])
    for child in noun.children:
        if child.dep_ != "prep":
            continue
        if child.lower_ == "of":
            # "the arrest of the bishop by the police": the parse may hang "by" on the bishop.
            heads.doing += [each for thing in _behind(noun, ("of",)) for each in _behind(thing, ("by",))]
        things = [thing for thing in child.children if thing.dep_ == "pobj"]
        if child.lower_ in ("by", "among") or (child.lower_ == "from" and kind in _FROM_ACTOR):
            heads.doing += things
        elif child.lower_ in _TOGETHER or (kind == "CONSULT" and child.lower_ == "of"):
            heads.partners += things
        elif kind == "PROTEST" and child.lower_ == "of":
            heads.doing += things
        elif child.lower_ in _TOWARDS:
            heads.done_to += things
    if kind == "CONSULT":
        # Who flies in "for talks", or says it "at a meeting", takes part in them.
        above = noun
        while (above.dep_ in ("pobj", "dobj", "conj", "pcomp") or above.lower_ in _MEETING_AT) and above.head != above:
            above = above.head
        if above.tag_.startswith("VB") and noun.dep_ in ("pobj", "dobj", "conj"):
            subject = subject_of(above)
            heads.doing += [subject] if subject is not None else []
    return heads


def _conjoined(head: Token) -> Iterator[Token]:
    for child in head.children:
        if child.dep_ == "conj":
            yield child
            yield from _conjoined(child)
