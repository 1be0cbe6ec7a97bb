"""Offices: who holds which, for which state or body, as the text says it."""

from __future__ import annotations

from dataclasses import replace

from dateline.reading.edges import entities_of
from dateline.reading.notes import Notes
from dateline.reading.offices import role_beside, roles_alone
from dateline.reading.plain_roles import plain_roles
from dateline.reading.sectors import with_sector
from dateline.story import Actor, Role
from dateline.text.folding import fold


def roles(notes: Notes) -> bool:
    """Find the offices that stand with names, in the text and in captions, then who "the foreign minister" is."""
    if notes.doc is None:
        return plain_roles(notes)
    for place, mention in enumerate(notes.mentions):
        if mention.kind == "PER" and mention.entity and (role := role_beside(notes.text, mention.span)):
            notes.mentions[place] = replace(mention, role=role)
            notes.give_role(mention.entity, role)
    _from_captions(notes)
    _bridge(notes)
    _of_the_only_state(notes)
    notes.actors = {key: with_sector(actor) for key, actor in notes.actors.items()}
    return True


def _from_captions(notes: Notes) -> None:
    """Take the offices that captions state for persons the text names."""
    for caption in notes.captions:
        for span, named in entities_of(caption, caption.text).items():
            if named.kind == "PER":
                _give_by_name(notes, span.of(caption.text), role_beside(caption.text, span))


def _give_by_name(notes: Notes, name: str, role: Role | None) -> None:
    if role is None:
        return
    surname = fold(name).split()[-1]
    bearers = [
        key for key, actor in notes.actors.items() if actor.kind == "PER" and fold(actor.name).split()[-1] == surname
    ]
    if len(bearers) == 1:
        notes.give_role(bearers[0], role)


def _bridge(notes: Notes) -> None:
    """Let "the secretary of state" stand for the one person of the story who holds that office.

    With two holders (of two states) a named state decides; without one, nobody is chosen. "The Danish premier" also
    tells the state of the one premier whose state nobody said.
    """
    named = {mention.span.start for mention in notes.mentions if mention.kind == "PER"}
    held: dict[str, list[str]] = {}
    for key, actor in notes.actors.items():
        if actor.role is not None:
            held.setdefault(actor.role.office, []).append(key)
    for span, role in roles_alone(notes.text):
        if any(start in named for start in range(span.end, span.end + 3)):
            continue
        holders = held.get(role.office, [])
        of_state = [key for key in holders if role.country in (None, notes.actors[key].country)]
        if len(of_state) == 1:
            notes.stand_ins[span] = of_state[0]
        elif not of_state and len(holders) == 1 and _is_stateless(notes.actors[holders[0]]):
            notes.give_role(holders[0], role)
            notes.stand_ins[span] = holders[0]


def _is_stateless(actor: Actor) -> bool:
    return actor.role is not None and actor.role.country is None and actor.role.organisation is None


def _of_the_only_state(notes: Notes) -> None:
    """Give those who govern the state of the story, where it names one by its own name and is about no other."""
    named = {mention.entity for mention in notes.mentions if mention.kind == "LOC"}
    states = {actor.country for actor in notes.actors.values() if actor.country}
    if len(states) != 1 or f"loc:{(state := states.pop()).casefold()}" not in named:
        return
    for key, actor in list(notes.actors.items()):
        if actor.kind == "PER" and _is_stateless(actor) and with_sector(actor).sector == "GOV":
            assert actor.role is not None
            notes.give_role(key, replace(actor.role, country=state))
