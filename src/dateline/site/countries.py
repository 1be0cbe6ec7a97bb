"""What states are called in the languages of the site."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global


@cache
def country_name(code: str, language: str) -> str | None:
    """Return the name of the state with an ISO 3166-1 alpha-3 code, None where the language has none for it."""
    short = get_global("territory_aliases").get(code, [code])
    return Locale(language).territories.get(short[0]) if len(short) == 1 else None
