"""What a story tells of a name no list knows: that it is a state, its people, a ship.

A state is known by what only states have ("Ruritania's navy", "the ambassador to Ruritania") and by the word for its
people ("Ruritanian"). One strong sign is enough, or two weak ones: a leader has a government as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from dateline.reading import authority
from dateline.reading.edges import is_title, name_words
from dateline.reading.words import Words
from dateline.story import Kind
from dateline.text.folding import fold

_ENOUGH = 2
_NAME = r"([A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+)?)"


@dataclass(frozen=True, slots=True)
class Standing:
    """``states`` are names of states, ``peoples`` the words for their people with the state, ``ships`` of vessels."""

    states: frozenset[str] = frozenset()
    peoples: dict[str, str] = field(default_factory=dict)
    ships: frozenset[str] = frozenset()
    dateline: frozenset[str] = frozenset()

    def kind_of(self, name: str) -> Kind | None:
        if name in self.states or name in self.dateline:
            return "LOC"
        return "MISC" if name in self.peoples or name in self.ships else None

    def why(self, name: str) -> str | None:
        if name in self.states:
            return "the story tells of what only a state has, or of its people"
        if name in self.peoples:
            return f"the word for what is of {self.peoples[name]}, a state by this story"
        if name in self.dateline:
            return "the story’s dateline"
        return "named as a ship" if name in self.ships else None


def told(names: Iterable[str], full: dict[str, str], words: Words, dateline: str) -> Standing:
    """Return what the words around the names of a story tell; who is named in full is no state."""
    persons = {fold(part) for name in full.values() for part in name.split()}
    unknown = {name for name in names if name[:1].isupper() and not _is_known(name, persons)}
    ships = {name for found in _ships().finditer(words.text) if (name := found[1]) in unknown}
    signs: Counter[str] = Counter()
    for pattern, weight in _signs():
        for found in pattern.finditer(words.text):
            signs.update(dict.fromkeys(_meant(found[1]), weight))
    peoples = _peoples(unknown - ships, persons, words)
    for people, name in peoples.items():
        signs[name] += _ENOUGH - people.endswith(tuple(name_words("states", "weak_endings")))
    states = frozenset(name for name in unknown - ships if signs[name] >= _ENOUGH)
    peoples = {people: name for people, name in peoples.items() if name in states}
    lines = {part.strip() for part in dateline.split(",")}
    return Standing(states, peoples, frozenset(ships), frozenset(unknown & lines))


def is_land(name: str, country: str, words: Words) -> bool:
    """Say whether a story means the land where a person of it bears a land's name: "in Jordan", "Jordanian"."""
    spelt = re.escape(name)
    if re.search(rf"\b(?:in|into|across|throughout|outside|near) {spelt}\b", words.text):
        return True
    if any(name in _meant(found[1]) for pattern, _ in _signs() for found in pattern.finditer(words.text)):
        return True
    others = {word for span in words.spans if (word := span.of(words.text))[:1].isupper() and word != name}
    return any(authority.is_demonym(word) and authority.country_of(word) == country for word in others)


def _meant(said: str) -> set[str]:
    """Return which names capitalised words may be: "On Friday Ruritania's navy" has a day before the name."""
    first, *rest = re.split("[ -]", said)
    return {said, *rest} if rest and not is_title(first) else {said}


def _is_known(name: str, persons: set[str]) -> bool:
    listed = (
        authority.country_of(name) or authority.is_land(name) or authority.is_people(name) or authority.seat_of(name)
    )
    return bool(listed) or authority.organisation(name) is not None or is_title(name) or fold(name) in persons


def _peoples(names: set[str], persons: set[str], words: Words) -> dict[str, str]:
    """Return the words of a story that are formed from a name of it as those for a people are."""
    capitals = {word for span in words.spans if (word := span.of(words.text))[:1].isupper()}
    found: dict[str, str] = {}
    for name in names:
        if " " in name or len(name) < 4 or name.isupper():
            continue
        for ending in sorted(name_words("states", "endings") | name_words("states", "weak_endings")):
            for stem in {name, name.rstrip("aeiou")}:
                for word in (stem + ending, f"{stem}{ending}s"):
                    if word in capitals and word != name and not _is_known(word, persons):
                        found[word] = name
    return found


@cache
def _signs() -> tuple[tuple[re.Pattern[str], int], ...]:
    """Return what tells of a state, the name its first group, with the weight."""
    signs: list[tuple[re.Pattern[str], int]] = []
    for group, weight in (("strong", _ENOUGH), ("weak", 1)):
        owned, before = _either(f"{group}_owned"), _either(f"{group}_before")
        signs.append((re.compile(rf"\b{_NAME}['’]s? (?:[a-z]+ )?{owned}(?!\w)"), weight))
        signs.append((re.compile(rf"\b{before} {_NAME}"), weight))
    verbs = _either("verbs")
    signs.append((re.compile(rf"\b{_NAME} (?:has |had )?{verbs} (?:its|the \w+) (?:ambassador|envoy)s?\b"), _ENOUGH))
    return tuple(signs)


@cache
def _ships() -> re.Pattern[str]:
    return re.compile(rf"\b{_either('ships')}(?:, the)? [“\"‘']?{_NAME}")


def _either(group: str) -> str:
    forms = sorted(name_words("states", group), key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, forms))})"
