"""Who a source phrase stands for: a name, an office, a pronoun, or somebody without a name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from dateline.reading.cues import phrase_of
from dateline.reading.languages import words
from dateline.reading.notes import Notes
from dateline.story import Actor, Mention
from dateline.text.folding import fold
from dateline.text.slugs import slug
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# How many names and words back a pronoun may reach.
_REACH, _WORDS = 40, 160
_PERSON = frozenset({"he", "she", "his", "her", "him"})
_BODY = frozenset({"it", "its", "they", "their"})
_RELATIVE = frozenset({"who", "which", "that", "whose"})


class Speakers:
    """Resolves sources in the order of the text, remembering who spoke last."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.unnamed = frozenset((words(notes.language, "offices") or {})["words"]["unnamed"])
        self.mentions = sorted(notes.mentions, key=lambda mention: mention.span)
        self.starts = [mention.span.start for mention in self.mentions]
        self.stand_ins = sorted(notes.stand_ins.items(), key=lambda each: each[0])
        self.last: str | None = None
        self.last_unnamed: dict[str, str] = {}

    def of(self, head: Token, phrase: Span) -> str | None:
        """Return the key of the actor a source stands for, None when the text does not tell."""
        key = self._named(head, phrase) or self._stand_in(phrase) or self._pronoun(head) or self._unnamed(head, phrase)
        if key is not None:
            self.last = key
        return key

    def _named(self, head: Token, phrase: Span) -> str | None:
        inside = [mention for mention in self._from(phrase.start, phrase.end) if phrase.holds(mention.span)]
        at_head = self.at(head)
        if at_head is not None:
            return at_head.entity
        # "US Secretary of State John Kerry", "the Russian president, Vladimir Putin": the person within the phrase.
        persons = [mention for mention in inside if mention.kind == "PER"]
        described = head.lower_ in self.unnamed and not head.tag_.startswith("NN")
        return persons[0].entity if len(persons) == 1 and not described and head.tag_ not in ("PRP", "WP") else None

    def at(self, head: Token) -> Mention | None:
        """Return the mention a word stands in."""
        number = bisect_right(self.starts, head.idx) - 1
        if number >= 0 and self.mentions[number].span.end >= head.idx + len(head.text):
            return self.mentions[number]
        return None

    def _from(self, start: int, end: int) -> list[Mention]:
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def among(self, spans: list[Span]) -> set[str | None]:
        """Return who is named in some stretches of the text."""
        return {mention.entity for span in spans for mention in self._from(span.start, span.end)}

    def _stand_in(self, phrase: Span) -> str | None:
        place = bisect_left(self.stand_ins, phrase.end, key=lambda each: each[0].start) - 1
        span, key = self.stand_ins[place] if place >= 0 else (Span(0, 0), None)
        return key if span.overlaps(phrase) else None

    def _pronoun(self, head: Token) -> str | None:
        """Return whom a pronoun stands for: who spoke last, else the last subject of its kind, else the last name."""
        word = head.lower_
        if word in _RELATIVE:
            antecedent = head.head.head if head.head.dep_ == "relcl" else None
            return (
                self.of(antecedent, phrase_of(antecedent)) if antecedent is not None and antecedent.i < head.i else None
            )
        if word not in _PERSON and word not in _BODY:
            return None
        kinds = ("PER",) if word in _PERSON else ("ORG", "LOC")
        if self.last is not None and self.notes.actors[self.last].kind in kinds:
            return self.last
        before = self.mentions[max(0, bisect_left(self.starts, head.idx) - _REACH) : bisect_left(self.starts, head.idx)]
        subjects = self._subjects(head)
        of_kind = [mention for mention in before if mention.kind in kinds]
        acting = [mention for mention in of_kind if mention.span.end in subjects]
        chosen = acting or (of_kind if word in _PERSON else [])
        return chosen[-1].entity if chosen else None

    def _subjects(self, head: Token) -> set[int]:
        """Return where the subjects of the sentences right before a word end."""
        window = head.doc[max(0, head.i - _WORDS) : head.i]
        return {token.idx + len(token.text) for token in window if token.dep_ in ("nsubj", "nsubjpass")}

    def _unnamed(self, head: Token, phrase: Span) -> str | None:
        """Return the key of "a senior official", made where it first stands; "the official" is the last of the kind."""
        noun = head.lower_
        if noun not in self.unnamed:
            return None
        name = " ".join(phrase.of(self.notes.text).split())
        if name.casefold().split()[0] in ("the", "this", "that") and noun in self.last_unnamed:
            return self.last_unnamed[noun]
        if head.left_edge.lower_ in ("the", "this", "that") and (first := _introduced(head)) is not None:
            name = " ".join(phrase_of(first).of(self.notes.text).split())
        key = f"per:{slug(fold(name))}"
        self.notes.actors.setdefault(key, Actor(key=key, kind="PER", name=name, named=False))
        self.last_unnamed[noun] = key
        return key


def _introduced(head: Token) -> Token | None:
    """Return where "a spokesman for the ministry" came in, whom the text now calls "the spokesman"."""
    before = reversed(head.doc[max(0, head.i - 120) : head.i])
    return next((each for each in before if each.lower_ == head.lower_ and each.left_edge.lower_ in ("a", "an")), None)
