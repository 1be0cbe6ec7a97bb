"""Sectors: which of PLOVER's groups an actor belongs to, by what it is called and which office it holds."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from dateline.reading import authority
from dateline.reading.languages import words
from dateline.reading.lexicon import lexicon, singular
from dateline.story import Actor, Role
from dateline.text.folding import fold

_OF = re.compile(r"\s(?:of|for)\s")


def with_sector(actor: Actor) -> Actor:
    """Return an actor with the PLOVER sector it belongs to, where the text or the lists tell."""
    if actor.sector is not None:
        return actor
    if actor.kind == "ORG":
        return replace(actor, sector=of_body(actor.name))
    if actor.kind == "LOC" and actor.key.removeprefix("loc:").upper() == actor.country:
        return replace(actor, sector="GOV")
    if actor.kind == "PER" and actor.role is not None:
        return replace(actor, sector=_of_office(actor.role))
    if actor.kind == "PER" and not actor.named:
        known = lexicon().sectors
        return replace(actor, sector=next((known[word] for word in fold(actor.name).split() if word in known), None))
    return actor


def of_body(name: str) -> str | None:
    """Return the sector of a body: the lists', else what its name tells, its last telling word first."""
    if (known := authority.organisation(name)) is not None:
        return authority.sector_of(known)
    # "Ministry of Industry": what stands before "of" is the body.
    for part in _OF.split(fold(name), maxsplit=1):
        said = part.split()
        pairs = [f"{first} {second}" for first, second in pairwise(said)]
        for told in (*reversed(pairs), *reversed(said)):
            if (found := _told(told) or _told(singular(told))) is not None:
                return found
    return None


def _of_office(role: Role) -> str | None:
    """Return whose an office is: its own sector, its body's, else the government's of its state."""
    office = role.office.removeprefix("Former ")
    sector = _offices().get(office.removeprefix("Acting ").removeprefix("Deputy "))
    if sector is None and role.organisation is not None:
        sector = of_body(role.organisation)
    if sector is None and (role.organisation is None or role.country is not None):
        sector = "GOV"
    # PLOVER counts those who governed among the elites.
    return "ELI" if sector == "GOV" and office != role.office else sector


def _told(word: str) -> str | None:
    return lexicon().sectors.get(word) or _bodies().get(word)


@cache
def _offices() -> dict[str, str]:
    groups = (words("en", "offices") or {})["sectors"]
    return {office: sector for sector, offices in groups.items() for office in offices}


@cache
def _bodies() -> dict[str, str]:
    groups = (words("en", "offices") or {})["bodies"]
    return {word: sector for sector, told in groups.items() for word in told}
