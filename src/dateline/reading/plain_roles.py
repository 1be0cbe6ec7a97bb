"""Offices in a language without a parser: read off the words right before and behind a name."""

from __future__ import annotations

from dataclasses import replace

from dateline.reading.notes import Notes
from dateline.reading.plain_words import KnownName, Piece, PlainWords, cut, plain_words, within
from dateline.story import Role
from dateline.text.spans import Span


def plain_roles(notes: Notes) -> bool:
    """Find the offices that stand with names, then who "die Ministerin" is; False where no offices are known."""
    known = plain_words(notes.language)
    if known is None or not known.offices:
        return False
    pieces = cut(notes.text)
    ends = frozenset(mention.span.end for mention in notes.mentions if mention.kind == "PER")
    for place, mention in enumerate(notes.mentions):
        if mention.kind == "PER" and mention.entity and (role := _beside(pieces, mention.span, known, ends)):
            notes.mentions[place] = replace(mention, role=role)
            notes.give_role(mention.entity, role)
    _from_captions(notes, known)
    _bridge(notes, pieces, known)
    return True


def _beside(pieces: list[Piece], name: Span, known: PlainWords, ends: frozenset[int] = frozenset()) -> Role | None:
    """Return the office before a name or, in an apposition, behind it. ``ends`` are where persons' names end."""
    first, last = within(pieces, name)
    place = first - 1
    while place >= 0 and (pieces[place].text in known.honorifics or pieces[place].text in (".", ",")):
        place -= 1
    if (role := _ending_at(pieces, place, known)) is not None and (place == first - 1 or pieces[first - 1].text != ","):
        return role
    # "der Sprecher des Auswärtigen Amtes, Martin Schäfer": the office, whose it is, a comma, the name.
    if first and pieces[first - 1].text == "," and (role := _before_comma(pieces, first - 1, known, ends)):
        return role
    return _apposition(pieces, last, known)


def _ending_at(pieces: list[Piece], place: int, known: PlainWords) -> Role | None:
    """Return the office whose word is at ``place``, with the owner its compound, its adjective or a genitive names."""
    if place < 0 or known.office(pieces[place].text) is None:
        return None
    office = known.office(pieces[place].text) or ""
    implied = known.implied.get(office) or known.implied.get(pieces[place].text)
    start, prefix = _prefix(pieces, place)
    if prefix is not None and prefix not in known.office_prefixes:
        owner = known.at(pieces, start)
        if owner is None:
            return Role(office=office, organisation=prefix)
        role = _role(office, owner[1])
        whose = _listed_ending_at(pieces, start - 1, known)  # "Russlands UN-Botschafter"
        return replace(role, country=whose.country) if role.country is None and whose else role
    place = start - 1
    while place >= 0 and pieces[place].text.lower() in known.before_office:
        place -= 1
    owners = _listed_ending_at(pieces, place, known)
    return _role(office, owners, implied) if owners else Role(office=office, country=implied)


def _prefix(pieces: list[Piece], place: int) -> tuple[int, str | None]:
    """Return where a compound begins and what it begins with: "US" of "US-Außenminister"."""
    if place > 1 and pieces[place - 1].text in "-‑" and pieces[place - 1].end == pieces[place].start:
        return place - 2, pieces[place - 2].text
    return place, None


def _listed_ending_at(pieces: list[Piece], place: int, known: PlainWords) -> KnownName | None:
    """Return the listed name whose last piece is at ``place``: "russische", "Vereinigten Staaten"."""
    for first in range(place, max(-1, place - 6), -1):
        found = known.at(pieces, first)
        if found is not None and found[0] == place + 1:
            return found[1]
    return None


def _role(office: str, owner: KnownName, implied: str | None = None) -> Role:
    if owner.kind in ("LOC", "MISC"):
        return Role(office=office, country=owner.country)
    return Role(office=office, country=implied, organisation=owner.name)


def _owned(pieces: list[Piece], place: int, known: PlainWords) -> tuple[Role, int] | None:
    """Return an office that stands at ``place`` and what follows it: "Präsident der Ukraine"."""
    role = _ending_at(pieces, place, known)
    if role is None:
        return None
    end = place + 1
    if role.country is None and role.organisation is None and end < len(pieces):
        owner = known.at(pieces, end)  # "Außenminister Russlands"
        if owner is None and pieces[end].text in known.of and end + 1 < len(pieces):
            owner = known.at(pieces, end + 1)
            if owner is None and pieces[end + 1].text[0].isupper():
                return role, end + 2  # "Bürgermeister der Stadt"
        if owner is not None and owner[1].kind != "MISC":
            return _role(role.office, owner[1]), owner[0]
    return role, end


