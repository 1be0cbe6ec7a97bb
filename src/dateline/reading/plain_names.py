"""Names in a language without a parser: what the lists know, persons with evidence, places with the gazetteer's word.

Precise rather than complete: a capitalised word that nothing vouches for is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dateline.reading.gazetteer import sites
from dateline.reading.notes import Notes
from dateline.reading.plain_persons import Person, Persons
from dateline.reading.plain_words import KnownName, Piece, PlainWords, cut, plain_words
from dateline.story import Actor, Kind, Mention
from dateline.text.folding import fold
from dateline.text.slugs import slug
from dateline.text.spans import Span

# Smaller towns share their names with too many words.
SMALLEST_TOWN = 15_000
_CLOSING = ("'", "’")
# "KIEW (dpa) – ", "Wien/Berlin – ": the line a story begins with.
_DATELINE = re.compile(r"([^\W\d_][\w’'. -]{1,30}?)(?:/([^\W\d_][\w’'. -]{1,30}?))?(?: \([\w/ .-]{2,20}\)| [–—-] )")


def plain_names(notes: Notes) -> bool:
    """Find the names of a story by the lists and patterns of its language; False where it has none."""
    known = plain_words(notes.language)
    if known is None:
        return False
    text, pieces = notes.text, cut(notes.text)
    persons = _persons(text, pieces, known)
    full = _full_names([*(name for _, name, _ in persons), *_in_captions(notes, known)])
    found = _Names(text)
    for span, name, why in persons:
        found.person(span, name, full, why)
    for span, listed in _listed(pieces, known):
        found.add(span, _acting(span, listed, text, pieces, known))
    for span, name in _lone(pieces, full, known):
        found.person(span, name, full, "")
    for span, listed in (*_bodies(text, known), *_places(text, pieces, known)):
        found.add(span, listed)
    for span, listed in sorted(found.kept, key=lambda each: each[0]):
        kind: Kind = "LOC" if listed.kind == "MISC" else listed.kind
        actor = Actor(key=listed.key, kind=kind, name=listed.name, country=listed.country)
        notes.actors.setdefault(listed.key, actor)
        notes.mentions.append(Mention(span=span, kind=listed.kind, entity=listed.key, why=listed.why))
    return True


class _Names:
    """Collects names; the first to claim a stretch of the text keeps it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.taken = bytearray(len(text))
        self.kept: list[tuple[Span, KnownName]] = []

    def add(self, span: Span, listed: KnownName) -> None:
        if any(self.taken[span.start : span.end]):
            return
        self.taken[span.start : span.end] = b"\1" * len(span)
        self.kept.append((span, listed))

    def person(self, span: Span, name: str, full: dict[str, str], why: str) -> None:
        whole = full.get(_surname(name), name)
        if len(name.split()) > 1 and not _alike(whole, name):
            whole = name
        if whole != name and len(name.split()) == 1:
            why = f"surname of {whole}, who is named in full in this story"
        self.add(span, KnownName("PER", f"per:{slug(fold(whole))}", whole, why=why))


def _persons(text: str, pieces: list[Piece], known: PlainWords) -> list[tuple[Span, str, str]]:
    """Return the persons of a text: where, the name without its genitive, and why."""
    every = {piece.text for piece in pieces}
    found = []
    for person in Persons(text, pieces, known).all():
        span = _without_genitive(person, pieces, every)
        found.append((span, " ".join(span.of(text).split()), person.why))
    return found


def _without_genitive(person: Person, pieces: list[Piece], every: set[str]) -> Span:
    """Cut the -s of "Merkels" where the story also says "Merkel", or where what is hers follows."""
    first, last = pieces[person.first], pieces[person.last - 1]
    word, end = last.text, last.end
    if word.endswith(("'s", "’s")):
        return Span(first.start, end - 2)
    if word.endswith("s") and len(word) > 3 and not word.endswith("ss"):
        behind = pieces[person.last] if person.last < len(pieces) else None
        owns = behind is not None and behind.start == end + 1 and behind.text[0].isupper()
        if word[:-1] in every or (owns and person.full):
            end -= 1
    return Span(first.start, end)


