"""The lexicon of deeds: what its entries hold, and which of them fits a word with what stands by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.reading.forms import noun_forms, verb_forms
from dateline.reading.languages import words


@dataclass(frozen=True, slots=True)
class DeedEntry:
    """One way to tell a deed: all of ``said`` must stand with the first word, and one of ``others``, if any.

    ``who`` says whose deed it must be, ``to`` that it must lead to a place or a party, ``thing`` that it must have an
    object, ``passive`` that the subject suffers it. The type NONE tells that these words are no deed ("went to the
    polls").
    """

    type: str
    mode: str | None
    said: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()
    who: str | None = None
    to: bool = False
    thing: bool = False
    passive: bool = False

    @property
    def weight(self) -> tuple[int, bool, bool]:
        return (len(self.said) + bool(self.others), bool(self.who), bool(self.others))


@dataclass(frozen=True, slots=True)
class Operator:
    """What a verb makes of the deed it takes; ``makes`` gives the outcome by the inner type, ``*`` for any other."""

    name: str
    makes: Mapping[str, str]

    def over(self, inner: str) -> str | None:
        return self.makes.get(inner) or self.makes.get("*")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All of ``deeds.toml``, looked up by the form of the first word."""

    verbs: Mapping[str, tuple[DeedEntry, ...]]
    nouns: Mapping[str, tuple[DeedEntry, ...]]
    operators: Mapping[str, tuple[tuple[tuple[str, ...], Operator], ...]]
    turning: Mapping[str, Operator]
    promise: Operator
    carriers: Mapping[str, tuple[tuple[str, ...], ...]]
    sectors: Mapping[str, str]
    generic: frozenset[str]
    who: Mapping[str, frozenset[str]]
    subjects: Mapping[str, frozenset[str]]
    light: frozenset[str]
    partitive: frozenset[str]
    factual: frozenset[str]
    speech: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Read the English deeds, once."""
    known = words("en", "deeds") or {}
    verbs, nouns = _entries(known["deed"])
    operators: dict[str, list[tuple[tuple[str, ...], Operator]]] = {}
    turning: dict[str, Operator] = {}
    by_name = {name: Operator(name, found["makes"]) for name, found in known["operators"].items()}
    for name, operator in by_name.items():
        for phrase in known["operators"][name]["verbs"]:
            for form, said in _forms(phrase):
                operators.setdefault(form, []).append((said, operator))
        for noun in known["operators"][name].get("nouns", ()):
            turning |= dict.fromkeys(noun_forms(noun), operator)
    carriers: dict[str, list[tuple[str, ...]]] = {}
    for phrase in known["carriers"]["verbs"]:
        for form, said in _forms(phrase):
            carriers.setdefault(form, []).append(said)
    told = known["words"]
    return Lexicon(
        verbs=_frozen(verbs),
        nouns=_frozen(nouns),
        operators=_frozen(operators),
        turning=turning,
        promise=by_name["promise"],
        carriers=_frozen(carriers),
        sectors={
            form: sector
            for sector, known_as in known["sectors"].items()
            for noun in known_as
            for form in noun_forms(noun)
        },
        generic=frozenset(form for noun in told["generic"] for form in noun_forms(noun)),
        who={name: frozenset(sectors) for name, sectors in known["who"].items()},
        subjects={name: frozenset(nouns) for name, nouns in known["subjects"].items()},
        light=frozenset(told["light"]),
        partitive=frozenset(form for noun in told["partitive"] for form in noun_forms(noun)),
        factual=frozenset(form for verb in told["factual"] for form in verb_forms(verb)),
        speech=frozenset(form for verb in told["speech"] for form in verb_forms(verb)),
    )


def _entries(deeds: list[dict[str, Any]]) -> tuple[dict[str, list[DeedEntry]], dict[str, list[DeedEntry]]]:
    """Return the entries by the form of their verb, and by that of their noun."""
    verbs: dict[str, list[DeedEntry]] = {}
    nouns: dict[str, list[DeedEntry]] = {}
    for deed in deeds:
        # The parser cuts words at hyphens: "cease-fire" is found as "cease" before "fire".
        others = tuple(tuple(each.replace("-", " ").split()) for each in deed.get("with", ()))
        for phrase in deed.get("verbs", ()):
            for form, said in _forms(phrase):
                entry = DeedEntry(
                    type=deed["type"],
                    mode=deed.get("mode"),
                    said=said,
                    others=others,
                    who=deed.get("who"),
                    to=deed.get("to", False),
                    thing=deed.get("thing", False),
                    passive=deed.get("passive", False),
                )
                verbs.setdefault(form, []).append(entry)
        for phrase in deed.get("nouns", ()):
            # "state of emergency" is found by "state" with "of emergency", "troop movement" by its last word.
            head, _, of = phrase.replace("-", " ").partition(" of ")
            before = (*head.split()[:-1], f"of {singular(of)}") if of else tuple(head.split()[:-1])
            for form in noun_forms(head.split()[-1]):
                entry = DeedEntry(type=deed["type"], mode=deed.get("mode"), said=(*before, form))
                nouns.setdefault(form, []).append(entry)
    return verbs, nouns


def _forms(phrase: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each form of a phrase's verb with all its words."""
    said = tuple(phrase.split())
    for form in verb_forms(said[0]):
        yield form, said


def _frozen(lists: Mapping[str, Iterable[Any]]) -> dict[str, tuple[Any, ...]]:
    return {key: tuple(values) for key, values in lists.items()}


@cache
def singular(form: str) -> str:
    """Return a guess at the base of a noun as it stands ("talks" → "talk")."""
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("ses", "xes", "ches", "shes")) and not form.endswith(("ases", "ises", "uses")):
        return form[:-2]
    if form.endswith("men"):
        return form[:-2] + "an"
    return form[:-1] if form.endswith("s") and not form.endswith(("ss", "us", "is")) else form
