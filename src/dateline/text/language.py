"""Which language a text is in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from copy import copy
from functools import cache, lru_cache
from math import inf
from typing import Any

UNKNOWN = "und"
_NO_LETTERS = {code: " " for code in range(128) if not chr(code).isalpha()}
FEWEST_LETTERS = 20
_ENOUGH = 4_000  # letters looked at; more change nothing
_GLANCE = 200  # characters of a text in which it is believed to be in the language it states
# The lead (in log-likelihood a letter) that a language needs over the stated one: mixed texts have less, and
# neighbours such as Danish and Norwegian four times as much.
_DOUBT = 0.1
_LEAST_DOUBT = 15.0  # in all: what a name or two weigh ("Angela Merkel" reads Dutch), which settle no short text

# A script that only one newsroom language uses settles it; the others leave a choice for the model.
_ALONE = {
    "HEBREW": "he", "GREEK": "el", "HANGUL": "ko", "THAI": "th", "ARMENIAN": "hy", "GEORGIAN": "ka",
    "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GUJARATI": "gu", "GURMUKHI": "pa",
    "MALAYALAM": "ml", "KANNADA": "kn", "SINHALA": "si", "KHMER": "km", "LAO": "lo", "ETHIOPIC": "am",
}  # fmt: skip
_CHOICE = {
    "ARABIC": ("ar", "fa", "ur", "ps"),
    "CYRILLIC": ("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn"),
    "LATIN": (
        "en", "de", "fr", "es", "it", "pt", "nl", "tr", "pl", "cs", "sk", "ro", "hu", "sv", "da", "no", "fi", "hr",
        "sl", "sq", "az", "id", "vi", "ca", "et", "lv", "lt", "is", "ga", "sw",
    ),
}  # fmt: skip
# Letters Arabic does not write, and letters Persian does not.
_PERSIAN = re.compile("[پچژگیک]")
_URDU = re.compile("[ٹڈڑںےہ]")
_PASHTO = re.compile("[ټډړښږڼځڅ]")
_ARABIC = re.compile("[ةيىكإ]")


def identify(text: str, *, stated: str | None = None) -> str:
    """Return the BCP 47 primary tag of the language of ``text``, ``und`` under about twenty letters.

    ``stated`` is a language tag from elsewhere, believed where the text is too short to tell, and in doubt.
    """
    said = primary(stated)
    if _is_as_stated(text, said):
        return said
    sample = _words_of(text[: _ENOUGH * 2])
    letters = sample.replace(" ", "")[:_ENOUGH]
    if len(letters) < FEWEST_LETTERS:
        return said
    scripts = _scripts(letters)
    script, count = scripts.most_common(1)[0]
    if script in ("CJK", "HIRAGANA", "KATAKANA"):
        return "ja" if scripts["HIRAGANA"] or scripts["KATAKANA"] else "zh"
    if script in _ALONE:
        return _ALONE[script]
    if script not in _CHOICE or count < len(letters) / 2:
        return said
    if script == "ARABIC":
        return _by_letters(sample)
    return _by_model(sample, _CHOICE[script], stated=said, doubt=max(_LEAST_DOUBT, _DOUBT * len(letters)))


def _is_as_stated(text: str, said: str) -> bool:
    """Tell whether a text of some length begins in the language it states, and goes on in its script to the end."""
    script = next((script for script in ("LATIN", "CYRILLIC") if said in _CHOICE[script]), None)
    if script is None or len(text) <= 2 * _GLANCE:
        return False
    glances = _words_of(text[: 2 * _GLANCE]), _words_of(text[min(len(text), 2 * _ENOUGH) - _GLANCE : 2 * _ENOUGH])
    for glance in glances:
        found = _scripts(glance.replace(" ", ""))
        if found.total() < FEWEST_LETTERS or found[script] * 2 < found.total():
            return False
    return _by_model(glances[0][:_GLANCE], _CHOICE[script]) == said


def _words_of(text: str) -> str:
    if text.isascii():
        return text.translate(_NO_LETTERS)
    return text.translate({ord(char): " " for char in set(text) if not char.isalpha()})


def _scripts(letters: str) -> Counter[str]:
    """Return how many of the letters are of each script."""
    if letters.isascii():
        return Counter(LATIN=len(letters))
    scripts: Counter[str] = Counter()
    for char, times in Counter(letters).items():
        scripts[_script(char)] += times
    return scripts


def primary(tag: str | None) -> str:
    """Return the primary subtag of a language tag ("fa-IR" → "fa"), ``und`` when it is none."""
    found = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", (tag or "").strip().replace("_", "-"))
    return found[0].lower() if found else UNKNOWN


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "?").split()[0].split("-")[0]


def _by_letters(text: str) -> str:
    arabic, persian = len(_ARABIC.findall(text)), len(_PERSIAN.findall(text))
    if len(_PASHTO.findall(text)) * 40 > len(text):
        return "ps"
    if len(_URDU.findall(text)) * 40 > len(text):
        return "ur"
    if arabic + persian < 3:
        return _by_model(text, _CHOICE["ARABIC"])
    return "fa" if persian > arabic else "ar"


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)


@lru_cache(maxsize=16)
def _model_of(languages: frozenset[str]) -> Any:
    """Return the model for some languages, those it does not know left out."""
    model = copy(_model())
    model.set_languages(languages.intersection(model.labels))
    return model


def _by_model(text: str, languages: tuple[str, ...], *, stated: str = UNKNOWN, doubt: float = 0.0) -> str:
    """Return the likeliest of ``languages``, or the stated one where it is less likely by no more than ``doubt``."""
    known = "no" if stated in ("nb", "nn") else stated
    ranked: dict[str, float] = dict(_model_of(frozenset((*languages, known))).rank(text))
    best = next(iter(ranked))
    return stated if ranked.get(known, -inf) >= ranked[best] - doubt else best
