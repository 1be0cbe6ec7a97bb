"""What kind of thing a name is, by the weight of all that a story tells of it."""

from __future__ import annotations

import re
from collections import Counter

from dateline.reading import authority
from dateline.reading.edges import Named, is_title, name_words
from dateline.reading.gazetteer import sites
from dateline.reading.told import Standing, is_land
from dateline.reading.words import Words
from dateline.story import Kind
from dateline.text.folding import fold
from dateline.text.spans import Span

_KINDS: tuple[Kind, ...] = ("ORG", "LOC", "MISC")


def listed(name: str) -> Kind | None:
    """Return the kind of a name that our lists know."""
    if authority.is_demonym(name) or authority.is_people(name):
        return "MISC"
    if authority.country_of(name) or authority.is_land(name):
        return "LOC"
    if authority.organisation(name):
        return "ORG"
    return "LOC" if authority.seat_of(name) and told_by_words(name) != "ORG" else None


def told_by_words(name: str) -> Kind | None:
    """Return the kind that the first or last word of a longer name tells."""
    said = name.casefold().replace(",", "").split()
    if len(said) < 2:
        return None
    # "Central Bank of Ruritania": what stands before "of" is the thing.
    head = next((said[place - 1] for place, word in enumerate(said) if place and word in ("of", "for", "de")), None)
    for kind in _KINDS if head else ():
        if head in name_words("last", kind) or head in name_words("first", kind):
            return kind
    for kind in _KINDS:
        if said[-1] in name_words("last", kind):
            return kind
    for kind in _KINDS:
        if said[0] in name_words("first", kind):
            return kind
    return None


# The parser's word counts 3. What these tell of a name's kind weighs against it, all averaged over where it stands.
_AFTER_IN = 3  # "in", "near" before a place
_AFTER_FROM = 4  # "an address from"
_AFTER_THE = 5  # "the" before no person
_TITLED = 4
_IN_CAPITALS = 3
_FIRST_NAME = 4  # of somebody named in full in the story
_TOWN = 2
_CITY = 4
_IN = re.compile(r"(?:^|\s)(?:in|near|across|throughout|outside)\s$", re.IGNORECASE)
_FROM = re.compile(r"([a-z]+) from\s$")
_SEAT = re.compile(r", (?:the|its|their|\w+['’]s) (?:\w+ )?capital\b")
_THE = re.compile(r"(?:^|\s)the\s$", re.IGNORECASE)
_TITLE = re.compile(r"([A-Z][\w.]*|[a-z]+)(,?)\s$")
_SAYS = {"PER": "a person", "ORG": "a body", "LOC": "a place", "MISC": "neither person, body nor place"}


def decided(
    found: dict[Span, Named], full: dict[str, str], short: dict[str, str], told: Standing, words: Words
) -> dict[Span, Named]:
    """Return the names with one kind for each spelling of the story; what is no name after all is left out."""
    text = words.text
    heard: dict[str, list[Counter[Kind]]] = {}
    for span, named in found.items():
        heard.setdefault(span.of(text), []).append(_heard(span, named.kind, text))
    firsts = {name.split()[0] for name in full.values()}
    shared = {fold(name): (name, code) for name in heard if fold(name) in full and (code := authority.country_of(name))}
    lands = {surname for surname, (name, code) in shared.items() if is_land(name, code, words)}
    bearers = {surname: name for surname, name in full.items() if surname not in lands}
    settled = {name: told.kind_of(name) or _kind_of(name, each, bearers, firsts) for name, each in heard.items()}
    for span in found:
        name = span.of(text)
        if len(heard[name]) == 1 and name not in short and _is_mere_word(span, settled[name], words):
            settled[name] = None
    for form, name in short.items():
        # Initials are of a body, so what they are short for is no person.
        if (kind := settled.get(name)) == "PER":
            kind = settled[name] = "ORG"
        settled[form] = kind or "ORG"
    kinds: dict[Span, Named] = {}
    for span, named in found.items():
        name = span.of(text)
        if (kind := settled[name]) is not None:
            kinds[span] = Named(kind, told.why(name) or _why(name, named, kind, full, short))
    return kinds


def _why(name: str, named: Named, kind: Kind, full: dict[str, str], short: dict[str, str]) -> str:
    if kind == "PER" and (known := full.get(fold(name))) and known != name:
        return f"surname of {known}, who is named in full in this story"
    if listed(name) == kind:
        return "in our lists"
    if name in short:
        return f"short for {short[name]}"
    return (
        named.why if named.kind == kind else f"{named.why}; taken for {_SAYS[kind]} by its words and what stands around"
    )


def _is_mere_word(span: Span, kind: Kind | None, words: Words) -> bool:
    """Say whether a capital, seen once, is no name's: the story also writes the word without, or a sentence opens."""
    name = span.of(words.text)
    if name.isupper() or " " in name or listed(name):
        return False
    if name.casefold() in words.small:
        return kind != "LOC"
    return kind == "ORG" and words.opens_sentence(words.at(span.start))


def _heard(span: Span, kind: Kind, text: str) -> Counter[Kind]:
    """Return what the parser and the words before a name tell of its kind."""
    weight: Counter[Kind] = Counter({kind: 3})
    before = text[max(0, span.start - 16) : span.start]
    if _IN.search(before):
        weight["LOC"] += _AFTER_IN
    elif _THE.search(before):
        weight["PER"] -= _AFTER_THE
    elif (found := _FROM.search(before)) and found[1] in name_words("states", "from"):
        weight["LOC"] += _AFTER_FROM
    elif is_titled(span, text):
        weight["PER"] += _TITLED
    if _SEAT.match(text, span.end):
        weight["LOC"] += _CITY
    return weight


def is_titled(span: Span, text: str) -> bool:
    """Say whether a title stands before a name: "Mayor Kolar"; "the mayor, Anna Kolar" needs a first name."""
    word = _TITLE.search(text, max(0, span.start - 16), span.start)
    return word is not None and is_title(word[1]) and (not word[2] or _is_full(span.of(text)))


def _is_full(name: str) -> bool:
    return " " in name and told_by_words(name) is None


def _kind_of(name: str, told: list[Counter[Kind]], full: dict[str, str], firsts: set[str]) -> Kind | None:
    if fold(name) in full:
        return "PER"
    if kind := listed(name):
        return kind
    if name.casefold() in name_words("words", "common") or is_title(name):
        return None
    weight: Counter[Kind] = Counter()
    for each in told:
        for kind, much in each.items():
            weight[kind] += much
    times, said = len(told), name.split()
    if len(said) == 1:
        weight["ORG"] += _IN_CAPITALS * times * (name.isupper() and len(name) > 1)
        weight["PER"] += _FIRST_NAME * times * (name in firsts)
    # "Anna Park" may be a person, "Sir Harold Dunn Park" is none.
    elif (kind := told_by_words(name)) and (len(said) > 2 or weight["PER"] <= max(weight[kind], 2 * times)):
        return kind
    if weight["LOC"] < max(weight.values()) and (known := [site for site in sites(name) if site.people >= 5000]):
        weight["LOC"] += times * (_CITY if known[0].people > 100_000 else _TOWN)
    best = max(weight, key=lambda kind: weight[kind])
    # "the Tarn": no person, and nothing tells what else.
    return best if weight[best] > 0 else "MISC"
