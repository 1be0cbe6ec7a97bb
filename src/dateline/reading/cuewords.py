"""The lexicon of cues: which words give words to somebody, with what stance, and what may stand with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dateline.reading.forms import noun_forms, verb_forms
from dateline.reading.languages import words


@dataclass(frozen=True, slots=True)
class CueWords:
    """All of ``cues.toml``. ``verbs`` and ``nouns`` map each form to its base and its stance; the rest are the lists."""

    verbs: Mapping[str, tuple[str, str]]
    nouns: Mapping[str, tuple[str, str]]
    carriers: frozenset[str]
    light: frozenset[str]
    lists: Mapping[str, Mapping[str, frozenset[str]]]

    def holds(self, group: str, name: str, base: str) -> bool:
        """Say whether a list of ``cues.toml`` holds a word: ``holds("frames", "clause", "say")``."""
        return base in self.lists[group].get(name, ())


@cache
def cue_words() -> CueWords:
    """Read the English cues, once."""
    known = words("en", "cues") or {}
    lists = {
        group: {name: frozenset(each) for name, each in listed.items()}
        for group, listed in known.items()
        if group not in ("stances", "nouns")
    }
    return CueWords(
        verbs=_by_form(known["stances"], verb_forms),
        nouns=_by_form(known["nouns"], noun_forms),
        carriers=_all_forms(known["verbs"]["carriers"]),
        light=_all_forms(known["verbs"]["light"]),
        lists=lists,
    )


def _by_form(
    stances: Mapping[str, Iterable[str]], forms_of: Callable[[str], tuple[str, ...]]
) -> dict[str, tuple[str, str]]:
    forms: dict[str, tuple[str, str]] = {}
    for stance, bases in stances.items():
        for base in bases:
            for form in forms_of(base):
                forms.setdefault(form, (base, stance))
    return forms


def _all_forms(bases: Iterable[str]) -> frozenset[str]:
    return frozenset(form for base in bases for form in verb_forms(base))
