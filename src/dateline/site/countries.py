"""What states are called in the languages of the site: English as our readings have it, the others from CLDR."""

from __future__ import annotations

from functools import cache

from dateline.reading.authority import name_of

# As newsrooms say it, where CLDR is longer, or names the land and not the state.
_SHORTER = {
    "USA": {"fa": "آمریکا", "ru": "США", "de": "USA"},
    "GBR": {"ar": "بريطانيا", "de": "Großbritannien"},
    "PSE": {"fa": "فلسطین", "ar": "فلسطين", "ru": "Палестина", "de": "Palästina"},
    "KOR": {"ru": "Южная Корея"},
    "PRK": {"ru": "Северная Корея"},
    "COD": {"ru": "ДР Конго", "de": "DR Kongo"},
    "COG": {"ru": "Республика Конго", "de": "Republik Kongo"},
}
_NOT_ISO = {"XKX": "XK"}


@cache
def country_in(language: str, code: str) -> str:
    """Return what a state of an alpha-3 code is called; a code that is none as it stands."""
    from babel import Locale
    from babel.core import get_global

    try:
        english = name_of(code)
    except KeyError:
        return code
    if language == "en":
        return english
    region = _NOT_ISO.get(code) or (get_global("territory_aliases").get(code) or [code])[0]
    return _SHORTER.get(code, {}).get(language) or Locale.parse(language).territories.get(region) or english