def _before_comma(pieces: list[Piece], comma: int, known: PlainWords, ends: frozenset[int]) -> Role | None:
    for place in range(comma - 1, max(-1, comma - 8), -1):
        if pieces[place].text in ",.;:":
            return None
        found = _owned(pieces, place, known)
        if found is not None:
            start = _phrase_start(pieces, place, known)
            # "Marie Duval, die Ministerin, Heiko Maas": the office is that of the one before.
            taken = start > 1 and pieces[start - 1].text == "," and pieces[start - 2].end in ends
            return found[0] if found[1] == comma and not taken else None
    return None


def _apposition(pieces: list[Piece], comma: int, known: PlainWords) -> Role | None:
    """Return the office of "Sergej Lawrow, der russische Außenminister, …"."""
    if comma >= len(pieces) or pieces[comma].text not in ",(":
        return None
    for place in range(comma + 1, min(len(pieces), comma + 8)):
        word = pieces[place].text
        if known.office(word) and not (place + 1 < len(pieces) and pieces[place + 1].text in "-‑"):
            found = _owned(pieces, place, known)
            closes = found is not None and (found[1] >= len(pieces) or pieces[found[1]].text in ",.;:()–—")
            return found[0] if found and closes else None
        plain = word.lower() in known.determiners or word.lower() in known.before_office or word in "-‑"
        if not plain and not _may_own(pieces, place, known):
            return None
    return None


def _may_own(pieces: list[Piece], place: int, known: PlainWords) -> bool:
    """Say whether a piece may stand between article and office: a state's adjective, "CDU" of "CDU-Chef"."""
    if known.at(pieces, place) is not None or _listed_ending_at(pieces, place, known) is not None:
        return True
    return place + 1 < len(pieces) and pieces[place + 1].text in "-‑"


def _from_captions(notes: Notes, known: PlainWords) -> None:
    """Take the offices that captions state for persons the text names."""
    by_surname: dict[str, list[str]] = {}
    for key, actor in notes.actors.items():
        if actor.kind == "PER":
            by_surname.setdefault(actor.name.split()[-1], []).append(key)
    for figure in notes.story.figures:
        pieces = cut(figure.caption or "")
        for piece in pieces:
            bearers = by_surname.get(piece.text, [])
            if len(bearers) != 1:
                continue
            start = (figure.caption or "").find(notes.actors[bearers[0]].name)
            if start >= 0:
                role = _beside(pieces, Span(start, start + len(notes.actors[bearers[0]].name)), known)
                if role is not None:
                    notes.give_role(bearers[0], role)


def _bridge(notes: Notes, pieces: list[Piece], known: PlainWords) -> None:
    """Let "der russische Außenminister" stand for the one person of the story who holds that office."""
    named = {within(pieces, mention.span)[0] for mention in notes.mentions if mention.kind == "PER"}
    holders: dict[str, list[str]] = {}
    for key, actor in notes.actors.items():
        if actor.role is not None:
            for office in _kinds_of(actor.role.office, known):
                holders.setdefault(office, []).append(key)
    for place, piece in enumerate(pieces):
        if known.office(piece.text) is None or place + 1 in named:
            continue
        found = _owned(pieces, place, known)
        start = _phrase_start(pieces, place, known)
        if found is None or pieces[start].text.lower() not in known.determiners:
            continue
        role, end = found
        exact = [key for key, actor in notes.actors.items() if actor.role and actor.role.office == role.office]
        fitting = [
            key
            for key in exact or holders.get(role.office, [])
            if (held := notes.actors[key].role)
            and role.country in (None, held.country)
            and role.organisation in (None, held.organisation)
        ]
        if len(fitting) == 1:
            notes.stand_ins[Span(pieces[start].start, pieces[end - 1].end)] = fitting[0]


def _kinds_of(office: str, known: PlainWords) -> list[str]:
    """Return the offices an office is one of: a "Bundeskanzler" is a "Kanzler" too."""
    return [other for other in set(known.offices.values()) if office.casefold().endswith(other.casefold())]


def _phrase_start(pieces: list[Piece], place: int, known: PlainWords) -> int:
    """Return the first piece of an office's phrase: its article, where it has one."""
    start, _ = _prefix(pieces, place)
    for _ in range(4):
        if start == 0 or pieces[start].text.lower() in known.determiners:
            break
        before = pieces[start - 1].text.lower()
        if before in known.determiners:
            return start - 1
        if before not in known.before_office and _listed_ending_at(pieces, start - 1, known) is None:
            break
        start -= 1
    return start
