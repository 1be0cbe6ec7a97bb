"""Events: who did what to whom, where and when, each from one clause and with its reason."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.reading.deeds import QUADS, Deed, Modality, deeds, reason
from dateline.reading.merging import merged
from dateline.reading.notes import Notes
from dateline.reading.parties import JUDGING, Parties
from dateline.story import Actor, Event
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# Parties that make a deed political; people, workers and companies alone do not (PLOVER manual 2.0, CRIME is dropped).
POLITICAL = frozenset(
    {"GOV", "MIL", "COP", "REB", "OPP", "PTY", "JUD", "LEG", "SPY", "UAF", "IGO", "NGO", "ACT", "ELI"}
)
# Hardly told of anybody else: truces, threats and deployments are political by what they are.
_PLAINLY = frozenset({"CONCEDE", "MOBILIZE", "PROTEST"})
_BEFALLS = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "AID", "PROTEST", "MOBILIZE"})
# Said or written: without somebody who says it there is no such event.
_VERBAL = (1, 3)
# Where a place stands behind these something is done there; whither and whence only for what moves.
_SCENE = frozenset(
    {"in", "at", "near", "outside", "inside", "across", "around", "off", "through", "along", "throughout", "within"}
)
_WHITHER = frozenset({"to", "into", "for", "over", "onto", "toward", "towards"})
_WHENCE = frozenset({"from", "of"})
_MOVES = {
    "CONSULT": _WHITHER,
    "MOBILIZE": _WHITHER,
    "AID": _WHITHER,
    "ASSAULT": _WHITHER,
    "RETREAT": _WHENCE,
    "SANCTION": _WHENCE,
}
_HANGS = frozenset(
    {"pobj", "npadvmod", "advmod", "tmod", "appos", "conj", "nmod", "compound", "nummod", "amod", "poss"}
)


@dataclass(frozen=True, slots=True)
class _Scenes:
    """Where and when things may happen in a story: spans in text order, and the state each place lies in."""

    places: list[Span]
    moments: list[Span]
    countries: dict[Span, str | None]


def events(notes: Notes) -> bool:
    """Find the events a story tells, and merge what several sentences tell of one."""
    if notes.doc is None:
        return False
    parties = Parties(notes)
    scenes = _Scenes(
        places=sorted(each.span for each in notes.places if not each.demonym),
        moments=sorted(each.span for each in notes.moments if each.first),
        countries={each.span: each.country for each in notes.places},
    )
    found: list[Event] = []
    for deed in deeds(notes.doc):
        actors, recipients = parties.of(deed)
        event = _event(deed, actors, recipients, parties, scenes, notes)
        if event is None:
            continue
        # Only who takes part in an event becomes an actor of the story.
        notes.actors |= {key: parties.actor(key) for key in (*event.actors, *event.recipients)}
        found.append(event)
    notes.events = tuple(merged(found, notes))
    return True


def _event(
    deed: Deed, actors: dict[str, Token], recipients: dict[str, Token], parties: Parties, scenes: _Scenes, notes: Notes
) -> Event | None:
    """Return the event a deed is, None where no political party takes part or it is not said to be done."""
    span = parties.span_of(deed, (*actors.values(), *recipients.values()))
    told = deed
    if deed.turn == "deny" and deed.inner is not None:
        # "denied bombing it": the bombing, as denied. "Denied the charge" is a statement, and the quotes hold it.
        if deed.inner.type == "ACCUSE":
            return None
        told = replace(deed.inner, modality="denied")
    elif deed.modality in ("denied", "hypothetical"):
        return None
    place = _standing(scenes.places, deed, where=True)
    moment = _standing(scenes.moments, deed)
    doing, done_to, mode = tuple(actors), tuple(recipients), told.mode
    if told.type == "CONSULT":
        met = _met(mode, scenes.countries.get(place) if place else None, doing, done_to, parties)
        if met is None:
            return None
        mode, doing, done_to = met
    taking_part = [parties.actor(key) for key in (*doing, *done_to)]
    several = len(doing) > 1 or any(token.tag_ in ("NNS", "NNPS") for token in actors.values())
    if not _is_event(told, doing, done_to, taking_part, several=several):
        return None
    return Event(
        span=span,
        type=told.type,
        quad=QUADS[told.type],
        mode=mode,
        actors=doing,
        recipients=done_to,
        place=place,
        moment=moment,
        modality="threatened" if told.type == "THREATEN" else _when(told, moment, notes),
        why=_why(deed, parties),
    )


def _is_event(
    deed: Deed, actors: tuple[str, ...], recipients: tuple[str, ...], taking_part: list[Actor], *, several: bool
) -> bool:
    """Say whether a deed is an event for PLOVER: somebody political takes part, and enough is told of it."""
    if (deed.turn == "must" and not recipients) or (deed.type in ("AID", "COOPERATE") and not actors):
        return False
    political = any(actor.sector in POLITICAL for actor in taking_part)
    if deed.quad in _VERBAL and not actors:
        # "was charged", "is accused": by whom goes without saying.
        return deed.type == "ACCUSE" and political and deed.word.tag_ == "VBN"
    # A noun alone tells less: both sides must be named, but for violence and for meetings of several.
    enough = several if deed.type == "CONSULT" else deed.type == "ASSAULT" or bool(actors and recipients)
    if deed.word.tag_.startswith("NN") and deed.turn is None and not enough:
        return False
    if political:
        return True
    if deed.type in _PLAINLY and actors:
        return True
    # What befalls a state's people, the press or clergy is political whoever does it.
    return deed.type in _BEFALLS and any(actor.country or actor.sector in ("MED", "REL") for actor in taking_part)


def _when(deed: Deed, moment: Span | None, notes: Notes) -> Modality:
    """Return a deed's modality; a summit "on Wednesday" that is after the story's own day is planned."""
    published = notes.story.published
    if deed.modality == "happened" and moment is not None and published is not None:
        first = next((each.first for each in notes.moments if each.span == moment), None)
        if first is not None and first > published.value[:10] and not _is_past(deed.word):
            return "planned"
    return deed.modality


def _is_past(word: Token) -> bool:
    return word.tag_ == "VBD"


def _why(deed: Deed, parties: Parties) -> str:
    speaker = parties.speaker_at(deed.word)
    return reason(deed) + (f", in words of {parties.actor(speaker).name}" if speaker else "")


def _met(
    mode: str | None,
    where: str | None,
    actors: tuple[str, ...],
    recipients: tuple[str, ...],
    parties: Parties,
) -> tuple[str | None, tuple[str, ...], tuple[str, ...]] | None:
    """Return a meeting's mode, actors and recipients: visitors act, hosts receive, else all act together.

    ``where`` is the state it is held in. None for who only travels in their own state.
    """
    everyone = tuple(dict.fromkeys((*actors, *recipients)))
    homes = {key: _home(parties.actor(key)) for key in everyone}
    hosts = tuple(key for key in everyone if where is not None and homes[key] == where)
    guests = tuple(key for key in everyone if homes[key] not in (None, where))
    if where is not None and guests and hosts:
        return "visit", tuple(key for key in everyone if key not in hosts), hosts
    if mode != "visit":
        return mode, everyone, ()
    persons = tuple(key for key in recipients if not key.startswith("loc:") or homes[key])
    if where is not None and actors and not hosts:
        return mode, actors, (*persons, parties.state(where)) if parties.state(where) not in persons else persons
    if actors and set(actors) <= set(hosts):
        return None
    return mode, actors, persons


def _home(actor: Actor) -> str | None:
    return actor.country or (actor.role.country if actor.role else None)


def _standing(spans: list[Span], deed: Deed, *, where: bool = False) -> Span | None:
    """Return the place or moment in the deed's own clause, the nearest in the parse; else a moment it shares."""
    sentence, own = deed.word.sent, _own(deed)
    first = bisect_left(spans, sentence.start_char, key=lambda span: span.start)
    last = bisect_left(spans, sentence.end_char, key=lambda span: span.start)
    found = _nearest(spans[first:last], deed, own, where=where)
    shared = set() if found or where else _as_one(deed.word)
    return _nearest(spans[first:last], deed, own | shared) if shared else found


