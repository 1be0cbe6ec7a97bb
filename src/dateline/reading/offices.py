"""How an office stands in a text: its words, whose it is, and what a word before it makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from dateline.reading import authority
from dateline.reading.languages import words
from dateline.story import Role
from dateline.text.spans import Span

# How far before and behind a name its office and state may stand.
_REACH = 100
_ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their"})
_OWNER = r"[A-Z][\w.’'\-]*(?:\s+(?:of\s+|and\s+|for\s+)?(?:the\s+)?[A-Z][\w.’'\-]*)*"
_OF_STATE = re.compile(rf"\s+of\s+(?:the\s+)?({_OWNER})")
# "Ruritanian Sheep Board (RSB) chairman"
_SHORT = re.compile(r"\s*\([A-Z&-]+\)")


def role_beside(text: str, name: Span) -> Role | None:
    """Return the office that stands before or behind the name at ``name``, None when there is none."""
    before, behind = _patterns()
    start = max(text.rfind("\n", 0, name.start) + 1, name.start - _REACH)
    left = text[start : name.start]
    left = left[_last_sentence(left) :]
    if (found := before.search(left)) is not None:
        role, _ = _role(found, left[: found.start("office")])
        # "Prime Minister Ana Gomez of Spain"
        if role.country is None and (of := _OF_STATE.match(text, name.end)) and (state := authority.country_of(of[1])):
            role = replace(role, country=state)
        return role
    line = text[name.end : name.end + _REACH].split("\n", maxsplit=1)[0]
    if (found := behind.match(line)) is not None:
        role, rest = _role(found, found["lead"])
        # "the widow of the president" is no president.
        return role if not rest else None
    return None


def roles_alone(text: str) -> Iterator[tuple[Span, Role]]:
    """Yield the offices that stand for who holds them: "the Danish foreign minister"."""
    for found in _alone().finditer(text):
        role, rest = _role(found, found["lead"])
        if not rest:
            yield Span(found.start(), found.end()), role


def _role(found: re.Match[str], lead: str) -> tuple[Role, list[str]]:
    """Return the office of a match with its owner and what was said of it, and the words that belong to neither."""
    office = _office_forms()[" ".join(found["office"].casefold().split())]
    said: list[str] = []
    owner: list[str] = []
    rest = _SHORT.sub("", lead).replace("x-", "x ").split()
    while rest:
        word = rest[-1].strip(",").casefold()
        if (qualifier := _qualifiers().get(word)) is not None:
            said.insert(0, qualifier)
        elif word in _before():
            pass
        elif rest[-1][:1].isupper() and not (owner and said) and word not in _ARTICLES and rest[-1][-1] not in ",:":
            owner.insert(0, rest[-1])
        else:
            break
        rest.pop()
    while rest and rest[-1].casefold() in _ARTICLES:
        rest.pop()
    country, body = _owned(" ".join(owner))
    of = (found["of"] or "").strip().removesuffix(".")
    if of:
        state, other = _owned(of)
        country, body = state or country, other or body
    if body and office in ("Minister", "Secretary", "Deputy Minister") and authority.organisation(body) is None:
        office, body = (f"{office} of {body}" if of else f"{body} {office}"), None
    return Role(office=" ".join([*said, office]), country=country, organisation=body), rest


def _owned(owner: str) -> tuple[str | None, str | None]:
    """Return the state and the body that an owner names: "Israeli Likud" is both."""
    # "US." of a run-together "US.Secretary" is the state, not an abbreviation with a stop of its own.
    owner = re.sub(r"['’]\s?s?$", "", owner)
    for name in (owner, owner.removesuffix(".")):
        if country := authority.country_of(name) or authority.seat_of(name) or authority.land_in(name):
            return country, None
    if known := authority.organisation(owner):
        return None, known
    parts = owner.split()
    for cut in (2, 1):
        if len(parts) > cut and (country := authority.country_of(re.sub(r"['’]s?$", "", " ".join(parts[:cut])))):
            rest = " ".join(parts[cut:])
            return country, authority.organisation(rest) or rest
    return None, owner or None


def _last_sentence(text: str) -> int:
    """Return where the sentence begins that a stretch ends in."""
    stops = [match.end() for match in re.finditer(r"[a-z0-9\"”)][.!?][\"”]?\s+", text)]
    return stops[-1] if stops else 0


@cache
def _office_forms() -> dict[str, str]:
    """Return each written form of an office → the office's name, longest form first."""
    offices = (words("en", "offices") or {})["offices"]
    forms = {form: office for office, written in offices.items() for form in written}
    return dict(sorted(forms.items(), key=lambda pair: -len(pair[0])))


@cache
def _before() -> frozenset[str]:
    return frozenset((words("en", "offices") or {})["words"]["before"])


@cache
def _qualifiers() -> dict[str, str]:
    known = (words("en", "offices") or {})["qualifiers"]
    return {word: qualifier for qualifier, forms in known.items() for word in forms}


@cache
def _office() -> str:
    forms = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in _office_forms())
    return rf"(?<![^\W_])(?P<office>(?i:{forms}))(?![\w-])"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return how an office stands before a name ("president of Peru, …") and behind it (", Peru's president")."""
    of = rf"(?:,?\s+(?:of|for|at|to)\s+(?:the\s+)?(?P<of>{_OWNER}))?"
    before = re.compile(rf"{_office()}{of},?\s+[“\"]?$")
    who = r"(?:who\s+(?:is|was|became|serves\s+as)\s+|then\s+|now\s+)?"
    behind = re.compile(
        rf"\s?(?:,\s+(?:\d\d,\s+)?|\s\(|,?\s+(?=who\s)|\s+(?:is|was|became)\s+(?=the\s)){who}"
        rf"(?P<lead>(?:[\w.’'\-]+\s+){{0,7}}?){_office()}{of}"
    )
    return before, behind


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(
        rf"\b[Tt]he\s+(?P<lead>(?:[\w.’'\-]+\s+){{0,3}}?){_office()}(?:\s+of\s+(?:the\s+)?(?P<of>{_OWNER}))?"
    )
