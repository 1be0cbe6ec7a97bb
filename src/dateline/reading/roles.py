"""Offices: who holds which, for which state or body, as the text says it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from dateline.reading import authority
from dateline.reading.languages import words
from dateline.reading.names import entities_of
from dateline.reading.notes import Notes
from dateline.reading.plain_roles import plain_roles
from dateline.story import Role
from dateline.text.folding import fold
from dateline.text.spans import Span

# How far before a name its office and state may begin.
_REACH = 90


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
    return True


@cache
def _office_forms() -> dict[str, str]:
    """Return each written form of an office → the office's name, longest form first."""
    offices = (words("en", "offices") or {})["offices"]
    forms = {form: office for office, written in offices.items() for form in written}
    return dict(sorted(forms.items(), key=lambda pair: -len(pair[0])))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return how an office stands before a name, after it, and alone ("the foreign minister")."""
    office = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in _office_forms())
    before = "|".join(re.escape(word) for word in (words("en", "offices") or {})["words"]["before"])
    # "US.Secretary of State": an abbreviation run together with the office still belongs to it.
    owner = r"(?:(?P<owner>[^\W\d_][\w.’'\- ]*?)(?:[’']s?)?(?:\s+|(?<=[A-Z]\.)))??"
    lead = rf"(?:(?:{before})\s+)*"
    of = r"(?:\s+(?:of|for|to)\s+(?:the\s+)?(?P<of>[A-Z][\w.’'\-]*(?:\s+[A-Z][\w.’'\-]*)*))?"
    left = re.compile(
        rf"(?:^|(?<=[\s,(–—:\"“]))(?:the\s+)?{lead}{owner}{lead}(?P<office>{office}){of},?\s+$", re.IGNORECASE
    )
    right = re.compile(
        rf",\s+(?:the\s+|a\s+|an\s+)?{lead}{owner}{lead}(?P<office>{office})\b{of}(?=[,.;:)\s]|$)", re.IGNORECASE
    )
    alone = re.compile(rf"\b[Tt]he\s+{lead}{owner}{lead}(?P<office>{office})\b{of}", re.IGNORECASE)
    return left, right, alone


def role_beside(text: str, name: Span) -> Role | None:
    """Return the office that stands before or after the name at ``name``, None when there is none."""
    left, right, _ = _patterns()
    start = max(text.rfind("\n", 0, name.start) + 1, _sentence_start(text, name.start), name.start - _REACH)
    found = left.search(text[start : name.start])
    if found is None:
        line_end = text.find("\n", name.end)
        found = right.match(text[name.end : min(name.end + _REACH, line_end if line_end >= 0 else len(text))])
    return _role(found) if found else None


def _sentence_start(text: str, end: int) -> int:
    """Return where the sentence before ``end`` begins, as far as an office may reach back."""
    stops = [match.end() for match in re.finditer(r"[a-z0-9\"”][.!?][\"”]?\s+", text[:end])]
    return stops[-1] if stops else 0


def _role(found: re.Match[str]) -> Role | None:
    office = _office_forms()[" ".join(found["office"].casefold().split())]
    for phrase in (found["of"], found["owner"]):
        owner = _capitalised(phrase or "")
        country = authority.country_of(owner) or authority.seat_of(owner)
        if country:
            return Role(office=office, country=country)
        if owner:
            return Role(office=office, organisation=authority.organisation(owner) or owner)
    return Role(office=office)


def _capitalised(owner: str) -> str:
    """Return the run of capitalised words an owner ends with: "embattled Syrian" → "Syrian"."""
    kept: list[str] = []
    for word in reversed(owner.split()):
        if not word[:1].isupper():
            break
        kept.insert(0, word)
    # "US." of a run-together "US.Secretary" is the state, not an abbreviation with a stop of its own.
    return " ".join(kept).removesuffix(".") if kept and "." not in kept[-1][:-1] else " ".join(kept)


def _from_captions(notes: Notes) -> None:
    """Take the offices that captions state for persons the text names."""
    for caption in notes.captions:
        for span, kind in entities_of(caption, caption.text).items():
            if kind == "PER":
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

    With two holders (of two states) a named state decides; without one, nobody is chosen.
    """
    _, _, alone = _patterns()
    named = {mention.span.start for mention in notes.mentions}
    for found in alone.finditer(notes.text):
        if any(start in named for start in range(found.end(), found.end() + 3)):
            continue
        role = _role(found)
        holders = [
            key
            for key, actor in notes.actors.items()
            if actor.role and role and actor.role.office == role.office and role.country in (None, actor.role.country)
        ]
        if len(holders) == 1:
            notes.stand_ins[Span(found.start(), found.end())] = holders[0]
