"""The words of a language that is read without a parser: its names, offices and people, from its data files.

A language needs ``authority.toml`` (states and organisations) and ``people.toml``; ``offices.toml`` gives it roles and
``cues.toml`` quotes. German is the pattern to follow: ``languages/de``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from dateline.reading import authority
from dateline.reading.languages import words
from dateline.story import Kind
from dateline.text.folding import fold
from dateline.text.slugs import slug
from dateline.text.spans import Span

_PIECE = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*|[^\w\s]|_")


class Piece(NamedTuple):
    """A word or a mark of a text; a hyphen is a mark of its own."""

    start: int
    end: int
    text: str


class KnownName(NamedTuple):
    """What a name of the lists stands for. A capital names its state as ``country``."""

    kind: Kind
    key: str
    name: str
    country: str | None = None
    capital: bool = False
    why: str = "in the list of states and organisations"


@dataclass(frozen=True, slots=True)
class PlainWords:
    """A language's names. ``listed`` holds those of the lists by their first piece, longest first."""

    language: str
    listed: Mapping[str, tuple[tuple[tuple[str, ...], KnownName], ...]]
    states: Mapping[str, KnownName]
    owned: re.Pattern[str] | None
    bodies: re.Pattern[str] | None
    given: frozenset[str]
    acts: frozenset[str]
    ages: frozenset[str]
    family_first: frozenset[str]
    particles: frozenset[str]
    honorifics: frozenset[str]
    callings: frozenset[str]
    noun_endings: tuple[str, ...]
    determiners: frozenset[str]
    place_leads: frozenset[str]
    place_joins: frozenset[str]
    never_places: frozenset[str]
    offices: Mapping[str, str]
    office_endings: Mapping[str, str]
    implied: Mapping[str, str]
    before_office: frozenset[str]
    office_prefixes: frozenset[str]
    of: frozenset[str]
    unnamed: frozenset[str]
    speaking_bodies: frozenset[str]
    says: frozenset[str]
    tells: frozenset[str]

    def office(self, word: str) -> str | None:
        """Return the office a word names: of the list, or a compound of one that takes any ("Bergbauminister")."""
        if word in self.offices:
            return self.offices[word]
        if not word[0].isupper():
            return None
        for ending, base in self.office_endings.items():
            if word.endswith(ending) and len(word) > len(ending) + 2:
                return word[: len(word) - len(ending)] + base
        return None

    def at(self, pieces: list[Piece], place: int) -> tuple[int, KnownName] | None:
        """Return the listed name that begins at a piece and the piece behind it, None when there is none."""
        for form, known in self.listed.get(pieces[place].text, ()):
            end = place + len(form)
            if end <= len(pieces) and all(pieces[place + n].text == each for n, each in enumerate(form)):
                return end, known
        return None


def cut(text: str) -> list[Piece]:
    """Cut a text into words and marks."""
    return [Piece(found.start(), found.end(), found.group()) for found in _PIECE.finditer(text)]


def inflected(form: str, endings: Mapping[str, list[str]]) -> list[str]:
    """Return the forms of a word, itself first: the longest ending that fits is replaced by each of those it takes."""
    ending = max((each for each in endings if form.endswith(each)), key=len, default=None)
    if ending is None:
        return [form]
    stem = form[: len(form) - len(ending)]
    return list(dict.fromkeys([form, *(stem + each for each in endings[ending])]))


