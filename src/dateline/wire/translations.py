"""How agencies' formats say that an item is another one in a second language.

IPTC's formats relate items by words of a provider's own; these are written here, and read with those like them.
"""

from __future__ import annotations

import re
from typing import Literal

Standing = Literal["original", "translation", "alternate", "default"]
RELATIONS: dict[Standing, str] = {
    "original": "translationOf",
    "translation": "hasTranslation",
    "alternate": "alternateLanguage",
    "default": "defaultLanguage",
}
_FORMS: tuple[tuple[Standing, re.Pattern[str]], ...] = (
    ("original", re.compile(r"(?:is)?translat(?:ion|ed)(?:of|from)(?:work)?|originallanguage")),
    ("translation", re.compile(r"(?:has|work)?translations?|translated(?:as|to|into|by)")),
    ("alternate", re.compile(r"(?:alternat(?:e|ive)|other)language(?:version)?s?|languageversions?")),
    ("default", re.compile(r"defaultlanguage")),
)


def standing_of(relation: str | None) -> Standing | None:
    """Return what a relation says of the item it leads to ("translationOf", "translated_from", "translation2")."""
    said = re.sub(r"[^a-z]", "", (relation or "").lower())
    return next((standing for standing, form in _FORMS if form.fullmatch(said)), None)
