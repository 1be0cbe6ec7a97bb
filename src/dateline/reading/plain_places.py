"""Places in a language without a parser: the names that ``plain_names`` took for places, on the map."""

from __future__ import annotations

import math
from collections import Counter

from dateline.reading import authority
from dateline.reading.gazetteer import Site, sites, state
from dateline.reading.notes import Notes
from dateline.reading.plain_words import plain_words
from dateline.story import Place
from dateline.text.spans import Span

# What a town gains, in powers of ten of people, for lying in a state that the story names.
SAME_COUNTRY = 1.0


def plain_places(notes: Notes) -> bool:
    """Give coordinates to the states, capitals and towns of a story; False where its language has no names."""
    if plain_words(notes.language) is None:
        return False
    named = Counter(actor.country for actor in notes.actors.values() if actor.country)
    placed: list[Place] = []
    for mention in notes.mentions:
        if mention.kind != "LOC" or mention.entity is None:
            continue
        actor = notes.actors[mention.entity]
        said = mention.span.of(notes.text)
        if actor.country and mention.entity == f"loc:{actor.country.casefold()}":
            placed.append(_place(mention.span, actor.name, state(actor.country), "a state, placed at about its middle"))
        elif actor.country:
            capital = authority.capital_of(actor.country)
            at = next((site for site in sites(capital) if site.country == actor.country), None)
            placed.append(_place(mention.span, actor.name, at, f"the capital of {authority.name_of(actor.country)}"))
        else:
            placed.append(_place(mention.span, said, _likeliest(said, named), "the likeliest place of that name"))
    notes.places = tuple(placed)
    return True


def _likeliest(name: str, named: Counter[str]) -> Site | None:
    """Return the place of a name with the most people, those in states that the story names before others."""
    every = sites(name.title() if name.isupper() else name)
    return max(
        every,
        key=lambda site: math.log10(site.people + 100) + SAME_COUNTRY * bool(named[site.country]),
        default=None,
    )


def _place(span: Span, name: str, site: Site | None, why: str) -> Place:
    if site is None:
        return Place(span=span, name=name, why="not in the gazetteer")
    return Place(
        span=span, name=site.name, lat=site.lat, lon=site.lon, country=site.country, geonameid=site.geonameid, why=why
    )
