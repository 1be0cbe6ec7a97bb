"""Languages as the site knows them: those it speaks, and those its stories are in."""

from __future__ import annotations

from django.utils.translation import override

from dateline.text.direction import Direction, direction_of, direction_of_language

SPOKEN = ("en", "fa", "ar", "ru", "de")
NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "he": "עברית",
    "it": "Italiano",
    "pl": "Polski",
    "pt": "Português",
    "ru": "Русский",
    "tr": "Türkçe",
    "uk": "Українська",
    "ur": "اردو",
    "zh": "中文",
}


LANGUAGES = tuple((language, NAMES[language]) for language in SPOKEN)


def interface(language: str) -> str:
    """Return the language of the page's own words for stories in ``language``."""
    return language if language in SPOKEN else SPOKEN[0]


def speaking(language: str) -> override:
    """Make the page's words those for stories in ``language``, as long as the block lasts."""
    return override(interface(language))


def direction(text: str = "", language: str = "und") -> Direction:
    """Return which way a language runs, or, when it is unknown, which way most of ``text`` does."""
    return direction_of(text) if language == "und" else direction_of_language(language)


def name_of(language: str) -> str:
    """Return what a language calls itself, or its tag."""
    return NAMES.get(language, language)
