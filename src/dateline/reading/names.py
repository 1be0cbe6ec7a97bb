"""Names: who and what is named, and which mentions name the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.reading import authority
from dateline.reading.edges import Taken, entities_of, overlooked
from dateline.reading.kinds import decided, listed
from dateline.reading.notes import Notes
from dateline.reading.people import alike, full_names
from dateline.reading.runs import Words, initialisms, introduced, repeated, widened
from dateline.story import Actor, Kind, Mention
from dateline.text.folding import fold
from dateline.text.slugs import slug
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BEING = frozenset({"is", "was", "are", "were", "be", "been", "being", "lies", "lay", "has", "had"})


def names(notes: Notes) -> bool:
    """Find the names in the text, make the story agree with itself, and give each a key."""
    if notes.doc is None:
        return False
    doc, text = notes.doc, notes.text
    heard = Words(text)
    found = widened(entities_of(doc, text), text, heard)
    for span in overlooked(text, found):
        found[span] = listed(span.of(text)) or "MISC"
    full = _full_names(found, notes)
    found |= dict.fromkeys(_lone_surnames(doc, full, found), "PER")
    short = introduced(found, text)
    kinds = decided(found, full, short, text)
    kinds |= repeated(kinds, short, text, heard)
    kinds |= initialisms(kinds, text, heard)
    for span, kind in sorted(kinds.items()):
        said = span.of(text)
        key, name = _key(said, kind, full)
        country = authority.country_of(name) if kind in ("LOC", "MISC") else None
        why = _why(span, kind, full, notes)
        if kind == "LOC" and (seat := authority.seat_of(said)) and _acts(doc, span):
            key, name, country = f"loc:{seat.casefold()}", authority.name_of(seat), seat
            why = f"the seat of {name}'s government, named for the government that acts"
        elif country is None:
            country = authority.seat_of(said)
        notes.actors.setdefault(key, Actor(key=key, kind=_actor_kind(kind, country), name=name, country=country))
        notes.mentions.append(Mention(span=span, kind=kind, entity=key, why=why))
    return True


def _actor_kind(kind: Kind, country: str | None) -> Kind:
    """A demonym ("Russian") is a MISC mention of a state, and the state is a LOC."""
    return "LOC" if country and kind == "MISC" else kind


def _acts(doc: Doc, span: Span) -> bool:
    """Say whether a place does what only people do: it is the subject of a verb other than "be"."""
    within = doc.char_span(span.start, span.end, alignment_mode="expand")
    if within is None:
        return False
    head = within.root
    return head.dep_ == "nsubj" and head.head.tag_.startswith("VB") and head.head.lower_ not in _BEING


def _full_names(found: dict[Span, Kind], notes: Notes) -> dict[str, str]:
    """Return the persons named in full, in the text and in captions, which often name who the text does not."""
    named = [span.of(notes.text) for span, kind in sorted(found.items()) if kind == "PER"]
    for caption in notes.captions:
        told = entities_of(caption, caption.text)
        named += [span.of(caption.text) for span, kind in sorted(told.items()) if kind == "PER"]
    return full_names(named)


def _lone_surnames(doc: Doc, full: dict[str, str], found: dict[Span, Kind]) -> list[Span]:
    """Return the places where a person named in full stands by surname and the parser saw no name."""
    taken = Taken(found)
    spans = (
        Span(token.idx, token.idx + len(token.text))
        for token in doc
        if token.tag_ in ("NNP", "NNPS") and fold(token.text) in full
    )
    return [span for span in spans if not taken.touches(span)]


def _key(name: str, kind: Kind, full: dict[str, str]) -> tuple[str, str]:
    """Return the key and the fullest form of a name."""
    if kind == "PER":
        parts = name.split()
        known = full.get(fold(parts[-1]))
        if known and (len(parts) == 1 or alike(known, name)):
            name = known
    elif kind == "ORG":
        name = authority.organisation(name) or name
    elif country := authority.country_of(name):
        return f"loc:{country.casefold()}", authority.name_of(country)
    return f"{kind.casefold()}:{slug(fold(name))}", name


def _why(span: Span, kind: Kind, full: dict[str, str], notes: Notes) -> str:
    name = span.of(notes.text)
    if kind == "PER" and (known := full.get(fold(name))) and known != name:
        return f"surname of {known}, who is named in full in this story"
    if kind in ("LOC", "MISC", "ORG") and (authority.country_of(name) or authority.organisation(name)):
        return "in the list of states and organisations"
    return "named by the parser"