def _in_captions(notes: Notes, known: PlainWords) -> Iterator[str]:
    for figure in notes.story.figures:
        if figure.caption:
            yield from (name for _, name, _ in _persons(figure.caption, cut(figure.caption), known))


def _surname(name: str) -> str:
    """Return the folded surname of a name: what a lone mention would be."""
    last = name.rsplit(maxsplit=1)[-1]
    return fold(last.partition("-")[2] if last[0].islower() and "-" in last else last)


def _full_names(names: list[str]) -> dict[str, str]:
    """Return the first full name of each surname; one that two persons bear belongs to neither."""
    full: dict[str, str] = {}
    shared: set[str] = set()
    for name in names:
        if len(name.split()) < 2:
            continue
        known = full.setdefault(_surname(name), name)
        if known != name and not _alike(known, name):
            shared.add(_surname(name))
    return {surname: name for surname, name in full.items() if surname not in shared}


def _alike(one: str, other: str) -> bool:
    """Say whether two full names of one surname may be one person's: "Sergej" and "Sergei"."""
    first, second = fold(one.split(maxsplit=1)[0]), fold(other.split(maxsplit=1)[0])
    return first[:3] == second[:3] or first.rstrip(".") == second[0] or second.rstrip(".") == first[0]


def _listed(pieces: list[Piece], known: PlainWords) -> Iterator[tuple[Span, KnownName]]:
    place = 0
    while place < len(pieces):
        if found := known.at(pieces, place):
            end, listed = found
            yield Span(pieces[place].start, pieces[end - 1].end), listed
            place = end
        else:
            place += 1


def _acting(span: Span, listed: KnownName, text: str, pieces: list[Piece], known: PlainWords) -> KnownName:
    """Return the state for a capital that says something ("Moskau dementierte"), the name as it is otherwise."""
    if not listed.capital:
        return listed
    behind = re.compile(r"\s+([^\W\d_]+)").match(text, span.end)
    before = re.compile(r"([^\W\d_]+)\s+$").search(text, max(0, span.start - 30), span.start)
    led = before is not None and before[1].lower() in known.place_leads
    if led or not ((behind and behind[1] in known.says) or (before and before[1] in known.says)):
        return listed
    state = known.states.get(listed.country or "")
    return state._replace(why=f"the seat of the government of {state.name}, named for it") if state else listed


def _lone(pieces: list[Piece], full: dict[str, str], known: PlainWords) -> Iterator[tuple[Span, str]]:
    """Yield the places where a person named in full stands by surname, with the surname."""
    hyphens = {place for place, piece in enumerate(pieces) if piece.text in "-‑"}
    ordinary = (*known.offices, *known.callings, *known.unnamed, *known.speaking_bodies)
    names = {surname: name for surname, name in full.items() if surname not in map(fold, ordinary)}
    double = {fold(name.split()[0]): name for name in full.values() if name.split()[0] in known.family_first}
    for place, piece in enumerate(pieces):
        if not piece.text[0].isupper() or place + 1 in hyphens or place - 1 in hyphens:
            continue
        if place and pieces[place - 1].text.lower() in known.determiners:
            continue
        word = piece.text
        for form in (word, word.removesuffix("'s").removesuffix("’s"), word.removesuffix("s")):
            if name := names.get(fold(form)) or double.get(fold(form)):
                yield Span(piece.start, piece.start + len(form)), name.split()[-1] if fold(form) in names else name
                break


def _bodies(text: str, known: PlainWords) -> Iterator[tuple[Span, KnownName]]:
    """Yield the bodies that show by the shape of their name, with the state that owns them where it is said."""
    for pattern in filter(None, (known.owned, known.bodies)):
        for found in pattern.finditer(text):
            start, name = found.start(), found.group()
            first = name.split()[0]
            if first in known.speaking_bodies and " " in name and first not in pattern.pattern:
                start, name = start + len(first) + 1, name[len(first) + 1 :]
            name = name.removesuffix("s") if name.endswith("ums") else name
            country = _owner(text, *found.span(), known) if pattern is known.owned else None
            key = f"org:{country.casefold()}-{slug(fold(name))}" if country else f"org:{slug(fold(name))}"
            yield Span(start, found.end()), KnownName("ORG", key, name, country, why="a body by the shape of its name")


