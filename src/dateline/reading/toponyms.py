"""Toponyms: which words of a story name a place. Where that place lies is the question of `places`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dateline.reading import authority
from dateline.reading.gazetteer import is_short, people_of, sites, us_state
from dateline.reading.languages import words
from dateline.story import Mention, Story
from dateline.text.folding import fold
from dateline.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.reading.notes import Notes

LONGEST = 5  # words of a name
SURE_OF_A_BODY = 20_000  # people of a place that a body may be called after: "University of Cincinnati"
_WORD = re.compile(
    r"W\. ?Va\.|[A-Z]\.(?:[A-Z]\.)+|N\. ?[A-Z]\.|(?:St|Ste|Mt|Ft)\.(?= [A-Z])"
    r"|(?<!\w)(?<!\w[’'])[^\W\d_a-z][^\W\d_]*(?:[’'][^\W\d_]{2,})*"
)
# What may stand between two words of one name.
_TIES = re.compile(r" |-| (?:of|the|and|upon|on|de|la|el|al|del|y) |-(?:on|upon|in|le|la|sur|by|al|el|de|the)-|/")
_LEFT = re.compile(r"([\w.’']+)[\s“\"‘(]*$")
_RIGHT = re.compile(r"(?:['’]s?)?\s+([\w’'.]+)")
_STATED = re.compile(r",\s+([A-Z][\w.]*)((?:\s[A-Z][\w.]*)?)")
_PARTY = re.compile(r"(?<![\w-])(?:R|D|I|DFL)-$")
_RESIDENT = re.compile(r"(?:, | \d\d, )of $|-year-old (?:\w+ )?(?:of|from) $")
_DATELINE = re.compile(r"(?:, [A-Z][\w. ]{1,20}?)?(?: \([^)\n]{2,30}\))?\s*(?:—|–|--|\ufffd)")
_AFTER_CAPITALS = re.compile(r": | - ")
_SUM = re.compile(r"\s?[$£€]")
_SAINTS = re.compile(r"(?:St\.?|Saint) \w+['’]s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place as it is named in a text. ``name`` is what is looked up, None for what the gazetteer lacks; ``people``
    says that a demonym stands for the place, ``first`` that the place is a dateline."""

    span: Span
    name: str | None
    people: bool = False
    first: bool = False
    why: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name of the gazetteer in a text, and the words left and right of it.

    ``mention`` is the name it is (``whole``) or is part of, by the names reader.
    """

    span: Span
    name: str
    people: bool
    mention: Mention | None
    whole: bool
    left: str
    right: str

    @property
    def kind(self) -> str | None:
        return self.mention.kind if self.mention else None


def toponyms(notes: Notes) -> list[Toponym]:
    """Return what names a place, in text order.

    Two looks: first what is a place by the parser or by the words next to it, then what bears the same name, or
    stands within the name of a body ("Rapides Parish Sheriff’s Office").
    """
    text, mentions = notes.text, sorted(notes.mentions, key=lambda each: each.span)
    persons = _persons(text, mentions)
    found: dict[Span, Toponym] = {}
    rest: list[Candidate] = []
    for candidate in _candidates(text, mentions):
        if why := _plainly(candidate, text, persons):
            found[candidate.span] = _toponym(candidate, text, why)
        else:
            rest.append(candidate)
    known = frozenset(each.name for each in found.values() if each.name)
    for candidate in rest:
        if why := _by_the_story(candidate, text, known, persons):
            found[candidate.span] = _toponym(candidate, text, why)
    taken = sorted(found)
    for mention in mentions:
        span = _with_stop(mention.span, text)
        if mention.kind == "LOC" and not _overlapping(span, taken) and _is_told_as_a_place(span, text):
            found[span] = Toponym(span=span, name=None, why="named as a place; not in the gazetteer")
    return [found[span] for span in sorted(found)]


def around(story: Story) -> set[str]:
    """Return the places named around a story's text: they are no findings, but tell which others are meant."""
    lines = [line for line in (story.headline, story.site_name, story.credit) if line]
    named = {each.name for line in lines for each in _candidates(line, ()) if _plainly(each, line, frozenset())}
    if story.dateline:
        named |= {each.name for each in _candidates(story.dateline, ())}
    return named


