"""Where a story first tells of each one it names: the one place that stands for all of them in an index."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.story import Mention, Moment, Place, Reading, Role


def first_names(reading: Reading) -> Iterator[Mention]:
    """Yield the first mention of each named actor."""
    named = {actor.key for actor in reading.actors if actor.named}
    for mention in reading.mentions:
        if mention.entity in named:
            named.discard(mention.entity)
            yield mention


def first_offices(reading: Reading) -> Iterator[Mention]:
    """Yield where each office that a named person is said to hold is told first."""
    persons = {actor.key for actor in reading.actors if actor.kind == "PER" and actor.named}
    told: set[tuple[str | None, Role]] = set()
    for mention in reading.mentions:
        if mention.role and mention.entity in persons and (mention.entity, mention.role) not in told:
            told.add((mention.entity, mention.role))
            yield mention


def first_moments(reading: Reading) -> Iterator[Moment]:
    """Yield the first moment that covers the same days."""
    told: set[tuple[str, str | None]] = set()
    for moment in reading.moments:
        if moment.first and (moment.first, moment.last) not in told:
            told.add((moment.first, moment.last))
            yield moment


def first_places(reading: Reading) -> Iterator[tuple[Place, str]]:
    """Yield the first mention of each place, with its key."""
    keys = {mention.span: mention.entity for mention in reading.mentions}
    told: set[str] = set()
    for place in reading.places:
        key = place_key(place, keys.get(place.span))
        if key and key not in told:
            told.add(key)
            yield place, key


def place_key(place: Place, mention: str | None) -> str | None:
    """Return the key of a place: a state's own, else its GeoNames id, else that of the name."""
    if mention and place.country and mention == state_key(place.country):
        return mention
    return f"geo:{place.geonameid}" if place.geonameid else mention


def state_key(country: str) -> str:
    return f"loc:{country.casefold()}"
