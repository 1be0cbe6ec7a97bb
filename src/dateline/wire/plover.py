"""Events for the tools of the field: PLOVER's JSON lines (manual, draft 2.0) and the columns of POLECAT's files.

Both are for what happened: PLOVER has no word for what is planned, threatened or denied, so a caller who gives such
events says it in the comment. What we do not know (intensity, contexts, Wikipedia and COW identifiers) is left empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.story import Actor, Event, Moment, Place, Reading, Story

CODEBOOK = "PLOVER 2.0"
_DAY = len("2015-05-12")
COLUMNS = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    *(
        column.format(side)
        for side in ("Actor", "Recipient")
        for column in (
            "{0} Name",
            "{0} Country",
            "{0} COW",
            "Primary {0} Sector",
            "{0} Sectors",
            "{0} Title",
            "{0} Name Raw",
            "Wikipedia {0} ID",
        )
    ),
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedEvent:
    """An event with all it is written with. ``url`` leads to its words, ``day`` is the story's own."""

    id: str
    url: str
    event: Event
    story: Story
    reading: Reading
    code: int
    version: int
    fingerprint: str
    day: str
    publisher: str

    @property
    def coder(self) -> str:
        return f"dateline-reader-{self.reading.reader}"

    @property
    def moment(self) -> Moment | None:
        return next((each for each in self.reading.moments if each.span == self.event.moment), None)

    @property
    def place(self) -> Place | None:
        return next((each for each in self.reading.places if each.span == self.event.place), None)

    def parties(self, keys: Iterable[str]) -> list[Actor]:
        known = {actor.key: actor for actor in self.reading.actors}
        return [known[key] for key in keys if key in known]

    def words(self, actor: Actor) -> str:
        """Return how the story first names a party."""
        spans = (mention.span for mention in self.reading.mentions if mention.entity == actor.key)
        return next((span.of(self.story.text) for span in spans), actor.name)

    @property
    def first(self) -> str:
        """The first day it is dated to: its own where it has one, else the story's."""
        return (self.moment and first_day(self.moment)) or self.day


def first_day(moment: Moment) -> str | None:
    """Return the ISO day a moment begins on, None where it names none of the calendar's."""
    first = (moment.first or "")[:_DAY]
    try:
        return date.fromisoformat(first).isoformat()
    except ValueError:
        return None


def plover_line(coded: CodedEvent) -> bytes:
    """Return an event as a line of PLOVER JSON; ``dateline`` in it holds what PLOVER has no field for."""
    event, moment = coded.event, coded.moment
    told: dict[str, Any] = {
        "id": coded.id,
        "has_event": True,
        "date": coded.first,
        "enddate": moment.last[:_DAY]
        if moment and moment.last and first_day(moment) and moment.last != moment.first
        else None,
        "actor": [_entity(coded, actor) for actor in coded.parties(event.actors)],
        "recipient": [_entity(coded, actor) for actor in coded.parties(event.recipients)],
        "event": [event.type],
        "mode": [event.mode] if event.mode else None,
        "event_loc": _location(coded),
        "event_text": [event.span.of(coded.story.text)],
        "quad_code": event.quad,
        "link": coded.url,
        "text_info": {"start": event.span.start, "end": event.span.end},
        "cite_info": {
            "citation": str(coded.code),
            "url": coded.url,
            "title": coded.story.headline,
            "language": coded.story.language,
            "publication": coded.publisher or None,
            "coder": coded.coder,
            "codebook": CODEBOOK,
        },
        "coder": coded.coder,
        "comment": None if event.modality == "happened" else f"modality: {event.modality}",
        "dateline": {
            "code": coded.code,
            "version": coded.version,
            "fingerprint": coded.fingerprint,
            "modality": event.modality,
            "why": event.why,
        },
    }
    return _json(_filled(told)) + b"\n"


def polecat_row(coded: CodedEvent) -> bytes:
    """Return an event as a row of POLECAT's columns, UTF-8; several values of a cell are parted by "; "."""
    event, place, names = coded.event, coded.place, _names(coded.reading)
    cells: list[object] = [coded.id, coded.first, event.type, event.mode, "", event.quad, ""]
    for keys in (event.actors, event.recipients):
        parties = coded.parties(keys)
        sectors = dict.fromkeys(actor.sector for actor in parties if actor.sector)
        cells += [
            _several(actor.name for actor in parties),
            _several(actor.country for actor in parties),
            "",
            next(iter(sectors), ""),
            _several(sectors),
            _several(actor.role.office for actor in parties if actor.role),
            _several(coded.words(actor) for actor in parties),
            "",
        ]
    cells += [
        *(place.name if place else "", "", "", "", place.country if place else ""),
        *((place.lat, place.lon, place.geonameid) if place else ("", "", "")),
        place.span.of(coded.story.text) if place else "",
        "",
        coded.publisher,
        coded.day,
        *(_several(names[kind]) for kind in ("PER", "ORG", "LOC")),
        coded.story.language,
        coded.coder,
    ]
    return ("\t".join(_cell(each) for each in cells) + "\n").encode("utf-8", "replace")


def polecat_head() -> bytes:
    return ("\t".join(COLUMNS) + "\n").encode()


def _entity(coded: CodedEvent, actor: Actor) -> dict[str, Any]:
    return _filled(
        {
            "code": actor.country,
            "sector": actor.sector,
            "entity_text": coded.words(actor),
            "identifier_id": actor.key,
            "identifier_text": actor.name,
            "office": actor.role.office if actor.role else None,
        }
    )


def _location(coded: CodedEvent) -> dict[str, Any] | None:
    place = coded.place
    if place is None:
        return None
    return _filled(
        {
            "extracted_place": place.span.of(coded.story.text),
            "resolved_place": place.name,
            "geonameid": place.geonameid,
            "lat": place.lat,
            "lon": place.lon,
            "country_code": place.country,
        }
    )


def _names(reading: Reading) -> dict[str, list[str]]:
    kinds = ("PER", "ORG", "LOC")
    return {kind: [actor.name for actor in reading.actors if actor.named and actor.kind == kind] for kind in kinds}


def _filled(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in (None, "")}


def _several(values: Iterable[str | None]) -> str:
    return "; ".join(dict.fromkeys(value.replace("; ", ", ") for value in values if value))


def _cell(value: object) -> str:
    # Stray tabs and line ends are what broke published files of the kind.
    return "" if value is None else " ".join(str(value).split())


def _json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
