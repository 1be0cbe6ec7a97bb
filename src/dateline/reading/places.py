"""Places: where the named places lie.

Each name has one sense in a story. Which, is weighed from how many people live there and from what the story's other
places say for it: its country, its state or province, its neighbourhood on the map. At first every name speaks for
all that it may mean, each by its likelihood; after a few looks the likely ones have found each other.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.reading import authority
from dateline.reading.gazetteer import Site, far, is_of_the_world, lies_in, people_of, sites, us_state
from dateline.reading.toponyms import Toponym, around, toponyms
from dateline.story import Place
from dateline.text.spans import Span

if TYPE_CHECKING:
    from dateline.reading.notes import Notes

# Exponents of e. Each was tuned alone on one half of two public sets and watched on the other, and on the capitals and
# states of a third, of world news: a third more or less of any of them costs under two points of F.
BY_PEOPLE = 1.2  # for each tenfold population
BY_COUNTRY = 1.0  # for each e-fold of what speaks for the country,
BY_REGION = 3.0  # the state or province,
BY_NEIGHBOURS = 2.0  # and the neighbourhood
OTHER_NAME = -5.0  # a name that is not the place's main one
STATE = 4.0  # a state of the world before its namesakes among towns,
GREATER = 1.5  # and a region, a river, a sea
CAPITAL = 1.5
# Whom news in English is mostly written for, as far as a story stays at home.
AT_HOME = {"USA": 1.2, "GBR": 0.6, "CAN": 0.4, "IRL": 0.4}
# A state named speaks for its towns, if less where every other story of the world names it, as with capitals (named for
# their governments) and cities of millions.
STATE_VOTES, US_VOTES, METROPOLIS_VOTES = 2.0, 0.3, 0.4
LOOKS = 4
MOST = 60  # meanings of a name, the most populous ones
CELL = 0.5  # degrees; a cell and the eight around it are a neighbourhood
STATES_HOME = 2.0  # times as much at home is an American state than the city of its name
BY_BODIES = 2.0  # A story that names an international body is of the world, as if it named two towns abroad.
ECHO = 0.1  # what a state must say before the small namesake of a great city is at home there
GREAT_FROM = 100_000  # people of a town whose small namesakes need more than an echo
NEAR_COUNTY, NEAR_REGION = 80.0, 500.0  # km from its middle that what lies in it may be

_WITHIN = re.compile(r",\s+((?:[A-Z][\w'’.-]*\s?){1,3})|\s+\(([A-Z][\w. ]+)\)")
_CITY_OF = re.compile(
    r"\b([A-Z]\w+)(?:['’]s)? (?:\w+ )?(?:city|town|village|port|province|capital|region|state|district|island) of $"
)

Key = tuple[str | int, ...]
WORLD: Key = ("world",)  # all that speaks for any country


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A place that a name may mean: what it speaks for, and what it gains from hearing others speak for the same."""

    site: Site
    prior: float
    home: float
    voice: float
    speaks: list[Key]
    hears: list[tuple[float, list[Key]]]
    small: bool = False


@dataclass(slots=True)
class _Sense:
    """A name of a story, what it may mean, and how likely that is."""

    meanings: tuple[_Meaning, ...]
    within: Site | None = None
    weight: float = 1.0
    likely: list[float] = field(default_factory=list)

    @property
    def best(self) -> Site:
        return self.meanings[self.likely.index(max(self.likely))].site

    def votes(self) -> Iterator[tuple[Key, float]]:
        for meaning, likely in zip(self.meanings, self.likely, strict=False):
            if likely > 0.001:
                for key in meaning.speaks:
                    yield key, likely * self.weight * meaning.voice


def places(notes: Notes) -> tuple[Place, ...]:
    """Return the places a story names, in text order. One that the gazetteer lacks is kept without coordinates."""
    found = toponyms(notes)
    senses = _senses(found, notes.text)
    every = list({id(sense): sense for sense in senses.values()}.values())
    named = {each.name for each in found}
    every += [_Sense(_meanings(name)) for name in sorted(around(notes.story) - named)]
    bodies = [actor for actor in notes.actors.values() if authority.sector_of(actor.name) == "IGO"]
    _settle(every, world=BY_BODIES * len(bodies))
    return tuple(_place(each, senses.get(each.span), notes.text) for each in found)


