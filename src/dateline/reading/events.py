"""Events: who did what to whom, where and when, each from one clause and with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.reading.deeds import QUADS, Deed, deeds
from dateline.reading.notes import Notes
from dateline.reading.parties import Parties, span_of
from dateline.story import Actor, Event
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# Parties that make a deed political; people, workers and companies alone do not (PLOVER manual 2.0, CRIME is dropped).
POLITICAL = frozenset({"GOV", "MIL", "COP", "REB", "OPP", "PTY", "JUD", "LEG", "SPY", "UAF", "IGO", "NGO", "ACT"})
# Done together: all parties are actors, there is no recipient (PLOVER manual 2.0, compound and reciprocal actors).
_TOGETHER = frozenset({"CONSULT"})


def events(notes: Notes) -> bool:
    """Find the events a story tells, and merge what several sentences tell of one."""
    if notes.doc is None:
        return False
    parties = Parties(notes)
    found: list[Event] = []
    for deed in deeds(notes.doc):
        actors, recipients = parties.of(deed)
        if not _is_event(deed, [parties.actor(key) for key in (*actors, *recipients)]):
            continue
        # Only who takes part in an event becomes an actor of the story.
        notes.actors |= {key: parties.actor(key) for key in (*actors, *recipients)}
        found.append(_event(deed, actors, recipients, notes))
    notes.events = tuple(_merged(found, notes))
    return True


def _is_event(deed: Deed, taking_part: list[Actor]) -> bool:
    """Say whether a deed is an event: a political party takes part, and it is not merely denied or supposed."""
    if deed.modality in ("denied", "hypothetical"):
        return False
    if deed.type == "PROTEST":
        return bool(taking_part)
    return any(actor.sector in POLITICAL for actor in taking_part)


def _event(deed: Deed, actors: dict[str, Token], recipients: dict[str, Token], notes: Notes) -> Event:
    span = span_of(deed, (*actors.values(), *recipients.values()))
    place = _standing([(each.span, each.lat is not None) for each in notes.places], deed, notes)
    moment = _standing([(each.span, each.first is not None) for each in notes.moments], deed, notes)
    mode, doing, done_to = deed.mode, tuple(actors), tuple(recipients)
    if deed.type in _TOGETHER and mode != "visit":
        host = _host(place, doing, done_to, notes)
        if host is not None:
            mode, doing, done_to = "visit", tuple(key for key in (*doing, *done_to) if key != host), (host,)
        else:
            doing, done_to = (*doing, *done_to), ()
    return Event(
        span=span,
        type=deed.type,
        quad=QUADS[deed.type],
        mode=mode,
        actors=doing,
        recipients=done_to,
        place=place,
        moment=moment,
        modality="threatened" if deed.type == "THREATEN" else deed.modality,
        why=_why(deed),
    )


def _why(deed: Deed) -> str:
    clause = f"“{deed.word.text}”" if deed.noun is None else f"“{deed.word.text} … {deed.noun.text}”"
    return f"{clause} by the entry {deed.why}"


def _host(place: Span | None, actors: tuple[str, ...], recipients: tuple[str, ...], notes: Notes) -> str | None:
    """Return who is at home where a meeting takes place, when the others are from elsewhere."""
    where = next((each.country for each in notes.places if each.span == place), None)
    if where is None:
        return None
    homes = {key: _home(notes.actors[key]) for key in (*actors, *recipients)}
    hosts = [key for key, home in homes.items() if home == where]
    guests = [key for key, home in homes.items() if home not in (None, where)]
    return hosts[0] if len(hosts) == 1 and guests else None


def _home(actor: Actor) -> str | None:
    return actor.country or (actor.role.country if actor.role else None)


def _standing(spans: list[tuple[Span, bool]], deed: Deed, notes: Notes) -> Span | None:
    """Return the place or moment in the deed's own clause, the sentence's only one where the clause has none."""
    assert notes.doc is not None
    sentence = deed.word.sent
    near: list[tuple[int, int, Span]] = []
    for span, known in spans:
        if not known or not sentence.start_char <= span.start < sentence.end_char:
            continue
        within = notes.doc.char_span(span.start, span.end, alignment_mode="expand")
        if within is None:
            continue
        steps = _steps_up(within.root, deed)
        if steps is not None:
            near.append((steps, abs(within.root.i - deed.word.i), span))
    return min(near)[2] if near else None


def _steps_up(token: Token, deed: Deed) -> int | None:
    """Return the steps from a word up to the deed it hangs on, None where another verb stands between."""
    own = {deed.word.i, deed.core.word.i, deed.noun.i if deed.noun is not None else -1}
    if token.dep_ not in ("pobj", "npadvmod", "advmod", "tmod", "appos", "conj", "nmod", "compound", "nummod", "amod"):
        return None
    at, steps = token, 0
    while at.i not in own:
        if (at.tag_.startswith("VB") and steps) or at.head.i == at.i:
            return None
        at, steps = at.head, steps + 1
    return steps


def _merged(found: list[Event], notes: Notes) -> list[Event]:
    """Return the events with what tells of the same one hung on the first: same type, parties and day."""
    whole: list[Event] = []
    for event in found:
        same = next((number for number, known in enumerate(whole) if _is_same(known, event, notes)), None)
        if same is None:
            whole.append(event)
            continue
        known = whole[same]
        whole[same] = replace(
            known,
            also=(*known.also, event.span),
            recipients=known.recipients or event.recipients,
            place=known.place or event.place,
            moment=known.moment or event.moment,
        )
    return whole


def _is_same(one: Event, other: Event, notes: Notes) -> bool:
    if (one.type, one.mode, one.modality) != (other.type, other.mode, other.modality) or not one.actors:
        return False
    if set(one.actors) != set(other.actors):
        return False
    if one.recipients and other.recipients and set(one.recipients) != set(other.recipients):
        return False
    days = {each.span: (each.first, each.last) for each in notes.moments}
    return not (one.moment and other.moment) or days.get(one.moment) == days.get(other.moment)