def _toponym(candidate: Candidate, text: str, why: str) -> Toponym:
    first = _opens(candidate.span, text)
    return Toponym(span=candidate.span, name=candidate.name, people=candidate.people, first=first, why=why)


def _candidates(text: str, mentions: Sequence[Mention]) -> Iterator[Candidate]:
    """Yield the names of the gazetteer among the capitalised words, the longest at each place."""
    starts = [mention.span.start for mention in mentions]
    for run in _runs(text):
        place = 0
        while place < len(run):
            for length in range(min(LONGEST, len(run) - place), 0, -1):
                span = _with_stop(Span(run[place].start, run[place + length - 1].end), text)
                name = span.of(text)
                people = people_of(name) is not None and not name.startswith("The ")
                if people or _is_entry(name, length):
                    mention = _at(span, mentions, starts)
                    whole = mention is None or span.holds(mention.span) or mention.span.end == span.end + 1
                    left = _LEFT.search(text, max(0, span.start - 30), span.start)
                    right = _RIGHT.match(text, span.end)
                    yield Candidate(
                        span, name, people, mention, whole, left[1] if left else "", right[1] if right else ""
                    )
                    place += length
                    break
            else:
                place += 1


def _runs(text: str) -> Iterator[list[Span]]:
    """Yield the capitalised words of a text, those together that one name may hold."""
    run: list[Span] = []
    for match in _WORD.finditer(text):
        span = Span(*match.span())
        if run and not _TIES.fullmatch(text, run[-1].end, span.start):
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _is_entry(name: str, length: int) -> bool:
    """Say whether the gazetteer has a name, and not by accident of an article, of "City", or of capitals."""
    known = sites(name)
    if not known or (name.startswith("The ") and not any(site.name.startswith("The ") for site in known)):
        return False
    if length > 1 and name.endswith((" City", " CITY")) and all(site.other for site in known):
        return False  # "Dublin City Council" is the council of Dublin.
    if length == 1 and name.isupper() and len(name) < 5:
        # "SWAT" is not the valley, "SEC" no village.
        return bool(authority.country_of(name) or us_state(name) or is_short(name)) or any(
            site.name == name for site in known
        )
    return True


def _at(span: Span, mentions: Sequence[Mention], starts: list[int]) -> Mention | None:
    place = bisect_right(starts, span.start) - 1
    return next((each for each in mentions[max(0, place) : place + 2] if each.span.overlaps(span)), None)


