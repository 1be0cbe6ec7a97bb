"""Languages as the site knows them: those it speaks, and those its stories are in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.utils import translation
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


# A page asks for its language some hundred times: twenty times as fast as asking Django.
_spoken: ContextVar[str] = ContextVar("spoken", default=SPOKEN[0])
LANGUAGES = tuple((language, NAMES[language]) for language in SPOKEN)


def interface(language: str) -> str:
    """Return the language of the page's own words for stories in ``language``."""
    return language if language in SPOKEN else SPOKEN[0]


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Make the page's words those for stories in ``language``, as long as the block lasts."""
    spoken = interface(language)
    token = _spoken.set(spoken)
    try:
        with override(spoken):
            yield
    finally:
        _spoken.reset(token)


def speech() -> str:
    """Return the language of the page's own words."""
    return _spoken.get()


def gettext(text: str) -> str:
    """Return a text of the interface in the page's language, as Django's own does in ten times the time."""
    return _translated(_spoken.get(), None, text)


def pgettext(context: str, text: str) -> str:
    return _translated(_spoken.get(), context, text)


@cache
def _translated(language: str, context: str | None, text: str) -> str:
    with override(language):
        return translation.gettext(text) if context is None else translation.pgettext(context, text)


def direction(text: str = "", language: str = "und") -> Direction:
    """Return which way a language runs, or, when it is unknown, which way most of ``text`` does."""
    return direction_of(text) if language == "und" else direction_of_language(language)


def name_of(language: str) -> str:
    """Return what a language calls itself, or its tag."""
    return NAMES.get(language, language)
