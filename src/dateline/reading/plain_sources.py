"""Who speaks, in a language without a parser: the noun phrase beside a verb of saying, and whom it stands for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from dateline.reading.languages import words
from dateline.reading.notes import Notes
from dateline.reading.plain_words import plain_words
from dateline.story import Actor, Kind, Mention
from dateline.text.folding import fold
from dateline.text.slugs import slug
from dateline.text.spans import Span

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ](?:[\w’'-]*\w)?"
_FIRST = re.compile(r"(\w+)\s")


class PlainSource(NamedTuple):
    """A noun phrase that may speak: ``head`` is the part of it before what it belongs to."""

    span: Span
    head: Span
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class Phrases:
    """The shape of noun phrases in a language."""

    phrase: re.Pattern[str]
    links: re.Pattern[str]
    pronoun: re.Pattern[str]
    setting: re.Pattern[str]
    leading: frozenset[str]
    determiners: frozenset[str]
    subjects: frozenset[str]
    definite: frozenset[str]
    hearers: frozenset[str]


@cache
def phrases(language: str) -> Phrases | None:
    """Return the shapes of noun phrases, None where the language has no cues."""
    known = words(language, "cues")
    if known is None:
        return None
    told: dict[str, Any] = known["words"]
    determiner = _any(told["determiners"])
    adjective, links = told["adjective"], _any(told["links"])
    particles = _any((words(language, "people") or {"particles": ["-"]})["particles"])
    name = rf"{_CAPITAL}(?:\s(?:(?:{particles})[\s-])*{_CAPITAL}|\s[A-Z]\.)*"
    adjectives = rf"(?:(?:(?:[A-Z0-9]+-)?{adjective}|\d+)\s){{0,3}}"
    owner = rf"\s(?:{links})\s(?:(?:{determiner})\s)?{adjectives}{name}"
    return Phrases(
        phrase=re.compile(rf"(?:(?i:{determiner})\s)?{adjectives}{name}(?:{owner}){{0,2}}"),
        links=re.compile(rf"\s(?:{links})\s"),
        pronoun=re.compile(rf"(?i:{_any(told['pronouns'])})(?!\w)"),
        setting=re.compile(rf"\s(?:{_any(told['settings'])})\s(?:(?:{determiner})\s)?{adjectives}{name}"),
        leading=frozenset(told["leading"]),
        determiners=frozenset(told["determiners"]),
        subjects=frozenset(told["subjects"]),
        definite=frozenset(told["definite"]),
        hearers=frozenset(told["hearers"]),
    )


def _any(forms: list[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


class PlainSpeakers:
    """Finds sources in the order of the text, and remembers who spoke last."""

    def __init__(self, notes: Notes, shape: Phrases) -> None:
        known = plain_words(notes.language)
        self.notes = notes
        self.shape = shape
        self.mentions = sorted(notes.mentions, key=lambda mention: mention.span)
        self.starts = [mention.span.start for mention in self.mentions]
        self.persons = [mention for mention in self.mentions if mention.kind == "PER"]
        self.person_ends = [mention.span.end for mention in self.persons]
        self.stand_ins = sorted(notes.stand_ins.items())
        self.stand_in_starts = [span.start for span, _ in self.stand_ins]
        self.known = known
        self.unnamed = known.unnamed if known else frozenset()
        self.bodies = known.speaking_bodies if known else frozenset()
        self.last: str | None = None
        self.last_at = 0
        self.paragraph = 0
        self.introduced: dict[str, str] = {}

    def subject_at(self, text: str, place: int, end: int, *, any_noun: bool = False) -> PlainSource | None:
        """Return the source that begins at a place and can be the subject of a verb."""
        first = _FIRST.match(text, place, end)
        word = first[1].lower() if first else ""
        if word in self.shape.determiners and word not in self.shape.subjects:
            return None
        return self.at(text, place, end, any_noun=any_noun)

    def at(self, text: str, place: int, end: int, *, any_noun: bool = False) -> PlainSource | None:
        """Return the source that begins at a place and ends before ``end``, None when nothing there can speak.

        With ``any_noun`` every noun with an article can ("sagte die Gärtnerin").
        """
        if (first := _FIRST.match(text, place, end)) and first[1] in self.shape.leading:
            place = first.end()
        if found := self.shape.pronoun.match(text, place, end):
            return PlainSource(Span(*found.span()), Span(*found.span()), pronoun=True)
        named = bisect_left(self.starts, place)
        if named < len(self.mentions) and self.mentions[named].span.start == place:
            whole = self.mentions[named].span  # "Ärzte ohne Grenzen", whose name no shape of phrases foresees
            if self.mentions[named].kind == "ORG" and whole.end <= end and " " in whole.of(text):
                return PlainSource(whole, whole)
        phrase = self.shape.phrase.match(text, place, end)
        if phrase is None:
            return None
        link = self.shape.links.search(text, place, phrase.end())
        head = Span(place, link.start() if link else phrase.end())
        span = self._heard_cut(text, Span(place, phrase.end()))
        within = self._within(head)
        person = next((mention for mention in reversed(within) if mention.kind == "PER"), None)
        if person is not None:
            return PlainSource(Span(place, person.span.end), Span(place, person.span.end))
        if self._noun(text, head) or within:
            # "Die Regierung Sanktionen": of a row of nouns only the phrase up to the one that can speak.
            return PlainSource(span, head)
        articled = any_noun and phrase.group().split()[0].lower() in self.shape.determiners
        return PlainSource(span, head) if articled or self._stand_in(span) else None

    def inserted(self, text: str, voice: PlainSource, end: int) -> PlainSource | None:
        """Return the source with the name that commas set behind it: "Der Bürgermeister der Stadt, Odd Berg,"."""
        place = bisect_left(self.starts, voice.span.end)
        if place == len(self.mentions) or self.mentions[place].kind != "PER":
            return None
        name = self.mentions[place].span
        around = text[voice.span.end : name.start].strip(), text[name.end : end].strip()
        return PlainSource(Span(voice.span.start, name.end), name) if around == (",", ",") else None

    def _heard_cut(self, text: str, span: Span) -> Span:
        """Cut off to whom it is said: "der Minister der Zeitung"."""
        for link in self.shape.links.finditer(text, span.start, span.end):
            if self.shape.hearers & set(re.findall(r"[\w-]+", text[link.end() : span.end])):
                return Span(span.start, link.start())
        return span

    def _within(self, span: Span) -> list[Mention]:
        found = []
        for place in range(bisect_left(self.starts, span.start), len(self.mentions)):
            mention = self.mentions[place]
            if mention.span.start >= span.end:
                break
            if mention.span.end <= span.end and mention.kind != "MISC":
                found.append(mention)
        return found

    def _noun(self, text: str, head: Span) -> str | None:
        """Return the noun of a phrase that can speak without a name: the last part of its compound counts."""
        for word in re.findall(r"[^\W\d_][\w-]*", head.of(text)):
            last = word.rpartition("-")[2]
            speaks = {word, last} & self.unnamed or {word, last} & self.bodies
            if speaks or (self.known and self.known.office(last)):
                return str(last)
        return None

    def _stand_in(self, span: Span) -> str | None:
        place = bisect_left(self.stand_in_starts, span.start)
        if place < len(self.stand_ins) and self.stand_ins[place][0].start < span.end:
            return self.stand_ins[place][1]
        return None

    def key(self, source: PlainSource, text: str) -> str | None:
        """Return the actor a source stands for, None when the text does not tell."""
        key = self._pronoun(source) if source.pronoun else self._speaking(source, text)
        if key is not None:
            self.last, self.last_at = key, source.span.start
        return key

    def _pronoun(self, source: PlainSource) -> str | None:
        """Return who spoke last in this paragraph, else who was named last in it, else who spoke last at all."""
        before = bisect_right(self.person_ends, source.span.start)
        named = self.persons[before - 1] if before else None
        spoke = self.last is not None and self.notes.actors[self.last].kind == "PER"
        if spoke and (self.last_at >= self.paragraph or named is None or named.span.start < self.paragraph):
            return self.last
        return named.entity if named else None

    def _speaking(self, source: PlainSource, text: str) -> str | None:
        within = self._within(source.head)
        if person := next((mention for mention in reversed(within) if mention.kind == "PER"), None):
            return person.entity
        if key := self._stand_in(source.span):
            return key
        noun = self._noun(text, source.head)
        named = next((mention for mention in within if not _is_prefix(mention, text)), None)
        if named is not None and (noun is None or named.span.of(text).endswith(noun)):
            return named.entity
        if noun is None:
            # "einem Bericht der Nato": it speaks for whose it is.
            owner = next(iter(self._within(source.span)), None)
            return owner.entity if owner else None
        return self._without_name(source, noun, text)

    def _without_name(self, source: PlainSource, noun: str, text: str) -> str:
        """Return the key of "ein Diplomat", made where it first stands; "der Diplomat" is the last of the kind."""
        first, *others = source.span.of(text).split()
        definite = first.lower() in self.shape.definite
        if definite and len(others) == 1 and noun in self.introduced:
            return self.introduced[noun]
        name = " ".join(others if definite and others else [first, *others])
        kind: Kind = "ORG" if noun in self.bodies else "PER"
        key = f"{kind.casefold()}:{slug(fold(name))}"
        self.notes.actors.setdefault(key, Actor(key=key, kind=kind, name=name, named=False))
        self.introduced[noun] = key
        return key


def _is_prefix(mention: Mention, text: str) -> bool:
    """Say whether a name is the first part of a compound: the "EU" of "EU-Diplomat"."""
    return text[mention.span.end : mention.span.end + 1] in ("-", "‑")
