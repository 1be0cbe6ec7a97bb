"""Names: who and what is named, and which mentions name the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.reading import authority
from dateline.reading.edges import Named, Taken, entities_of, with_listed
from dateline.reading.kinds import decided, is_titled, told_by_words
from dateline.reading.lexicon import lexicon
from dateline.reading.notes import Notes
from dateline.reading.people import alike, full_names
from dateline.reading.plain_names import plain_names
from dateline.reading.runs import initialisms, introduced, repeated, titled, widened
from dateline.reading.told import Standing, told
from dateline.reading.words import Words
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
        return plain_names(notes)
    doc, text, words = notes.doc, notes.text, Words(notes.text)
    found = with_listed(widened(entities_of(doc, text), words), text)
    found |= titled(found, words)
    full = _full_names(found, notes)
    found |= _lone_surnames(doc, full, found)
    short = introduced(found, text)
    of_states = told({span.of(text) for span in found}, full, words, notes.story.dateline or "")
    found |= _peoples(of_states, words, found)
    named = decided(found, full, short, of_states, words)
    named |= repeated(named, short, words)
    named |= initialisms(named, words)
    _recognised(named, full, notes)
    for span in sorted(named):
        _note(span, named[span], full, short, of_states, notes)
    return True


def _recognised(named: dict[Span, Named], full: dict[str, str], notes: Notes) -> None:
    """Give who stands by surname only the full name by which the archive knows the one bearer of it."""
    for span, each in named.items():
        surname = fold(span.of(notes.text))
        if each.kind != "PER" or " " in surname:
            continue
        if surname not in full and (name := notes.known(surname)):
            full[surname] = name
            named[span] = Named("PER", f"{each.why}; in this archive only {name} bears the name")


def _note(
    span: Span, named: Named, full: dict[str, str], short: dict[str, str], of_states: Standing, notes: Notes
) -> None:
    """Note a mention, and the actor it names."""
    assert notes.doc is not None
    said, kind, why = span.of(notes.text), named.kind, named.why
    key, name = _key(said, kind, full, short)
    country = authority.country_of(name) if kind in ("LOC", "MISC") else None
    if kind == "LOC" and (seat := authority.seat_of(said)) and _acts(notes.doc, span):
        key, name, country = f"loc:{seat.casefold()}", authority.name_of(seat), seat
        why = f"the seat of {name}'s government, named for the government that acts"
    elif kind == "LOC" and country is None:
        country = authority.seat_of(said) or authority.land_in(said)
    # A demonym ("Russian") is a MISC mention of a state, and the state is a LOC.
    is_state = country is not None and kind == "MISC"
    if unlisted := of_states.peoples.get(said):
        is_state, key, name = True, *_key(unlisted, "LOC", full, short)
    # A state no list knows has no code, but it is one: its sector says so.
    sector = "GOV" if unlisted or said in of_states.states else None
    actor = Actor(key=key, kind="LOC" if is_state else kind, name=name, country=country, sector=sector)
    notes.actors.setdefault(key, actor)
    notes.mentions.append(Mention(span=span, kind=kind, entity=key, why=why))


def _acts(doc: Doc, span: Span) -> bool:
    """Say whether a place does what only people do: the subject of a verb other than "be", or whose pledge it is."""
    within = doc.char_span(span.start, span.end, alignment_mode="expand")
    if within is None:
        return False
    head = within.root
    if head.dep_ == "poss":
        return head.head.lower_ in lexicon().turning
    return head.dep_ == "nsubj" and head.head.tag_.startswith("VB") and head.head.lower_ not in _BEING


def _full_names(found: dict[Span, Named], notes: Notes) -> dict[str, str]:
    """Return the persons named in full, in the text and in captions, which often name who the text does not."""
    named = [span.of(notes.text) for span in sorted(found) if _is_person(span, found[span], notes.text)]
    for caption in notes.captions:
        told = entities_of(caption, caption.text)
        named += [span.of(caption.text) for span, each in told.items() if each.kind == "PER"]
    return full_names(named)


def _is_person(span: Span, named: Named, text: str) -> bool:
    """Say whether a name is a person's by the parser, or by a title before it: "Mayor Tunde Adeyemi"."""
    name = span.of(text)
    return named.kind == "PER" or (is_titled(span, text) and " " in name and told_by_words(name) is None)


def _peoples(of_states: Standing, words: Words, found: dict[Span, Named]) -> dict[Span, Named]:
    """Return where the people of an unlisted state are named and the parser saw no name."""
    taken = Taken(found)
    spans = (span for span in words.spans if span.of(words.text) in of_states.peoples)
    return {span: Named("MISC", "a people") for span in spans if not taken.touches(span) and words.stands_alone(span)}


def _lone_surnames(doc: Doc, full: dict[str, str], found: dict[Span, Named]) -> dict[Span, Named]:
    """Return the places where a person named in full stands by surname and the parser saw no name."""
    taken = Taken(found)
    spans = (
        Span(token.idx, token.idx + len(token.text))
        for token in doc
        if token.tag_ in ("NNP", "NNPS") and fold(token.text) in full
    )
    return {span: Named("PER", "a surname") for span in spans if not taken.touches(span)}


def _key(name: str, kind: Kind, full: dict[str, str], short: dict[str, str]) -> tuple[str, str]:
    """Return the key and the fullest form of a name."""
    if kind == "PER":
        parts = name.split()
        known = full.get(fold(parts[-1]))
        if known and (len(parts) == 1 or alike(known, name)):
            name = known
    elif country := authority.country_of(name):
        return f"loc:{country.casefold()}", authority.name_of(country)
    elif kind == "ORG":
        name = short.get(name, name)
        name = authority.organisation(name) or name
    return f"{kind.casefold()}:{slug(fold(name))}", name
