"""Places: where the named places lie."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from dateline.reading import authority
from dateline.reading.gazetteer import Site, sites, state, us_state
from dateline.story import Mention, Place
from dateline.text.spans import Span

# What a story's other places weigh against population, which is taken as its logarithm to ten: a town of the state
# the story is about is chosen before a namesake a hundred times its size.
SAME_COUNTRY = 2.0
SAME_REGION = 2.0
# "Paris, Texas" and "Paris, France": what follows the comma settles it.
_WITHIN = re.compile(r",\s+((?:[A-Z][\w'’.-]*\s?){1,4})")


def places(text: str, mentions: Sequence[Mention]) -> tuple[Place, ...]:
    """Return the places among the mentions in text order, one for each LOC mention.

    A place that the gazetteer lacks is kept without coordinates. One look decides for the whole story: the same name
    is the same place throughout, unless a mention states its own state.
    """
    named = [mention.span for mention in mentions if mention.kind == "LOC"]
    within = {span: _stated(text, span) for span in named}
    countries = Counter(code for span in named if (code := authority.country_of(span.of(text))))
    countries.update(
        code for mention in mentions if mention.kind == "MISC" and (code := authority.country_of(mention.span.of(text)))
    )
    regions = Counter(code for span in named if (code := us_state(span.of(text))))
    chosen: dict[str, tuple[Site, str]] = {}
    for span in sorted(named, key=lambda each: within[each] is None):
        name = span.of(text)
        if name not in chosen and (found := _choose(name, within[span], countries, regions)):
            chosen[name] = found
    placed: list[Place] = []
    for span in sorted(named):
        site, why = chosen.get(span.of(text)) or (None, "not in the gazetteer")
        if within[span] is not None:
            site, why = _choose(span.of(text), within[span], countries, regions) or (site, why)
        placed.append(_place(span, span.of(text), site, why))
    return tuple(placed)


def _stated(text: str, span: Span) -> str | None:
    """Return what a place says it lies in: the code of a state of the world or (two letters) of the United States."""
    found = _WITHIN.match(text, span.end)
    if found is None:
        return None
    tried = found[1].split()
    for length in range(len(tried), 0, -1):
        name = " ".join(tried[:length])
        for form in (name, name.rstrip(".,")):
            if code := us_state(form) or authority.country_of(form):
                return code
    return None


def _choose(name: str, within: str | None, countries: Counter[str], regions: Counter[str]) -> tuple[Site, str] | None:
    """Return the place a name most likely means in this story, and why."""
    code = authority.country_of(name)
    # "Georgia" is the American one in a story that names other American states, or nobody else's.
    american = us_state(name) and (len(regions) > 1 or countries["USA"] > countries[code or ""])
    if within is None and code and not american and (site := state(code)):
        return site, "a state, placed at about its middle"
    known = sites(name)
    if within is not None:
        inside = [site for site in known if within in (site.country, site.region)]
        if inside:
            return inside[0], f"stated to lie in {within}"
    if not known:
        return None

    def weight(site: Site) -> float:
        near = SAME_COUNTRY * math.sqrt(countries[site.country]) if countries[site.country] else 0.0
        same = SAME_REGION * math.sqrt(regions[site.region or ""]) if site.country == "USA" else 0.0
        return math.log10(site.population + 100) + min(near, 2 * SAME_COUNTRY) + min(same, 2 * SAME_REGION)

    best = max(known, key=weight)
    if len(known) == 1:
        return best, "the one place of that name in the gazetteer"
    if best is known[0]:
        return best, f"the most populous of {len(known)} places of that name"
    return (
        best,
        f"of {len(known)} places of that name the one in {authority.name_of(best.country)}, which the story names",
    )


def _place(span: Span, name: str, site: Site | None, why: str) -> Place:
    if site is None:
        return Place(span=span, name=name, why=why)
    if site.kind == "region":
        why += "; placed where most of its people live"
    return Place(
        span=span,
        name=site.name,
        lat=site.lat,
        lon=site.lon,
        country=site.country,
        geonameid=site.geonameid,
        why=why,
    )
