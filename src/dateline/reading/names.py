"""Names: who and what is named, and which mentions name the same."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from typing import TYPE_CHECKING

from dateline.reading import authority
from dateline.reading.languages import words
from dateline.reading.notes import Notes
from dateline.reading.plain_names import plain_names
from dateline.story import Actor, Kind, Mention
from dateline.text.folding import fold
from dateline.text.slugs import slug
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

KINDS: dict[str, Kind] = {
    "PERSON": "PER",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "NORP": "MISC",
    "EVENT": "MISC",
    "PRODUCT": "MISC",
    "WORK_OF_ART": "MISC",
    "LAW": "MISC",
    "LANGUAGE": "MISC",
}
_LEAD = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_TAIL = re.compile(r"(?:['’]s|['’]|[\s,.;:—–-]+)$")
_EDGES = "\"“”‘’'«»()[]"
_BEING = frozenset({"is", "was", "are", "were", "be", "been", "being", "lies", "lay", "has", "had"})
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


def names(notes: Notes) -> bool:
    """Find the names in the text, make the story agree with itself, and give each a key."""
    if notes.doc is None:
        return plain_names(notes)
    found = entities_of(notes.doc, notes.text)
    found |= _overlooked(notes.text, found)
    full = _full_names(found, notes)
    found |= dict.fromkeys(_lone_surnames(notes, full, found), "PER")
    kinds = _one_kind_each(found, full, notes.text)
    for span, kind in sorted(kinds.items()):
        said = span.of(notes.text)
        key, name = _key(said, kind, full)
        country = authority.country_of(name) if kind in ("LOC", "MISC") else None
        why = _why(span, kind, full, notes)
        if kind == "LOC" and (seat := authority.seat_of(said)) and _acts(notes.doc, span):
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


def _overlooked(text: str, found: dict[Span, Kind]) -> dict[Span, Kind]:
    """Return the states, demonyms and organisations of our lists that the parser took for no name at all."""
    taken = sorted(found)
    starts = [span.start for span in taken]
    more: dict[Span, Kind] = {}
    for match in authority.pattern().finditer(text):
        span = Span(*match.span())
        place = bisect(starts, span.start)
        if any(span.overlaps(other) for other in taken[max(0, place - 1) : place + 1]):
            continue
        kind = _settled(match.group(), "PER")
        if kind != "PER":
            more[span] = kind
    return more


def entities_of(doc: Doc, text: str) -> dict[Span, Kind]:
    """Return the parser's entities, trimmed to the name, in our kinds."""
    found: dict[Span, Kind] = {}
    for entity in doc.ents:
        kind = KINDS.get(entity.label_)
        if kind is None:
            continue
        for start, end in _lines(entity.start_char, entity.end_char, text):
            span = _trimmed(start, end, text, person=kind == "PER")
            if span is not None:
                found[span] = _settled(span.of(text), kind)
    return found


def _settled(name: str, kind: Kind) -> Kind:
    """Let the authority file overrule the parser where it knows the name."""
    if kind in ("PER", "ORG", "MISC", "LOC"):
        if authority.is_demonym(name):
            return "MISC"
        if authority.country_of(name):
            return "LOC"
        if authority.organisation(name):
            return "ORG"
        # "Oslo denied it" makes the parser see a body; it is a place, if one that acts.
        if kind == "ORG" and authority.is_capital(name):
            return "LOC"
    return kind


def _lines(start: int, end: int, text: str) -> list[tuple[int, int]]:
    """Cut an entity at line ends: no name runs across a paragraph break."""
    pieces, place = [], start
    for line in text[start:end].split("\n"):
        if line.strip():
            pieces.append((place, place + len(line)))
        place += len(line) + 1
    return pieces


