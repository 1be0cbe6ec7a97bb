"""Which way a text runs."""

from __future__ import annotations

import re
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


# Every character of class R, AL or AN stands in these blocks (UAX 44, DerivedBidiClass).
_RIGHT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
# One letter for each bidirectional class that matters here; every other class is "n", neutral.
_CLASSES = {"L": "L", "R": "R", "AL": "R", "EN": "E", "AN": "A", "ET": "T", "ES": "S", "CS": "C"}
_NUMBERS = r"T*E(?:[CS]?E)*T*|A(?:C?A)*"
_SET_APART = {
    # After a Latin letter numbers and what stands between go with it (rules W7, N1); other numbers stand alone.
    "rtl": re.compile(rf"L(?:[^RA]*[LE])?|{_NUMBERS}"),
    "ltr": re.compile(rf"R(?:[^LEA]*R)?|{_NUMBERS}"),
}


def stretches(text: str, direction: Direction) -> tuple[tuple[str, bool], ...]:
    """Part a paragraph into stretches that each run one way; True for those that run against ``direction``.

    They follow each other in the order they are read in, which on paper they do not: a page that marks them lets its
    PDF be read without guessing. A paragraph that runs one way is one stretch.
    """
    if direction == "ltr" and not _RIGHT.search(text):
        return ((text, False),)
    classes = strong = ""
    for char in text:
        found = unicodedata.bidirectional(char)
        strong = found if found in ("L", "R", "AL") else strong
        told = "A" if found == "EN" and strong == "AL" else _CLASSES.get(found, "n")  # rule W2
        classes += (classes[-1:] or "n") if found == "NSM" else told
    if not ("R" in classes if direction == "ltr" else re.search("[LEA]", classes)):
        return ((text, False),)
    parts: list[tuple[str, bool]] = []
    done = 0
    for stretch in _SET_APART[direction].finditer(classes):
        parts += [(text[done : stretch.start()], False), (text[stretch.start() : stretch.end()], True)]
        done = stretch.end()
    return tuple(part for part in [*parts, (text[done:], False)] if part[0])
