"""The lexicon of deeds: what its entries hold, and which of them fits a word with what stands by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.reading.forms import noun_forms, verb_forms
from dateline.reading.languages import words


@dataclass(frozen=True, slots=True)
class DeedEntry:
    """One way to tell a deed: all of ``said`` must stand with the first word, and one of ``others``, if any."""

    type: str
    mode: str | None
    said: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()
    who: str | None = None

    @property
    def weight(self) -> tuple[int, bool, bool]:
        return (len(self.said) + bool(self.others), bool(self.others), bool(self.who))


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
    stops: Mapping[str, Operator]
    carriers: Mapping[str, tuple[tuple[str, ...], ...]]
    sectors: Mapping[str, str]
    who: Mapping[str, frozenset[str]]


@cache
def lexicon() -> Lexicon:
    """Read the English deeds, once."""
    known = words("en", "deeds") or {}
    verbs: dict[str, list[DeedEntry]] = {}
    nouns: dict[str, list[DeedEntry]] = {}
    for deed in known["deed"]:
        others = tuple(tuple(each.split()) for each in deed.get("with", ()))
        for phrase in deed.get("verbs", ()):
            said = tuple(phrase.split())
            entry = DeedEntry(deed["type"], deed.get("mode"), said, others, deed.get("who"))
            for form in verb_forms(said[0]):
                verbs.setdefault(form, []).append(entry)
        for phrase in deed.get("nouns", ()):
            said = tuple(phrase.split())
            entry = DeedEntry(deed["type"], deed.get("mode"), said)
            for form in noun_forms(phrase):
                nouns.setdefault(form.split()[-1], []).append(entry)
    operators: dict[str, list[tuple[tuple[str, ...], Operator]]] = {}
    stops: dict[str, Operator] = {}
    for name, found in known["operators"].items():
        operator = Operator(name, found["makes"])
        for phrase in found["verbs"]:
            said = tuple(phrase.split())
            for form in verb_forms(said[0]):
                operators.setdefault(form, []).append((said, operator))
        for noun in found.get("nouns", ()):
            stops |= dict.fromkeys(noun_forms(noun), operator)
    carriers: dict[str, list[tuple[str, ...]]] = {}
    for phrase in known["carriers"]["verbs"]:
        said = tuple(phrase.split())
        for form in verb_forms(said[0]):
            carriers.setdefault(form, []).append(said)
    return Lexicon(
        verbs=_frozen(verbs),
        nouns=_frozen(nouns),
        operators=_frozen(operators),
        stops=stops,
        carriers=_frozen(carriers),
        sectors={
            form: sector
            for sector, known_as in known["sectors"].items()
            for noun in known_as
            for form in noun_forms(noun)
        },
        who={name: frozenset(sectors) for name, sectors in known["who"].items()},
    )


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