@cache
def plain_words(language: str) -> PlainWords | None:
    """Return the words of a language for names, None where it has none."""
    names, people = words(language, "authority"), words(language, "people")
    if names is None or people is None:
        return None
    offices = words(language, "offices") or {"offices": {}, "words": {}}
    cues = words(language, "cues") or {"verbs": []}
    told = offices["words"]
    return PlainWords(
        language=language,
        listed=_by_first_piece(_listed(names)),
        states={code: _state(code, state) for code, state in names["states"].items()},
        owned=_shapes(names["patterns"].get("owned", ())),
        bodies=_shapes(names["patterns"].get("others", ())),
        given=frozenset(people["given"].split()),
        offices=_office_forms(offices),
        office_endings={
            form.lower(): base.lower()
            for base in told.get("compounds", ())
            for form in sorted(inflected(base, offices["inflections"]["office"]), key=len, reverse=True)
        },
        implied=offices.get("implied", {}),
        before_office=frozenset(told.get("before", ())),
        office_prefixes=frozenset(told.get("prefixes", ())),
        of=frozenset(told.get("of", ())),
        unnamed=frozenset(told.get("unnamed", ())),
        speaking_bodies=frozenset(told.get("bodies", ())),
        tells=frozenset(
            form for verb in cues["verbs"] if verb["stance"] in ("say", "argue") for form in verb["said"].split()
        ),
        says=frozenset(form for verb in cues["verbs"] for form in verb["said"].split()),
        noun_endings=tuple(people["noun_endings"]),
        **{
            name: frozenset(people[name])
            for name in ("acts", "ages", "family_first", "particles", "honorifics", "callings", "determiners")
        },
        **{name: frozenset(people[name]) for name in ("place_leads", "place_joins", "never_places")},
    )


def _state(code: str, state: dict[str, Any]) -> KnownName:
    return KnownName("LOC", f"loc:{code.casefold()}", state["name"], code)


def _office_forms(offices: dict[str, Any]) -> dict[str, str]:
    """Return each written form of an office → the office's name; a name of its own before an inflected form."""
    endings = offices.get("inflections", {}).get("office", {})
    forms: dict[str, str] = {}
    for office, others in offices["offices"].items():
        for written in (office, *others):
            for form in inflected(written, endings):
                forms.setdefault(form, office)
    return forms | {office: office for office in offices["offices"]}


def _listed(names: dict[str, Any]) -> Iterator[tuple[str, KnownName]]:
    """Yield the forms of the lists; of two that are equal the first counts."""
    endings = names["inflections"]
    for code, state in names["states"].items():
        known = _state(code, state)
        for name in (state["name"], *state.get("also", ())):
            yield from ((form, known) for form in inflected(name, endings["name"]))
    for code, state in names["states"].items():
        english = authority.capital_of(code)
        capital = KnownName("LOC", f"loc:{slug(fold(english))}", state["capital"], code, capital=True)
        for name in (state["capital"], *state.get("spelled", ())):
            yield from ((form, capital) for form in inflected(name, endings["name"]))
        why = f"the seat of the government of {state['name']}"
        seat = _state(code, state)._replace(why=why)
        yield from ((form, seat) for name in state.get("seats", ()) for form in inflected(name, endings["name"]))
    for code, state in names["states"].items():
        theirs = _state(code, state)._replace(kind="MISC")
        for name in state["adjectives"]:
            for form in inflected(name, endings["adjective"]):
                yield form, theirs
                yield form[0].upper() + form[1:], theirs
        yield from ((form, theirs) for name in state["people"] for form in inflected(name, endings["people"]))
    for name, forms in names["organisations"].items():
        body = KnownName("ORG", f"org:{slug(fold(name))}", forms[0])
        yield from ((form, body) for form in forms)
    for name, entry in names.get("bodies", {}).items():
        body = KnownName("ORG", f"org:{slug(fold(name))}", name, entry.get("country"))
        yield from ((form, body) for form in entry["forms"])


def _by_first_piece(
    forms: Iterable[tuple[str, KnownName]],
) -> dict[str, tuple[tuple[tuple[str, ...], KnownName], ...]]:
    known: dict[tuple[str, ...], KnownName] = {}
    for form, listed in forms:
        known.setdefault(tuple(piece.text for piece in cut(form)), listed)
    found: dict[str, list[tuple[tuple[str, ...], KnownName]]] = {}
    for cut_up in sorted(known, key=len, reverse=True):
        found.setdefault(cut_up[0], []).append((cut_up, known[cut_up]))
    return {first: tuple(entries) for first, entries in found.items()}


def _shapes(shapes: Iterable[str]) -> re.Pattern[str] | None:
    capital = r"(?-i:[^\W\d_a-zß-öø-ÿ][\w-]*)"
    every = [shape.replace("{name}", capital).replace(" ", r"[\u00a0\x20]") for shape in shapes]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(every)})(?![\w-])") if every else None


def within(pieces: list[Piece], span: Span) -> tuple[int, int]:
    """Return the first piece of a span and the one behind its last."""
    return bisect_left(pieces, (span.start,)), bisect_left(pieces, (span.end,))
