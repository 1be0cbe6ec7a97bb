"""Places: where the named places lie.

Each name has one sense in a story. Which, is weighed from how many people live there and from what the story's other
places say for it: its country, its state or province, its neighbourhood on the map. Every name first speaks for all
that it may mean, each by its likelihood, and in two more looks for what has become likely.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.reading import authority
from dateline.reading.gazetteer import Site, far, people_of, sites, us_state
from dateline.reading.toponyms import Toponym, toponyms
from dateline.story import Place
from dateline.text.spans import Span

if TYPE_CHECKING:
    from dateline.reading.notes import Notes

# Likelihoods are exponents of e. Tuned on one half of two public sets, watched on the other.
BY_PEOPLE = 1.2  # for each tenfold population
BY_COUNTRY = 1.0  # for each e-fold of what speaks for the country
BY_REGION = 3.0
BY_NEIGHBOURS = 3.0
OTHER_NAME = -4.0
GREATER = 1.5  # states, regions, seas before their namesakes among towns
AT_HOME = {"USA": 1.0, "GBR": 0.5, "CAN": 0.3, "IRL": 0.3}  # whom news in English is mostly written for
LOOKS = 5
MOST = 60  # candidates of a name: the most populous
CELL = 0.5  # degrees; a cell and the eight around it are a neighbourhood
NEAR = 500.0  # km from the middle of a region that what lies in it may be

_WITHIN = re.compile(r",\s+((?:[A-Z][\w'’.-]*\s?){1,3})|\s+\(([A-Z][\w. ]+)\)")
_KIND_OF = re.compile(
    r"\b([A-Z]\w+)(?:['’]s)? (?:\w+ )?(?:city|town|village|port|province|capital|region|state|district) of $"
)


@dataclass(slots=True)
class _Name:
    """A name of a story, what it may mean, and how likely that is."""

    said: list[Toponym]
    candidates: tuple[Site, ...]
    within: Site | None = None
    weight: float = 1.0
    likely: list[float] = field(default_factory=list)


def places(notes: Notes) -> tuple[Place, ...]:
    """Return the places a story names, in text order. One that the gazetteer lacks is kept without coordinates."""
    found = toponyms(notes)
    names = _names(found, notes.text)
    votes: dict[tuple[object, ...], float] = defaultdict(float)
    for look in range(LOOKS):
        for name in names.values():
            _weigh(name, votes, first=look == 0)
        votes = defaultdict(float)
        for name in names.values():
            _vote(name, votes)
    for name in names.values():
        _weigh(name, votes, first=False)
    return tuple(_place(each, names, votes, notes.text) for each in found)


def _names(found: list[Toponym], text: str) -> dict[str, _Name]:
    names: dict[str, _Name] = {}
    for each in found:
        if each.name is None:
            continue
        name = names.get(each.name)
        if name is None:
            site = people_of(each.name) if each.people else None
            name = names[each.name] = _Name([], (site,) if site else sites(each.name)[:MOST])
        name.said.append(each)
        if name.within is None and not each.people:
            name.within = _stated(text, each.span)
            inside = _inside(sites(each.name), name.within) if name.within else ()
            if inside:
                name.candidates = inside
            else:
                name.within = None
    for name in names.values():
        name.weight = 1 + math.log(len(name.said)) / 2 + any(each.first for each in name.said)
        if name.said[0].people:
            name.weight /= 2
    return names


def _stated(text: str, span: Span) -> Site | None:
    """Return what a place says it lies in: "Troy, N.C.", "Wilmington (DE)", "the Iraqi city of Mosul"."""
    if before := _KIND_OF.search(text, max(0, span.start - 50), span.start):
        whole = people_of(before[1]) or next(iter(_wholes(before[1])), None)
        if whole:
            return whole
    found = _WITHIN.match(text, span.end)
    if found is None:
        return None
    tried = (found[1] or found[2]).split()
    for length in range(len(tried), 0, -1):
        name = " ".join(tried[:length])
        for form in (name, name.rstrip(".,")):
            if wholes := _wholes(form):
                return wholes[0]
    return None


def _wholes(name: str) -> list[Site]:
    """Return what of a name may hold a town: states, provinces, counties."""
    if len(name) == 2 and name.isupper() and not us_state(name):
        return []
    return [site for site in sites(name) if site.kind in ("region", "division", "county", "state") and not site.other]


def _inside(candidates: tuple[Site, ...], whole: Site) -> tuple[Site, ...]:
    if whole.kind == "state":
        return tuple(site for site in candidates if site.country == whole.country and site.kind != "state")
    if whole.kind == "region":
        return tuple(
            site
            for site in candidates
            if site.region == whole.region and site.country == "USA" and site.kind != "region"
        )
    reach = 80.0 if whole.kind == "county" else NEAR
    near = [site for site in candidates if site.country == whole.country and site != whole and far(site, whole) < reach]
    return tuple(sorted(near, key=lambda site: far(site, whole))[:1])


def _cell(site: Site) -> tuple[int, int]:
    return math.floor(site.lat / CELL), math.floor(site.lon / CELL)


def _keys(site: Site) -> list[tuple[object, ...]]:
    """Return what a place speaks for: its country, its state or province, its cell of the map."""
    keys: list[tuple[object, ...]] = [(site.country,)] if site.country else []
    if site.region:
        keys.append((site.country, site.region))
    if site.kind in ("city", "county"):
        keys.append(_cell(site))
    return keys


def _vote(name: _Name, votes: dict[tuple[object, ...], float]) -> None:
    for site, likely in zip(name.candidates, name.likely, strict=True):
        for key in _keys(site):
            votes[key] += likely * name.weight


def _weigh(name: _Name, votes: dict[tuple[object, ...], float], *, first: bool) -> None:
    """Set how likely each meaning of a name is, in view of what all other names speak for."""
    own: dict[tuple[object, ...], float] = defaultdict(float)
    if not first:
        _vote(name, own)
    scores = [_score(site, votes, own) for site in name.candidates]
    most = max(scores, default=0.0)
    parts = [math.exp(score - most) for score in scores]
    total = math.fsum(parts)
    name.likely = [part / total for part in parts]


def _score(site: Site, votes: dict[tuple[object, ...], float], own: dict[tuple[object, ...], float]) -> float:
    def support(key: tuple[object, ...]) -> float:
        return math.log1p(max(0.0, votes.get(key, 0.0) - own.get(key, 0.0)))

    score = BY_PEOPLE * math.log10(site.people + 300)
    score += AT_HOME.get(site.country, 0.0) if site.kind in ("city", "county") else GREATER
    if site.other:
        score += OTHER_NAME
    if site.country:
        score += BY_COUNTRY * support((site.country,))
    if site.region:
        score += BY_REGION * support((site.country, site.region))
    if site.kind in ("city", "county"):
        north, east = _cell(site)
        around = [(north + up, east + right) for up in (-1, 0, 1) for right in (-1, 0, 1)]
        near = math.fsum(votes.get(cell, 0.0) - own.get(cell, 0.0) for cell in around)
        score += BY_NEIGHBOURS * math.log1p(max(0.0, near))
    return score


def _place(each: Toponym, names: dict[str, _Name], votes: dict[tuple[object, ...], float], text: str) -> Place:
    said = each.span.of(text)
    if each.name is None:
        return Place(span=each.span, name=said, why=each.why)
    name = names[each.name]
    site = name.candidates[name.likely.index(max(name.likely))]
    return Place(
        span=each.span,
        name=site.name,
        lat=site.lat,
        lon=site.lon,
        country=site.country or None,
        geonameid=site.geonameid,
        why=f"{each.why}; {_why(site, name, each)}",
    )


def _why(site: Site, name: _Name, each: Toponym) -> str:
    if each.people:
        return f"a demonym: put where {site.name} lies"
    if name.within is not None:
        return f"stated to lie in {name.within.name}"
    if site.kind not in ("city", "county"):
        return "put at about its middle"
    if len(name.candidates) == 1:
        return "the one place of that name in the gazetteer"
    if site.people == max(other.people for other in name.candidates):
        return f"the most populous of {len(name.candidates)} places of that name"
    where = authority.name_of(site.country) if site.country in ("",) else site.country
    return f"of {len(name.candidates)} places of that name the one that suits the story’s other places ({where})"
