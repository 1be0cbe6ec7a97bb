"""Who a source phrase stands for: a name, an office, a pronoun, or somebody without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.reading.cues import phrase_of
from dateline.reading.languages import words
from dateline.reading.notes import Notes
from dateline.story import Actor
from dateline.text.folding import fold
from dateline.text.slugs import slug
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRONOUNS = {"he", "she", "who"}


class Speakers:
    """Resolves sources in the order of the text, remembering who spoke last."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.unnamed = frozenset((words(notes.language, "offices") or {})["words"]["unnamed"])
        self.last: str | None = None
        self.last_unnamed: dict[str, str] = {}

    def of(self, head: Token, phrase: Span) -> str | None:
        """Return the key of the actor a source stands for, None when the text does not tell."""
        key = self._named(head, phrase) or self._stand_in(phrase) or self._pronoun(head) or self._unnamed(head, phrase)
        if key is not None:
            self.last = key
        return key

    def _named(self, head: Token, phrase: Span) -> str | None:
        word = Span(head.idx, head.idx + len(head.text))
        for mention in self.notes.mentions:
            if mention.span.holds(word):
                return mention.entity
        # "US Secretary of State John Kerry", "the Russian president, Vladimir Putin": the person within the phrase.
        if head.lower_ in self.unnamed or head.tag_ in ("PRP", "WP"):
            inside = [m for m in self.notes.mentions if m.kind == "PER" and phrase.holds(m.span)]
            return inside[0].entity if len(inside) == 1 and head.tag_.startswith("NN") else None
        inside = [m for m in self.notes.mentions if m.kind == "PER" and phrase.holds(m.span)]
        return inside[0].entity if len(inside) == 1 else None

    def _stand_in(self, phrase: Span) -> str | None:
        return next((key for span, key in self.notes.stand_ins.items() if span.overlaps(phrase)), None)

    def _pronoun(self, head: Token) -> str | None:
        if head.lower_ not in _PRONOUNS:
            return None
        if self.last is not None and self.notes.actors[self.last].kind == "PER":
            return self.last
        before = [m for m in self.notes.mentions if m.kind == "PER" and m.span.end <= head.idx]
        return max(before, key=lambda mention: mention.span).entity if before else None

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
