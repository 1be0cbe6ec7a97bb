"""The shapes of dates in a language: its words and rules (``languages/*/moments.toml``) as patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.reading.languages import words
from dateline.text.folding import fold

# Slots that hold no words of a language.
_FIXED = {
    "year": r"(?:1[0-9]\d\d|20\d\d)(?![\d,.]\d|\w|-\d(?!(?:\d|\d\d\d)(?![\w-])))",
    "endyear": r"(?<=\d\d\d\d[-–/])\d\d(?![\d,.-]\d)",
    "range": r"[-–](?:3[01]|[12]\d|0?[1-9])(?!\d)",
    "bcyear": r"\d{1,4}(?!\d)",
    "isoday": r"(?:1[5-9]|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)",
    "slashed": r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/])",
    "tickyear": r"['’]\d\d(?!\w)",
    "decadeyear": r"(?:1[0-9]|20)\d0(?=['’]?s\b)['’]?",
    "tens": r"[2-9](?=0s\b)",
    "centuryno": r"\d{1,2}(?:st|nd|rd|th)",
    "quarterno": r"[1-4](?!\d)",
}
_BLANK = r"(?:[\t\u00a0\x20]+|[\t\x20]*\n[\t\x20]*(?!\s))"


@dataclass(frozen=True, slots=True)
class Shapes:
    """What is known of a language's dates. ``rules`` are pairs of a way and a pattern, in order of preference."""

    language: str
    slots: dict[str, dict[str, Any]]
    rules: tuple[tuple[str, re.Pattern[str]], ...]
    trigger: re.Pattern[str]
    never_before: frozenset[str]
    never_behind: frozenset[str]
    before_year: frozenset[str]
    before_month: frozenset[str]
    capital: frozenset[str]
    ahead: frozenset[str]
    ahead_in_two: frozenset[tuple[str, str]]
    behind: frozenset[str]
    past_endings: tuple[str, ...]
    not_past: frozenset[str]

    def value(self, slot: str, said: str) -> Any:
        """Return what a word of a slot stands for; KeyError when it is none."""
        return self.slots[slot][" ".join(fold(said).rstrip(".").split())]


@cache
def shapes(language: str) -> Shapes | None:
    """Return the shapes of a language, None where it has no words of time."""
    known = words(language, "moments")
    if known is None:
        return None
    slots, told = known["slots"], known["words"]
    rules = tuple((way, _pattern(shape, slots)) for way, each in known["rules"].items() for shape in each)
    return Shapes(
        language=language,
        # Patterns look for the forms as they are written; values are looked up folded.
        slots={name: {fold(word): value for word, value in table.items()} for name, table in slots.items()},
        rules=rules,
        trigger=_trigger(slots, told),
        never_before=frozenset(told.get("never_before", ())),
        never_behind=frozenset(told.get("never_behind", ())),
        before_year=frozenset(told.get("before_year", ())),
        before_month=frozenset(told.get("before_month", ())),
        capital=frozenset(told.get("capital", ())),
        ahead=frozenset(told.get("ahead", ())),
        ahead_in_two=frozenset((first, second) for first, second in map(str.split, told.get("ahead_in_two", ()))),
        behind=frozenset(told.get("behind", ())),
        past_endings=tuple(told.get("past_endings", ())),
        not_past=frozenset(told.get("not_past", ())),
    )


def _any_of(forms: Any) -> str:
    longest_first = sorted(forms, key=len, reverse=True)
    return "|".join(re.escape(form).replace(r"\ ", _BLANK).replace("'", "['’]") for form in longest_first)


def _pattern(shape: str, slots: dict[str, dict[str, Any]]) -> re.Pattern[str]:
    """Return the pattern of a shape; the slots in it become named groups."""

    def group(found: re.Match[str]) -> str:
        name = found[1]
        return f"(?P<{name}>{_slot(name, slots)})"

    filled = re.sub(r"\{([a-z]{2,})\}", group, shape.replace(" ", _BLANK).replace("~", f"(?:{_BLANK}|-)"))
    return re.compile(rf"(?<![\w$£€#/])(?:{filled})(?![\w%])", re.IGNORECASE)


def _slot(name: str, slots: dict[str, dict[str, Any]]) -> str:
    if name == "number":
        word = _any_of(slots["number"])
        return rf"\d+(?:,\d{{3}})*(?:\.\d+)?(?:{_BLANK}\d/\d)?|(?:{word})(?:[- ](?:and{_BLANK})?(?:{word}))*"
    if name == "day":
        ordinals = _any_of(slots.get("ordinal", {}))
        return r"(?:3[01]|[12]\d|0?[1-9])(?!\d|[.,:]\d)(?:st|nd|rd|th)?" + (f"|{ordinals}" if ordinals else "")
    if name == "clock":
        half = _any_of(slots["half"]) if "half" in slots else "(?!)"
        named = _any_of(slots["hour"]) if "hour" in slots else "(?!)"
        whole = r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?"
        long = rf"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:{_BLANK}?hrs)?"
        return rf"(?:{whole}|1[0-2]|[1-9]){_BLANK}?(?:{half})|{long}|{named}"
    return _FIXED.get(name) or _any_of(slots[name])


def _trigger(slots: dict[str, dict[str, Any]], told: dict[str, Any]) -> re.Pattern[str]:
    """Return what every date holds: without one of these there is nothing to look for."""
    leads = {"about", "stage", "number", "quantity", "vague", "ordinal", "which", "half", "shortday"}
    heads = {form for name, table in slots.items() if name not in leads for form in table}
    heads |= set(told.get("heads", ()))
    tail = f"(?:{_any_of(slots['joined'])})?" if "joined" in slots else ""
    return re.compile(rf"(?<!\w)(?:{_any_of(heads)}){tail}(?!\w)|(?:1[0-9]|20)\d\d|\d:\d\d|\d/\d|['’]\d", re.IGNORECASE)