def _owner(text: str, start: int, end: int, known: PlainWords) -> str | None:
    """Return the state of a body: "das russische Außenministerium", "das Außenministerium in Moskau"."""
    before, behind = cut(text[max(0, start - 40) : start]), cut(text[end : end + 40])
    found = known.at(before, len(before) - 1) if before else None
    if found is None and len(behind) > 1 and behind[0].text in known.place_leads:
        found = known.at(behind, 1)
    return found[1].country if found else None


def _places(text: str, pieces: list[Piece], known: PlainWords) -> Iterator[tuple[Span, KnownName]]:
    """Yield the towns behind "in", "aus" …, in the dateline, and then wherever the story names them again."""
    towns: dict[str, KnownName | None] = {}
    if found := _DATELINE.match(text):
        for group in (1, 2):
            if found[group] and (town := _town(found[group].strip(), known, towns)):
                yield Span(found.start(group), found.start(group) + len(found[group].strip())), town
    spotted: list[tuple[Span, str]] = []
    ends = {pieces[end - 1].end for place in range(len(pieces)) if (end := _place_listed(pieces, place, known))}
    for place, piece in enumerate(pieces[:-1]):
        joined = piece.text in known.place_joins and piece.start - 1 in ends
        if not joined and piece.text not in known.place_leads and piece.text.lower() not in known.place_leads:
            continue
        for length in (5, 4, 3, 2, 1):
            run = _run(text, pieces, place + 1, length)
            if run is not None and (town := _town(run.of(text), known, towns)):
                spotted.append((run, run.of(text)))
                ends.add(run.end)
                yield run, town
                break
    certain = {name for _, name in spotted if " " not in name and "-" not in name}
    for place, piece in enumerate(pieces):
        after_article = place > 0 and pieces[place - 1].text.lower() in known.determiners
        name = piece.text if piece.text in certain else piece.text.removesuffix("s")
        if name in certain and not after_article and (town := towns[name]):
            yield Span(piece.start, piece.start + len(name)), town


def _place_listed(pieces: list[Piece], place: int, known: PlainWords) -> int | None:
    """Return the piece behind a capital or state that begins at a piece."""
    found = known.at(pieces, place)
    return found[0] if found and found[1].kind == "LOC" else None


def _run(text: str, pieces: list[Piece], first: int, length: int) -> Span | None:
    """Return the span of ``length`` pieces that may be one name: capitals at both ends, blanks or hyphens between."""
    last = first + length - 1
    if last >= len(pieces) or text[pieces[first - 1].end : pieces[first].start] != " ":
        return None
    if not (pieces[first].text[0].isupper() and pieces[last].text[0].isalpha() and pieces[last].text[0].isupper()):
        return None
    inner = pieces[first : last + 1]
    if any(text[one.end : other.start] not in ("", " ") for one, other in pairwise(inner)):
        return None
    if any(not piece.text[0].isalpha() and piece.text not in "-.‑" for piece in inner):
        return None
    behind = text[pieces[last].end : pieces[last].end + 1]
    return Span(pieces[first].start, pieces[last].end) if behind not in ("-", "‑") else None


def _town(name: str, known: PlainWords, towns: dict[str, KnownName | None]) -> KnownName | None:
    """Return the town of a name, None where the gazetteer has none of some size or the word is an ordinary one."""
    if name not in towns:
        towns[name] = None
        form = name.title() if name.isupper() else name
        if form not in known.never_places:
            best = next(iter(sites(form)), None)
            if best is not None and best.people >= SMALLEST_TOWN:
                why = f"behind a word of place, and in the gazetteer ({best.name})"
                towns[name] = KnownName("LOC", f"loc:{slug(fold(best.name))}", form, why=why)
    return towns[name]
