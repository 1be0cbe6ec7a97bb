"""A world made up: who there is to write about, where, and how often each is written about."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from benchmarks.vocabulary import name, zipf
from dateline.reading.authority import middle_of, name_of
from dateline.story import Actor, Role
from dateline.text.slugs import slug

SOURCES, SECTIONS, TOPICS, PERSONS, BODIES, TOWNS = 50, 20, 300, 4_000, 600, 1_500
# Real states, the first the most written about: their codes join what is told of them and of those who act for them.
_STATES = [
    "USA",
    "RUS",
    "CHN",
    "GBR",
    "FRA",
    "DEU",
    "IRN",
    "ISR",
    "UKR",
    "IND",
    "TUR",
    "SYR",
    "JPN",
    "IRQ",
    "SAU",
    "PAK",
    "AFG",
    "KOR",
    "PRK",
    "EGY",
    "ITA",
    "BRA",
    "CAN",
    "AUS",
    "GRC",
    "ESP",
    "POL",
    "MEX",
    "NGA",
    "ZAF",
    "YEM",
    "LBY",
    "LBN",
    "NLD",
    "SWE",
    "BEL",
    "CHE",
    "AUT",
    "HUN",
    "VEN",
    "CUB",
    "COL",
    "ARG",
    "KEN",
    "ETH",
    "SDN",
    "SOM",
    "TUN",
    "DZA",
    "MAR",
    "QAT",
    "ARE",
    "JOR",
    "VNM",
    "IDN",
    "PHL",
    "THA",
]
_OFFICES = ("president", "foreign minister", "minister", "spokesman", "governor", "deputy minister", "general")
T = TypeVar("T")
_FIRST_GEONAME = 90_000_000  # of places that are not


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A place that is not, with the state it would lie in."""

    name: str
    country: str
    lat: float
    lon: float
    geonameid: int


class World:
    """All of it, the same for the same seed. Whatever stands first in a list is drawn most often."""

    def __init__(self, seed: int) -> None:
        dice = random.Random(f"world {seed}")
        self.states = [
            Actor(key=f"loc:{code.lower()}", kind="LOC", name=name_of(code), country=code, sector="GOV")
            for code in _STATES
        ]
        self.persons = [self._person(dice) for _ in range(PERSONS)]
        self.bodies = [self._body(dice) for _ in range(BODIES)]
        self.towns = [self._town(dice, number) for number in range(TOWNS)]
        self.sources = [
            f"The {name('en', dice)} {dice.choice(('Post', 'Times', 'Wire', 'Mail'))}" for _ in range(SOURCES)
        ]
        self.sections = [name("en", dice) for _ in range(SECTIONS)]
        self.topics = [name("en", dice) for _ in range(TOPICS)]

    def _person(self, dice: random.Random) -> Actor:
        said = f"{name('en', dice)} {name('en', dice)}"
        if dice.random() < 0.4:
            return Actor(key=f"per:{slug(said)}", kind="PER", name=said)
        country = _STATES[min(int(dice.expovariate(0.1)), len(_STATES) - 1)]
        role = Role(office=dice.choice(_OFFICES), country=country)
        return Actor(key=f"per:{slug(said)}", kind="PER", name=said, role=role, country=country, sector="GOV")

    def _body(self, dice: random.Random) -> Actor:
        said = f"{name('en', dice)} {dice.choice(('Council', 'Union', 'Bank', 'Front', 'Company', 'Agency'))}"
        return Actor(key=f"org:{slug(said)}", kind="ORG", name=said)

    def _town(self, dice: random.Random, number: int) -> Town:
        country = dice.choices(_STATES, cum_weights=zipf(len(_STATES)))[0]
        lat, lon = middle_of(country) or (0.0, 0.0)
        return Town(
            name=name("en", dice),
            country=country,
            lat=round(max(-85.0, min(85.0, lat + dice.uniform(-4, 4))), 4),
            lon=round(max(-179.0, min(179.0, lon + dice.uniform(-4, 4))), 4),
            geonameid=_FIRST_GEONAME + number,
        )

    @cached_property
    def weights(self) -> dict[int, list[float]]:
        """Cumulative weights by the length of a list."""
        lists = (self.states, self.persons, self.bodies, self.towns, self.sources, self.sections, self.topics)
        return {len(each): zipf(len(each)) for each in lists}

    def draw(self, dice: random.Random, among: list[T]) -> T:
        return dice.choices(among, cum_weights=self.weights[len(among)])[0]