def _senses(found: list[Toponym], text: str) -> dict[Span, _Sense]:
    """Return what each toponym may mean: one sense for a name, but for a mention that states another state."""
    senses: dict[Span, _Sense] = {}
    known: dict[tuple[str, str | None], _Sense] = {}
    said: dict[int, int] = defaultdict(int)
    for each in found:
        if each.name is None:
            continue
        within, inside = (None, ()) if each.people else _stated(text, each)
        sense = known.get((each.name, within.name if within else None)) or known.get((each.name, None))
        if sense is None or (within and sense.within and sense.within != within):
            sense = _Sense(_meanings(each.name))
            known.setdefault((each.name, None), sense)
        if within:
            sense.meanings, sense.within = inside, within
            known[each.name, within.name] = sense
        senses[each.span] = sense
        said[id(sense)] += 1
        sense.weight = 0.5 if each.people else max(sense.weight, 1.0 + each.first)
    for sense in {id(each): each for each in senses.values()}.values():
        sense.weight *= 1 + math.log(said[id(sense)]) / 2
    return senses


def _stated(text: str, each: Toponym) -> tuple[Site | None, tuple[_Meaning, ...]]:
    """Return what a place says it lies in, and what of its name lies there: "Troy, N.C.", "Wilmington (DE)", "the
    Iraqi city of Mosul"."""
    assert each.name is not None
    for whole in _wholes_beside(text, each.span):
        if inside := _inside(_meanings(each.name), whole):
            return whole, inside
    return None, ()


def _wholes_beside(text: str, span: Span) -> Iterator[Site]:
    if before := _CITY_OF.search(text, max(0, span.start - 50), span.start):
        people = people_of(before[1])
        yield from (people,) if people else _wholes(before[1])
    if after := _WITHIN.match(text, span.end):
        tried = (after[1] or after[2]).split()
        for length in range(len(tried), 0, -1):
            name = " ".join(tried[:length])
            yield from _wholes(name)
            if name[-1] in ".,":
                yield from _wholes(name.rstrip(".,"))


def _wholes(name: str) -> list[Site]:
    """Return what of a name may hold a town: states, provinces, counties."""
    if len(name) == 2 and name.isupper() and not us_state(name):
        return []
    return [site for site in sites(name) if site.kind in ("region", "division", "county", "state") and not site.other]


def _inside(meanings: tuple[_Meaning, ...], whole: Site) -> tuple[_Meaning, ...]:
    """Return which of the meanings lie in a state, province or county."""
    within = tuple(each for each in meanings if each.site.country == whole.country and each.site.kind != whole.kind)
    if whole.kind == "state":
        return within
    if whole.kind == "region":
        return tuple(each for each in within if each.site.region == whole.region)
    reach = NEAR_COUNTY if whole.kind == "county" else NEAR_REGION
    near = sorted((far(each.site, whole), number) for number, each in enumerate(within))
    return tuple(within[number] for distance, number in near[:1] if distance < reach)


def _settle(senses: list[_Sense], world: float = 0.0) -> None:
    """Weigh all meanings of all names against each other; ``world`` is what speaks for no country."""
    votes: dict[Key, float] = {WORLD: world}
    for _ in range(LOOKS):
        for sense in senses:
            sense.likely = _likelihoods(sense, votes)
        votes = defaultdict(float, {WORLD: world})
        for sense in senses:
            for key, vote in sense.votes():
                votes[key] += vote
    for sense in senses:
        sense.likely = _likelihoods(sense, votes)


def _likelihoods(sense: _Sense, votes: dict[Key, float]) -> list[float]:
    """Return how likely each meaning of a name is, in view of what all other names speak for."""
    if len(sense.meanings) == 1:
        return [1.0]
    own: dict[Key, float] = defaultdict(float)
    for key, vote in sense.votes():
        own[key] += vote
    scores = [meaning.prior for meaning in sense.meanings]
    everywhere = votes.get(WORLD, 0.0) - own.get(WORLD, 0.0)
    for number, meaning in enumerate(sense.meanings):
        here = ("country", meaning.site.country)
        heard = votes.get(here, 0.0) - own.get(here, 0.0)
        if heard > ECHO or not meaning.small:
            scores[number] += meaning.home * ((heard + 0.5) / (everywhere + 0.5))
        for weight, keys in meaning.hears:
            heard = math.fsum(votes[key] - own.get(key, 0.0) for key in keys if key in votes)
            if heard > 0:
                scores[number] += weight * math.log1p(heard)
    most = max(scores)
    parts = [math.exp(score - most) for score in scores]
    total = math.fsum(parts)
    return [part / total for part in parts]