def _nearest(spans: list[Span], deed: Deed, own: set[int], *, where: bool = False) -> Span | None:
    near: list[tuple[int, int, Span]] = []
    for span in spans:
        within = deed.word.doc.char_span(span.start, span.end, alignment_mode="expand")
        if within is None or (where and not _is_scene(within.root, deed.core.type)):
            continue
        steps = _steps_up(within.root, own if where else own | _verb_before(deed.word, within.root))
        if steps is not None:
            near.append((steps, abs(within.root.i - deed.word.i), span))
    return min(near)[2] if near else None


def _is_scene(place: Token, kind: str) -> bool:
    """Say whether a place is where something is, not who does it: it stands behind "in", "at", "near" …"""
    while place.dep_ in ("compound", "appos", "conj", "nmod", "amod") and place.head.i != place.i:
        place = place.head
    before = place.head.lower_
    return place.dep_ == "pobj" and (before in _SCENE or before in _MOVES.get(kind, ()))


def _steps_up(token: Token, own: set[int]) -> int | None:
    """Return the steps from a word up to the deed it hangs on, None where another verb stands between."""
    if token.dep_ not in _HANGS:
        return None
    at, steps = token, 0
    while at.i not in own:
        if (at.tag_.startswith("VB") and steps) or at.head.i == at.i:
            return None
        at, steps = at.head, steps + 1
    return steps