def _trimmed(start: int, end: int, text: str, *, person: bool) -> Span | None:
    """Cut articles, possessives, quotation marks and, before a person, offices and honorifics from a name's edges."""
    while start < end and (text[start] in _EDGES or text[start].isspace()):
        start += 1
    if lead := _LEAD.match(text, start, end):
        start = lead.end()
    if person:
        start = _past_titles(start, end, text)
    while start < end:
        tail = _TAIL.search(text, start, end)
        if tail and not _is_initialism(text[start:end]):
            end = tail.start()
        elif text[end - 1] in _EDGES:
            end -= 1
        else:
            break
    return Span(start, end) if start < end and any(char.isalpha() for char in text[start:end]) else None


def _is_initialism(name: str) -> bool:
    """ "U.S." and "Troy, N.C." keep their last stop."""
    return bool(re.search(r"(?:^|\s)(?:[A-Z]\.)+$", name))


def _past_titles(start: int, end: int, text: str) -> int:
    """Return where the name proper begins: behind "Mr", "President", "Foreign Minister"."""
    known = words("en", "offices") or {}
    titles = sorted(
        {*known["words"]["honorifics"], *(form for forms in known["offices"].values() for form in forms)},
        key=len,
        reverse=True,
    )
    while True:
        rest = text[start:end].casefold()
        title = next((each for each in titles if rest.startswith(each + " ")), None)
        if title is None:
            return start
        start += len(title)
        while start < end and text[start].isspace():
            start += 1


def _full_names(found: dict[Span, Kind], notes: Notes) -> dict[str, str]:
    """Return the persons named in full, by folded surname: the first full name of each.

    Captions count, as they often name who the text knows by surname only. A surname that two different persons
    of the story bear belongs to neither.
    """
    full: dict[str, str] = {}
    shared: set[str] = set()
    named = [span.of(notes.text) for span, kind in sorted(found.items()) if kind == "PER"]
    for caption in notes.captions:
        told = entities_of(caption, caption.text)
        named += [span.of(caption.text) for span, kind in sorted(told.items()) if kind == "PER"]
    for name in named:
        parts = name.split()
        if len(parts) < 2:
            continue
        surname = fold(parts[-1])
        known = full.setdefault(surname, name)
        if known != name and not _alike(known, name):
            shared.add(surname)
    return {surname: name for surname, name in full.items() if surname not in shared}


def _alike(one: str, other: str) -> bool:
    """Say whether two full names with one surname may be two spellings ("Sergei", "Sergey") or one shortened."""
    first, second = fold(one).split()[0].rstrip("."), fold(other).split()[0].rstrip(".")
    if first[0] != second[0]:
        return False
    short = min(len(first), len(second))
    return short == 1 or first[: max(2, short - 2)] == second[: max(2, short - 2)]


def _lone_surnames(notes: Notes, full: dict[str, str], found: dict[Span, Kind]) -> list[Span]:
    """Return the places where a person named in full stands by surname and the parser saw no name."""
    assert notes.doc is not None
    taken = sorted(found)
    lone = []
    for token in notes.doc:
        if token.tag_ not in ("NNP", "NNPS") or fold(token.text) not in full:
            continue
        span = Span(token.idx, token.idx + len(token.text))
        if not any(span.overlaps(other) for other in taken):
            lone.append(span)
    return lone


def _one_kind_each(found: dict[Span, Kind], full: dict[str, str], text: str) -> dict[Span, Kind]:
    """Return the kinds, with one kind for each spelling: a lone surname is a person, else the story's majority."""
    votes: dict[str, Counter[Kind]] = {}
    for span, kind in found.items():
        votes.setdefault(span.of(text), Counter())[kind] += 1
    kinds: dict[Span, Kind] = {}
    for span, kind in found.items():
        name = span.of(text)
        if fold(name) in full and not authority.country_of(name):
            kinds[span] = "PER"
        elif (most := votes[name].most_common(2))[0][1] > 1 and (len(most) == 1 or most[0][1] > most[1][1]):
            kinds[span] = most[0][0]
        else:
            kinds[span] = kind
    return kinds


def _key(name: str, kind: Kind, full: dict[str, str]) -> tuple[str, str]:
    """Return the key and the fullest form of a name."""
    if kind == "PER":
        parts = name.split()
        known = full.get(fold(parts[-1]))
        if known and (len(parts) == 1 or _alike(known, name)):
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