def _persons(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """Return the words of the names of persons who are named by more than one."""
    named = [mention.span.of(text).split() for mention in mentions if mention.kind == "PER"]
    return frozenset(fold(part) for parts in named if len(parts) > 1 for part in parts)


def _plainly(candidate: Candidate, text: str, persons: frozenset[str]) -> str | None:
    """Say why a name is a place by itself or by what stands next to it, None when that does not tell."""
    name, start = candidate.name, candidate.span.start
    if _is_code(name):
        return "a state's abbreviation" if text[max(0, start - 2) : start] == ", " else None
    if _is_called_after(candidate) or _SUM.match(text, candidate.span.end):
        return None
    if _PARTY.search(text, max(0, start - 6), start):
        return "whom a politician sits for"
    in_person = candidate.kind == "PER" and (not candidate.whole or fold(name) in persons)
    if candidate.people and (candidate.whole or candidate.kind != "PER"):
        return "a demonym: a people or its adjective"
    if _is_greater(name) and not in_person:
        return "a state, a region, a river or the like"
    if _SAINTS.match(text, start):
        return None
    if candidate.whole and candidate.kind == "LOC" and name not in _words()["no_places"]:
        return "named as a place"
    if (candidate.kind == "PER" and not candidate.whole) or name in _words()["words_first"]:
        return None
    if name.split()[-1] in _words()["divisions"]:
        return "a county by its name"
    return _beside(candidate, text, persons) if candidate.whole else None


def _beside(candidate: Candidate, text: str, persons: frozenset[str]) -> str | None:
    """Say which words beside a name show that it is a place's."""
    name, start = candidate.name, candidate.span.start
    # "Still, Ohio is cold": the word that opens a sentence needs the parser's word as well.
    opens = start == 0 or text[start - 1] == "\n" or text[max(0, start - 2) : start] in (". ", "? ", "! ")
    if _is_in_a_state(text, candidate.span.end) and (candidate.mention is not None or not opens):
        return "followed by its state"
    if _opens(candidate.span, text):
        return "the dateline"
    main = any(not site.other for site in sites(name))
    if main and _RESIDENT.search(text, max(0, start - 40), start):
        return "where somebody is from"
    if fold(name) in persons:
        return None
    if candidate.left in _words()["before"]:
        return f"after “{candidate.left}”"
    if main and candidate.right in _words()["after"]:
        return f"before “{candidate.right}”"
    return None


def _by_the_story(candidate: Candidate, text: str, known: frozenset[str], persons: frozenset[str]) -> str | None:
    """Say why a name is a place in view of the story's other places and of the body that bears it."""
    name, mention = candidate.name, candidate.mention
    if _is_called_after(candidate) or _is_code(name) or name in _words()["words_first"]:
        return None
    civic = candidate.right in _words()["civic"] and text[candidate.span.end] not in "'’"
    if candidate.kind == "PER" and not candidate.whole and not civic:
        return None
    in_persons = fold(name) in persons
    if name in known and not (in_persons and candidate.kind in (None, "PER")):
        return "named as a place elsewhere in the story"
    if mention is None or candidate.whole or in_persons or all(site.other for site in sites(name)):
        return None
    leads = candidate.span.start == mention.span.start
    if (leads and civic) or (candidate.left in ("of", "in", "at") and sites(name)[0].people >= SURE_OF_A_BODY):
        return f"the place of “{mention.span.of(text)}”"
    return None


def _is_called_after(candidate: Candidate) -> bool:
    """Say whether a street or a person bears the name: "Lansing Street", "Mr. Paris"."""
    sure = candidate.whole and candidate.kind == "LOC"
    return not sure and (candidate.right in _words()["ways"] or candidate.left in _words()["titles"])


def _is_greater(name: str) -> bool:
    """Say whether a name is that of a state of the world or of the United States, a region, a river, a sea."""
    return any(site.kind not in ("city", "county") and not site.other for site in sites(name))


def _is_code(name: str) -> bool:
    """Say whether a name is a postal code ("OR", "ME"): in capitals many a word looks like one."""
    return len(name) == 2 and name.isupper() and not authority.country_of(name) and name != "EU"


def _is_in_a_state(text: str, place: int) -> bool:
    found = _STATED.match(text, place)
    if found is None:
        return False
    forms = {found[1] + found[2], found[1]}
    forms |= {form.rstrip(".") for form in forms}
    return any(us_state(form) or (authority.country_of(form) and not authority.is_demonym(form)) for form in forms)


def _opens(span: Span, text: str) -> bool:
    """Say whether a name is a dateline: it opens a paragraph or follows the headline, and a dash follows it."""
    if span.start and text[span.start - 1] != "\n" and text[span.start - 2 : span.start] not in (". ", "? ", "! "):
        return False
    capitals = span.of(text).isupper() and _AFTER_CAPITALS.match(text, span.end) is not None
    return capitals or _DATELINE.match(text, span.end) is not None


def _is_told_as_a_place(span: Span, text: str) -> bool:
    """Say whether the text itself shows that what the gazetteer lacks is a place: a street, a creek, "in Alden"."""
    parts = span.of(text).split()
    if parts[-1] in _words()["ways"] or parts[-1] in _words()["nature"] or parts[0] in _words()["nature_first"]:
        return True
    left = _LEFT.search(text, max(0, span.start - 30), span.start)
    return left is not None and left[1] in _words()["told"] and parts[0][0].isupper()


def _with_stop(span: Span, text: str) -> Span:
    """Return a name with the stop that belongs to it ("Main St.", "Ky.")."""
    if text[span.end : span.end + 1] != "." or not span:
        return span
    last = f"{span.of(text).split()[-1]}."
    return Span(span.start, span.end + 1) if last in _words()["ways"] or us_state(last) or is_short(last) else span


def _overlapping(span: Span, taken: list[Span]) -> bool:
    place = bisect_right(taken, span)
    return any(span.overlaps(other) for other in taken[max(0, place - 1) : place + 1])


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(forms) for name, forms in (words("en", "toponyms") or {}).items()}
