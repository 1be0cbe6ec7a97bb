"""The lexicon of cues: which words give words to somebody, with what stance, and what may stand with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from dateline.reading.forms import noun_forms, verb_forms
from dateline.reading.languages import words

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CueWords:
    """All of ``cues.toml``. ``verbs`` and ``nouns`` give the base and the stance of each form.

    ``light`` are all forms of the verbs that make a noun a cue; ``lists`` are the other tables, in base forms.
    """

    verbs: Mapping[str, tuple[str, str]]
    nouns: Mapping[str, tuple[str, str]]
    light: frozenset[str]
    lists: Mapping[str, Mapping[str, frozenset[str]]]


@cache
def cue_words() -> CueWords:
    """Read the English cues, once."""
    known = words("en", "cues") or {}
    return CueWords(
        verbs=_by_form(known["stances"], verb_forms),
        nouns=_by_form(known["nouns"], noun_forms),
        light=frozenset(form for base in known["verbs"]["light"] for form in verb_forms(base)),
        lists={
            group: {name: frozenset(each) for name, each in lists.items()}
            for group, lists in known.items()
            if group not in ("stances", "nouns")
        },
    )


def listed(group: str, name: str) -> frozenset[str]:
    """Return a list of ``cues.toml`` (``frames``, ``clause``), an empty one where there is none of the name."""
    return cue_words().lists[group].get(name, _NONE)


def _by_form(
    stances: Mapping[str, Iterable[str]], forms_of: Callable[[str], tuple[str, ...]]
) -> dict[str, tuple[str, str]]:
    forms: dict[str, tuple[str, str]] = {}
    for stance, bases in stances.items():
        for base in bases:
            for form in forms_of(base):
                forms.setdefault(form, (base, stance))
    return forms
