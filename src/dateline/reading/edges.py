"""Where names begin and end: the parser's entities, cut to the name and widened to all of it."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dateline.reading import authority
from dateline.reading.languages import words
from dateline.story import Kind
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


@dataclass(frozen=True, slots=True)
class Named:
    """What a name is taken for, and why."""

    kind: Kind
    why: str


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_LEAD = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_TAIL = re.compile(r"(?:['’]\s?s|['’]|[\s,.;:—–*/-]+)$")
_EDGES = "\"“”‘’'«»()[]*-–—/"
# "Kim’ s" is how texts rebuilt from tokens write the possessive.
_OWNS = re.compile(r"(?:['’]\s?s|(?<=s)['’])(?=\s)\s+")
_BRACKET = re.compile(r"\s*[()\[\]]\s*")
_NUMBERS = re.compile(r"\s+[\d][\d,.-]*$")
_WORD = re.compile(r"\S+")


def entities_of(doc: Doc, text: str) -> dict[Span, Named]:
    """Return the parser's entities, trimmed to the name, in our kinds. No name runs across a line's end."""
    found: dict[Span, Named] = {}
    addresses = Taken(Span(*match.span()) for match in _ADDRESS.finditer(text))
    for entity in doc.ents:
        kind = KINDS.get(entity.label_)
        if kind is None:
            continue
        whole = Span(entity.start_char, entity.end_char)
        if is_money(whole, text) or addresses.touches(whole):
            continue
        for start, end in _pieces(whole, text):
            span = trimmed(start, end, text, person=kind == "PER")
            if span is not None:
                found[span] = Named(kind, "named by the parser")
    return found


def is_money(span: Span, text: str) -> bool:
    """Say whether letters belong to a sum: "US $5", "HK$20"."""
    return span.of(text).isupper() and text[span.end : span.end + 2].lstrip()[:1] in ("$", "€", "£")


@cache
def name_words(subject: str, group: str) -> frozenset[str]:
    """Return a list of ``names.toml``."""
    return frozenset((words("en", "names") or {})[subject][group])


def _pieces(whole: Span, text: str) -> Iterator[tuple[int, int]]:
    """Cut an entity at line ends, at brackets and behind an owner: "Oslo's City Bank" is two names."""
    place = whole.start
    for line in whole.of(text).split("\n"):
        for start, end in _cut(place, place + len(line), text):
            yield from _unbracketed(start, end, text)
        place += len(line) + 1


def _cut(start: int, end: int, text: str) -> Iterator[tuple[int, int]]:
    for owner in _OWNS.finditer(text, start, end):
        said = text[start : owner.start()].split()
        if not said or said[-1].casefold().strip("“‘'\"") in name_words("words", "owners"):
            continue
        yield start, owner.start()
        start = owner.end()
        if not text[start : start + 1].isupper():
            return
    yield start, end


def _unbracketed(start: int, end: int, text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands before, in and behind brackets, but leave "JD (S)" and the like whole."""
    place = start
    for mark in _BRACKET.finditer(text, start, end):
        if re.match(r"\s*\(\s?\w\s?(?:\)|$)", text[mark.start() : end + 1]):
            closed = text.find(")", mark.start())
            yield place, closed + 1 if 0 <= closed <= end else mark.start()
            return
        if place < mark.start():
            yield place, mark.start()
        place = mark.end()
    if place < end:
        yield place, end


def trimmed(start: int, end: int, text: str, *, person: bool) -> Span | None:
    """Cut articles, possessives, quotation marks and, before a person, offices and honorifics from a name's edges."""
    start = _past_marks(start, end, text)
    if (lead := _LEAD.match(text, start, end)) and not is_paper(text[start:end]):
        start = _past_marks(lead.end(), end, text)
    start, end = _capitalised(start, end, text)
    if person:
        start = past_titles(start, end, text)
        if tail := _NUMBERS.search(text, start, end):
            end = tail.start()
    while start < end:
        tail = _TAIL.search(text, start, end)
        if tail and not _is_initialism(text[start:end]):
            end = tail.start()
        elif text[end - 1] in _EDGES and not (text[end - 1] == ")" and "(" in text[start:end]):
            end -= 1
        else:
            break
    if start >= end or not any(char.isalpha() for char in text[start:end]):
        return None
    if text[end : end + 1] == "." and _is_initialism(text[start : end + 1]):
        end += 1
    if text[max(0, start - 4) : start] == "The " and text[start:end].casefold() in name_words("words", "articled"):
        start -= 4
    return Span(start, end)