def _as_one(word: Token) -> set[int]:
    """Return the verbs whose time a deed has where it states none: of the clause it sums up ("raised the flag on
    Friday, the first visit to …") or goes on with ("shelled it on Friday, killing nine"), and of what goes on with it.
    """
    if word.tag_.startswith("VB"):
        following = {child.i for child in word.children if _goes_on(child)}
        return following | ({word.head.i} if _goes_on(word) else set())
    above = word
    while above.dep_ in ("appos", "npadvmod", "dobj", "attr", "pobj", "prep") and above.head.i != above.i:
        above = above.head
    before = word.doc[word.left_edge.i - 1] if word.left_edge.i else None
    sums_up = before is not None and before.text in (",", "–", "—") and above.i < before.i
    return {above.i} if sums_up and above.tag_.startswith("VB") else set()


def _goes_on(verb: Token) -> bool:
    """Say whether a participle tells more of the clause it hangs on, with no subject or conjunction of its own."""
    if verb.tag_ != "VBG" or verb.dep_ != "advcl":
        return False
    return not any(child.dep_ in ("nsubj", "nsubjpass", "mark", "aux") for child in verb.children)


def _verb_before(noun: Token, moment: Token) -> set[int]:
    """Return the verb a noun hangs on, where a day stands behind the noun: "comes ahead of a summit … on Friday"."""
    if not noun.tag_.startswith("NN") or moment.i < noun.i:
        return set()
    above = noun
    while above.dep_ in ("pobj", "prep", "advmod", "dobj") and above.head.i != above.i:
        above = above.head
    return {above.i} if above.tag_.startswith("VB") else set()


def _own(deed: Deed) -> set[int]:
    """Return the words whose place and time are the deed's: its own, and the verb that announces a verbal one."""
    own: set[int] = set()
    step: Deed | None = deed
    while step is not None and not (step is not deed and deed.turn in JUDGING):
        own |= {step.word.i} | ({step.noun.i} if step.noun is not None else set())
        step = step.inner
    word = deed.word
    if deed.quad in _VERBAL and word.dep_ == "ccomp":
        own.add(word.head.i)
    return own
