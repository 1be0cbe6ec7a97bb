"""Forms of English words: the reader looks words up by any form, the lists hold the base only."""

from __future__ import annotations

import re
from functools import cache

from dateline.reading.languages import words

_VOWELS = "aeiou"
_DOUBLES = re.compile(r"(?:qu|[^aeiou]*)[aeiou][bdgklmnprt]")


@cache
def verb_forms(base: str) -> tuple[str, ...]:
    """Return the forms of a verb, its base first ("rule out" → "rule out", "ruled out", "rules out", "ruling out")."""
    verb, _, rest = base.partition(" ")
    rest = f" {rest}" if rest else ""
    return tuple(form + rest for form in (verb, *(_irregular().get(verb) or _regular(verb))))


@cache
def noun_forms(base: str) -> tuple[str, str]:
    """Return a noun and its plural; of several words the last one changes."""
    if base.endswith(("s", "sh", "ch", "x")):
        return base, base + "es"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base, base[:-1] + "ies"
    if base.endswith("man"):
        return base, base[:-2] + "en"
    return base, base + "s"


def _regular(verb: str) -> tuple[str, ...]:
    if verb in _doubled() or _DOUBLES.fullmatch(verb):
        stem = verb + verb[-1]
        made: tuple[str, ...] = (stem + "ed", stem + "ing")
        if verb.endswith("l"):  # British and American usage differ: "cancelled", "canceled".
            made = (*made, verb + "ed", verb + "ing")
    elif verb.endswith("ee"):
        made = (verb + "d", verb + "ing")
    elif verb.endswith("e"):
        made = (verb + "d", verb[:-1] + "ing")
    elif verb.endswith("y") and verb[-2] not in _VOWELS:
        made = (verb[:-1] + "ied", verb + "ing")
    else:
        made = (verb + "ed", verb + "ing")
    return (*made, noun_forms(verb)[1] if not verb.endswith("man") else verb + "s")


@cache
def _irregular() -> dict[str, list[str]]:
    known: dict[str, list[str]] = (words("en", "verbs") or {})["irregular"]
    return known


@cache
def _doubled() -> frozenset[str]:
    return frozenset((words("en", "verbs") or {})["doubled"]["verbs"])