@lru_cache(maxsize=2048)
def _meanings(name: str) -> tuple[_Meaning, ...]:
    people = people_of(name)
    known = (people,) if people else sites(name)[:MOST]
    world = any(_is_great(site) for site in known)
    return tuple(_meaning(site, small=(world and not _is_great(site)) or _is_city_first(site)) for site in known)


def _is_city_first(site: Site) -> bool:
    """Say whether a state is one of whose name one thinks of a city first: "New York"."""
    return site.kind == "region" and site.other


def _is_great(site: Site) -> bool:
    return site.kind == "city" and not site.other and site.people >= GREAT_FROM


def _meaning(site: Site, *, small: bool = False) -> _Meaning:
    """Return a place with what it speaks for, what it hears, and how likely it is before anything is heard.

    The small namesake of a great city is at home only where the story states its country or region: towns that it may
    name by accident of their spelling do not draw Geneva to Illinois.
    """
    town = site.kind in ("city", "county")
    prior = BY_PEOPLE * math.log10(site.people + 300) + (OTHER_NAME if site.other else 0.0)
    home, voice = 0.0, 1.0
    if site.kind == "state":
        prior += STATE
        voice = US_VOTES if site.country == "USA" else STATE_VOTES
    elif not town:
        prior += GREATER
        # "New York" and "Washington" are the states in news of home, else the cities.
        home = STATES_HOME * AT_HOME.get(site.country, 0.0) if _is_city_first(site) else 0.0
    else:
        home = AT_HOME.get(site.country, 0.0)
        if site.people > 100_000 and authority.is_capital(site.name) and authority.seat_of(site.name) == site.country:
            prior += CAPITAL
            voice = METROPOLIS_VOTES
        elif site.people > 1_000_000:
            voice = METROPOLIS_VOTES
        if is_of_the_world(site):
            prior += CAPITAL
    speaks: list[Key] = []
    hears: list[tuple[float, list[Key]]] = []
    if site.country:
        speaks += [("country", site.country), WORLD]
        hears.append((BY_COUNTRY, speaks[:1]))
    if site.region:
        speaks.append(("region", site.country, site.region))
        hears.append((BY_REGION, speaks[-1:]))
    if town:
        north, east = math.floor(site.lat / CELL), math.floor(site.lon / CELL)
        speaks.append(("cell", north, east))
        cells: list[Key] = [("cell", north + up, east + right) for up in (-1, 0, 1) for right in (-1, 0, 1)]
        hears.append((BY_NEIGHBOURS, cells))
    return _Meaning(site, prior, home, voice, speaks, hears, small)


def _place(each: Toponym, sense: _Sense | None, text: str) -> Place:
    if sense is None:
        return Place(span=each.span, name=each.span.of(text), why=each.why)
    site = sense.best
    return Place(
        span=each.span,
        name=site.name,
        lat=site.lat,
        lon=site.lon,
        country=site.country or None,
        geonameid=site.geonameid,
        demonym=each.people,
        why=f"{each.why}; {_why(site, sense, each)}",
    )


def _why(site: Site, sense: _Sense, each: Toponym) -> str:
    if each.people:
        return f"put where {site.name} lies"
    if sense.within is not None:
        return f"stated to lie in {sense.within.name}"
    if site.kind not in ("city", "county"):
        return "put at about its middle"
    if len(sense.meanings) == 1:
        return "the one place of that name in the gazetteer"
    if site.people == max((other.site.people for other in sense.meanings if other.site.kind == "city"), default=0):
        return f"the most populous of {len(sense.meanings)} places of that name"
    return (
        f"of {len(sense.meanings)} places of that name the one that suits the story’s other places, in {lies_in(site)}"
    )
