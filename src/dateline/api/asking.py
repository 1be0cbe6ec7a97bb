"""What may be asked, and how it is described: the parameters that several addresses share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Path, Query

from dateline.api.refusing import NothingThere
from dateline.archive import dossiers
from dateline.archive.models import Entity

Limit = Annotated[int, Query(ge=1, le=100, description="at most so many")]
Cursor = Annotated[
    str | None, Query(max_length=300, description="the ``next`` of the answer before; nothing for the beginning")
]
Tag = Annotated[
    str | None, Query(pattern="^[a-z]{2,3}$", description="a language's BCP 47 primary tag", examples=["en"])
]
Code = Annotated[int, Path(description="the story's code", ge=0)]
Key = Annotated[str, Path(description="the entity's key", max_length=200, examples=["loc:rus"])]
Kind = Literal["PER", "ORG", "LOC", "GEO", "MISC"]
Modality = Literal["happened", "ongoing", "planned", "threatened", "denied", "hypothetical"]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Partaker = Annotated[
    str | None,
    Query(max_length=200, description="an entity's key, or a state's ISO 3166-1 alpha-3 code", examples=["RUS"]),
]
Country = Annotated[
    str | None,
    Query(
        pattern="^[A-Z]{3}$",
        description="ISO 3166-1 alpha-3 of a state that is a party, itself or by an official",
        examples=["TUR"],
    ),
]
Since = Annotated[date | None, Query(alias="from", description="the first day, ISO", examples=["2015-05-01"])]
Until = Annotated[date | None, Query(alias="to", description="the last day, ISO", examples=["2015-05-31"])]


def entity_of(key: str) -> Entity:
    """Return the entity of a key that published stories tell of. Raises NothingThere."""
    found = dossiers.known(key)
    if found is None:
        raise NothingThere(f"no published story tells of {key}")
    return found


def party_of(said: str | None) -> Entity | None:
    """Return the entity a parameter names by key or code, None where it names none. Raises NothingThere."""
    if not said:
        return None
    return entity_of(said if ":" in said else f"loc:{said.casefold()}")
