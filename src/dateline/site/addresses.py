"""Where the archive's dossiers stand: a clean address for each entity's key, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from dateline.reading import authority
from dateline.reading.fingerprints import anchor
from dateline.text.slugs import slug

KINDS = {"person": ("PER",), "organisation": ("ORG",), "place": ("LOC", "GEO"), "name": ("MISC",)}
_WORDS = {"per": "person", "org": "organisation", "loc": "place", "geo": "place", "misc": "name"}


def dossier_path(language: str, key: str, name: str = "") -> str:
    """Return the address of an entity's dossier; a place of the gazetteer shows its ``name`` behind its number."""
    kind, _, rest = key.partition(":")
    if kind not in _WORDS or not rest:
        return ""
    return f"/{language}/{_WORDS[kind]}/{f'{rest}-{slug(name)}' if kind == 'geo' and name else rest}"


def keys_at(kind: str, words: str) -> Iterator[str]:
    """Yield the keys an address may mean, the likeliest first."""
    if kind == "place":
        number = words.partition("-")[0]
        if number.isascii() and number.isdigit():
            yield f"geo:{number}"
        yield f"loc:{words}"
        if country := authority.country_of(words.replace("-", " ")):
            yield f"loc:{country.casefold()}"
        return
    for prefix, word in _WORDS.items():
        if word == kind:
            yield f"{prefix}:{words}"


def pair_path(language: str, one: str, other: str) -> str:
    first, second = sorted((one, other))
    return f"/{language}/pair/{first}/{second}"


def sentence(path: str, fingerprint: str) -> str:
    """Return the address of the first words of a finding in its story's page."""
    return f"{path}#{anchor(fingerprint)}"


def day_path(language: str, iso: str) -> str:
    return f"/{language}/day/{iso}"


def query_for(key: str, name: str, first: str = "", last: str = "") -> str:
    """Return the query that finds the stories an entity is in, published on some days where they are given."""
    kind, _, rest = key.partition(":")
    field = {"per": "person", "org": "org", "loc": "place", "geo": "place"}.get(kind, "")
    value = rest.replace("-", " ") if kind in ("per", "org", "misc") else name
    if kind == "loc" and authority.is_code(rest.upper()):
        value = rest.upper()
    days = f" date:{first}..{last}" if first else ""
    return f'{field}:"{value}"{days}' if field else f'"{value}"{days}'


def query_path(language: str, page: str, query: str) -> str:
    """Return the address of one of a query's pages: ``search``, ``search.atom``, ``search/map``, …"""
    return f"/{language}/{page}?{urlencode({'q': query})}"
