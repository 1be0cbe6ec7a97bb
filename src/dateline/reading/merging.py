"""One event told more than once becomes one, and a meeting on a visit has the visit's place and day."""

from __future__ import annotations

from dataclasses import replace

from dateline.reading import authority
from dateline.reading.notes import Notes
from dateline.story import Event, Place
from dateline.text.spans import Span

# How many events of one type and actor back an event may be told again.
_BACK = 40
# A meeting is often told as planned and as happening in one story.
_ONE_TIME = frozenset({"happened", "ongoing", "planned"})


def merged(found: list[Event], notes: Notes) -> list[Event]:
    """Return the events with what tells of the same one hung on the first: same type, parties, place and day."""
    places = {each.span: each for each in notes.places}
    days = {each.span: (each.first, each.last) for each in notes.moments}
    whole: list[Event] = []
    # Two tellings of one event share an actor, so only those that do are compared.
    alike: dict[tuple[str, bool, str], list[int]] = {}
    for event in found:
        kept = [alike.setdefault((event.type, event.mode == "visit", actor), []) for actor in event.actors]
        near = sorted({number for numbers in kept for number in numbers[-_BACK:]})
        same = next((number for number in near if _is_same(whole[number], event, places, days)), None)
        if same is None:
            for numbers in kept:
                numbers.append(len(whole))
            whole.append(event)
            continue
        known = whole[same]
        whole[same] = replace(
            known,
            also=(*known.also, event.span),
            actors=_joined(known.actors, event.actors),
            recipients=_joined(known.recipients, event.recipients),
            place=_finer(known.place, event.place, places),
            moment=known.moment or event.moment,
            mode=known.mode or event.mode,
        )
    return _on_visits(whole, notes.text)


def _is_same(
    one: Event, other: Event, places: dict[Span, Place], days: dict[Span, tuple[str | None, str | None]]
) -> bool:
    if one.modality != other.modality and not {one.modality, other.modality} <= _ONE_TIME:
        return False
    if not _agree(one.actors, other.actors) or not one.actors or not other.actors:
        return False
    if one.type == "CONSULT" and one.mode != "visit" and set(one.actors) != set(other.actors):
        return False
    if one.recipients and other.recipients and not _agree(one.recipients, other.recipients):
        return False
    if one.moment and other.moment and days.get(one.moment) != days.get(other.moment):
        return False
    return not (one.place and other.place) or _is_within(places[one.place], places[other.place])


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two tellings may name the same parties: one may leave out some of the other's."""
    first, second = set(one), set(other)
    return first <= second or second <= first


def _is_within(one: Place, other: Place) -> bool:
    """Say whether two places are one, or one is the state in which the other lies."""
    if one.name == other.name:
        return True
    return one.country is not None and one.country == other.country and (_is_state(one) or _is_state(other))


def _is_state(place: Place) -> bool:
    return place.country is not None and place.name == authority.name_of(place.country)


def _finer(one: Span | None, other: Span | None, places: dict[Span, Place]) -> Span | None:
    if one is None or other is None:
        return one or other
    return other if _is_state(places[one]) and not _is_state(places[other]) else one


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _on_visits(events: list[Event], text: str) -> list[Event]:
    """Return the events, with the meetings a visitor has on a visit told beside them placed and dated by it."""
    visits: dict[str, list[Event]] = {}
    for each in events:
        for actor in each.actors if each.mode == "visit" and (each.place or each.moment) else ():
            visits.setdefault(actor, []).append(each)
    return [
        _on_visit(each, [visit for actor in each.actors for visit in visits.get(actor, ())[-_BACK:]], text)
        if each.type == "CONSULT"
        else each
        for each in events
    ]


def _on_visit(event: Event, visits: list[Event], text: str) -> Event:
    if event.place and event.moment:
        return event
    for visit in visits:
        guests = tuple(key for key in event.actors if key in visit.actors)
        if visit is event or not guests or not _is_beside(event, visit, text):
            continue
        hosts = (*event.recipients, *(key for key in event.actors if key not in guests))
        return replace(
            event,
            mode="visit",
            actors=guests,
            recipients=hosts,
            place=event.place or visit.place,
            moment=event.moment or visit.moment,
            why=f"{event.why}; on the visit told beside it, whose place and day it has",
        )
    return event


def _is_beside(one: Event, other: Event, text: str) -> bool:
    """Say whether two events are told in one paragraph somewhere."""
    return any(
        "\n\n" not in text[min(first.end, second.end) : max(first.start, second.start)]
        for first in (one.span, *one.also)
        for second in (other.span, *other.also)
    )