def _past_marks(start: int, end: int, text: str) -> int:
    while start < end and (text[start] in _EDGES or text[start].isspace()):
        start += 1
    return start


def _capitalised(start: int, end: int, text: str) -> tuple[int, int]:
    """Cut the lower-case words a name can neither begin nor end with."""
    said = [Span(start + match.start(), start + match.end()) for match in _WORD.finditer(text[start:end])]
    while said and _is_small(word := said[0].of(text)) and (word not in name_words("words", "lead") or len(said) == 1):
        said.pop(0)
    while said and _is_small(word := said[-1].of(text)):
        # "Suk - yeol", "Hajr province"
        if (len(said) > 2 and said[-2].of(text) in ("-", "’")) or (
            len(said) > 1 and word in name_words("words", "tail")
        ):
            break
        said.pop()
    return (said[0].start, said[-1].end) if said else (end, end)


def _is_small(word: str) -> bool:
    """Say whether a word has letters and no capital ("iPhone" has one, "東京" needs none)."""
    return word.casefold() == word and any(char.isalpha() for char in word) and "-" not in word[1:]


def is_paper(name: str) -> bool:
    """Say whether "The" belongs to a name: "The Guardian"."""
    said = name.split()
    return len(said) > 1 and said[0] == "The" and said[-1].casefold() in name_words("words", "papers") and len(said) < 5


def _is_initialism(name: str) -> bool:
    """ "U.S." and "Troy, N.C." keep their last stop."""
    return bool(re.search(r"(?:^|\s)[A-Z]\.(?:\s?[A-Z]\.)+$", name))


@cache
def _title_forms() -> frozenset[str]:
    offices = words("en", "offices") or {}
    forms = (form for forms in offices["offices"].values() for form in forms)
    return frozenset({*offices["words"]["honorifics"], *forms}) | name_words("words", "titles")


@cache
def single_titles() -> frozenset[str]:
    """Return the words that end a title, honorific or office."""
    return frozenset(form.split()[-1] for form in _title_forms())


@cache
def _titles() -> re.Pattern[str]:
    longest_first = sorted(_title_forms(), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})\.?(?:\s+|$)", re.IGNORECASE)


def past_titles(start: int, end: int, text: str) -> int:
    """Return where the name proper begins: behind "Mr", "President", "Foreign Minister"."""
    while start < end and (title := _titles().match(text, start, end)):
        start = title.end()
    return start


def is_title(word: str) -> bool:
    """Say whether a word is a title, honorific or office, that may stand before a name."""
    return bool(_titles().fullmatch(word))


def with_listed(found: dict[Span, Named], text: str) -> dict[Span, Named]:
    """Return the names with those of our lists that the parser did not see, or saw a part of."""
    whole = dict(found)
    taken, spans = Taken(found), sorted(found)
    starts = [span.start for span in spans]
    for known in authority.known_in(text):
        if is_money(known, text):
            continue
        if taken.touches(known):
            place = bisect(starts, known.start)
            parts = [span for span in spans[max(0, place - 1) : place + 4] if span.overlaps(known)]
            if not all(known.holds(span) and len(span) < len(known) for span in parts):
                continue
            for span in parts:
                whole.pop(span, None)
        whole[known] = Named("MISC", "in our lists")
    return whole


class Taken:
    """The stretches of a text that names have taken, asked by place."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.at: set[int] = {place for span in spans for place in range(span.start, span.end)}

    def touches(self, span: Span) -> bool:
        return any(place in self.at for place in range(span.start, span.end))

    def take(self, span: Span) -> None:
        self.at.update(range(span.start, span.end))
