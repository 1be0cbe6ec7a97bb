"""Which way a text runs."""

from __future__ import annotations

import unicodedata
from typing import Literal

Direction = Literal["ltr", "rtl"]
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


def direction_of(text: str) -> Direction:
    """Return the direction of most of the strong characters, ``ltr`` when there is none.

    The majority decides, not the first strong character: a Persian headline may open with a Latin name.
    """
    right = left = 0
    for char in text:
        way = unicodedata.bidirectional(char)
        if way in ("R", "AL"):
            right += 1
        elif way == "L":
            left += 1
    return "rtl" if right > left else "ltr"


def direction_of_language(language: str) -> Direction:
    """Return the direction of a BCP 47 tag by its primary subtag, ``ltr`` when unknown."""
    return "rtl" if language.lower().replace("_", "-").split("-")[0] in RIGHT_TO_LEFT else "ltr"
