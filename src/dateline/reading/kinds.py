"""What kind of thing a name is, by the weight of all that a story tells of it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from dateline.reading import authority
from dateline.reading.edges import is_title, name_words
from dateline.reading.gazetteer import sites
from dateline.story import Kind
from dateline.text.folding import fold
from dateline.text.spans import Span

if TYPE_CHECKING:
    pass

_KINDS: tuple[Kind, ...] = ("ORG", "LOC", "MISC")


def listed(name: str) -> Kind | None:
    """Return the kind of a name that our lists know."""
    if authority.is_demonym(name) or authority.is_people(name):
        return "MISC"
    if authority.country_of(name) or authority.is_land(name):
        return "LOC"
    if authority.organisation(name):
        return "ORG"
    return "LOC" if authority.is_capital(name) else None


def told_by_words(name: str) -> Kind | None:
    """Return the kind that the first or last word of a longer name tells."""
    said = name.casefold().replace(",", "").split()
    if len(said) < 2:
        return None
    if len(said) > 2 and said[1] in ("of", "for", "de"):
        for kind in _KINDS:
            if said[0] in name_words("last", kind) or said[0] in name_words("first", kind):
                return kind
    for kind in _KINDS:
        if said[-1] in name_words("last", kind):
            return kind
    for kind in _KINDS:
        if said[0] in name_words("first", kind):
            return kind
    return None


def decided(found: dict[Span, Kind], full: dict[str, str], short: dict[str, Span], text: str) -> dict[Span, Kind]:
    """Return the kinds, with one kind for each spelling of the story."""
    weights: dict[str, Counter[Kind]] = {}
    for span, kind in found.items():
        cast = weights.setdefault(span.of(text), Counter())
        cast[kind] += 2
        _hear(cast, span, text)
    settled = {name: _kind_of(name, cast, full) for name, cast in weights.items()}
    for form, span in short.items():
        kind = settled.get(span.of(text))
        if kind == "PER":
            kind = settled[span.of(text)] = "ORG"
        settled[form] = kind
    return {span: kind for span in found if (kind := settled[span.of(text)]) is not None}


# What stands around a name, and how much it tells of its kind; a parser's word counts 2.
_IN = re.compile(r"(?:^|\s)(?:in|near|across|throughout|outside)\s$", re.IGNORECASE)
_THE = re.compile(r"(?:^|\s)the\s$", re.IGNORECASE)
_AGE = re.compile(r",\s\d\d(?:,|\s\()|\s\(\d\d\)")
_TITLE = re.compile(r"([A-Z][\w.]*|[a-z]+)\s$")


def _hear(cast: Counter[Kind], span: Span, text: str) -> None:
    """Add what the words around a name tell of its kind."""
    before = text[max(0, span.start - 16) : span.start]
    if _IN.search(before):
        cast["LOC"] += W["in"]
    elif _THE.search(before):
        cast["PER"] -= W["the"]
        cast["ORG"] += W["theorg"]
    elif (word := _TITLE.search(before)) and is_title(word[1]):
        cast["PER"] += W["title"]
    if _AGE.match(text, span.end):
        cast["PER"] += W["age"]


W = {"in": 1, "the": 2, "theorg": 0, "title": 2, "age": 4, "caps": 1, "town": 1, "big": 1, "per": 3}


def _kind_of(name: str, cast: Counter[Kind], full: dict[str, str]) -> Kind | None:
    if fold(name) in full and not authority.country_of(name):
        return "PER"
    if kind := listed(name):
        return kind
    if name.casefold() in name_words("words", "common") or is_title(name):
        return None
    single = len(name.split()) == 1
    told = None if single else told_by_words(name)
    if told and not (cast["PER"] > W["per"] and cast["PER"] > cast[told]):
        return told
    if single and name.isupper() and len(name) > 1:
        cast["ORG"] += W["caps"]
    if cast["LOC"] < max(cast.values()) and (known := sites(name)):
        cast["LOC"] += W["town"] + (W["big"] if known[0].population > 100_000 else 0)
    return cast.most_common(1)[0][0]
