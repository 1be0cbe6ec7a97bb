"""What a denial calls the accusation it answers ("the charge"): the words of each language."""

from __future__ import annotations

import re
from functools import cache

from dateline.reading.languages import words


def names_charge(said: str, language: str) -> bool:
    """Say whether words name an accusation made before."""
    return not charges(language).isdisjoint(re.findall(r"\w+", said.casefold()))


@cache
def charges(language: str) -> frozenset[str]:
    listed = (words(language, "cues") or {}).get("words", {})
    return frozenset(listed.get("charges", ()))
