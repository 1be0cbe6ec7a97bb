"""Moments: dates, times, durations and sets as TIMEX3, resolved against the story's own date.

The story's own date, else that of the dateline its text begins with, is the only anchor: no clock is read. A story
without either keeps its relative moments unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from dateline.reading.days import days_of
from dateline.reading.said import Said, Tense, Value
from dateline.reading.shapes import Shapes, shapes
from dateline.reading.timex import WAYS
from dateline.story import Moment, Stamp
from dateline.text.datelines import own_dateline
from dateline.text.folding import fold, fold_digits
from dateline.text.spans import Span

# How far around a word of time its expression may reach.
_BEFORE, _BEHIND = 40, 48
# How many characters on a date is still what "the following day" counts from.
_REMEMBERED = 800
# How many years apart dates in a row may lie and still belong to one narrative.
_ONE_TIME = 1
_STOP = re.compile(r"[.!?][\"”’)]?\s+(?=[\"“‘(]?[^\W\d_])|\n")
# "April Jones agreed": a month that begins a clause and is followed by one capital is a first name.
_FIRST, _SURNAME = re.compile(r"(?:^|[.!?,\n][\"”’)]?)\s*$"), re.compile(r" [A-Z][a-z]+(?:-[A-Z][a-z]+)?(?:,| [a-z])")
_WORD = re.compile(r"['’]?[^\W\d_]+")


def moments(
    text: str, *, published: Stamp | None, language: str, people: Collection[Span] = ()
) -> tuple[Moment, ...] | None:
    """Return the moments of a text in order, None where the language has no words of time.

    What lies in a name of one of ``people`` ("John May", "April Jones") is none.
    """
    known = shapes(language)
    if known is None:
        return None
    text = fold_digits(text)
    chosen = _chosen(text, known)
    named = _named([span for span, _, _ in chosen], people, text, known)
    chosen = [each for each in chosen if each[0] not in named]
    day = date.fromisoformat(published.day) if published is not None and published.day else None
    anchor = "the story's own date" if day else "the date in the story's dateline"
    day = day or _dateline_day(text, chosen, known)
    found: list[Moment] = []
    before, place, run, told = None, 0, 0, 0
    for span, way, groups in chosen:
        if span.start - place > _REMEMBERED:
            before = None
        tense, since = tense_at(text, span, known), text[place : span.start][-9:]
        said = Said(
            way, groups, span.of(text), known, day, tense, before, since, told if run > (1 if before else 3) else None
        )
        value = WAYS[way](said)
        if value is None:
            continue
        found.append(_moment(span, value, said, anchor))
        if value.type in ("DATE", "TIME") and value.value[:4].isdigit():
            before, place = value.value.partition("T")[0], span.end
            told, run = _history(told, run, int(before[:4]), value.clock)
    return tuple(found)


def _dateline_day(text: str, chosen: list[tuple[Span, str, dict[str, str]]], known: Shapes) -> date | None:
    """Return the day that the dateline of the story states in full."""
    line = own_dateline(text)
    for span, way, groups in chosen:
        if line is None or span.end > line.end:
            return None
        value = WAYS[way](Said(way, groups, span.of(text), known, None, "unknown", None))
        if value and value.clock == "stated" and re.fullmatch(r"\d{4}-\d\d-\d\d", value.value):
            return date.fromisoformat(value.value)
    return None


def _history(told: int, run: int, year: int, clock: str) -> tuple[int, int]:
    """Return the year that a narrative has come to, and how many dates in a row were of its time."""
    if clock == "dateline":
        return told, run // 2
    return year, min(8, run + 1) if abs(year - told) <= _ONE_TIME else max(1, run // 2)


def _moment(span: Span, value: Value, said: Said, anchor: str) -> Moment:
    days = days_of(value.value) if value.type in ("DATE", "TIME") else None
    return Moment(
        span=span,
        type=value.type,
        value=value.value,
        first=days[0].isoformat() if days else None,
        last=days[1].isoformat() if days else None,
        clock=value.clock,
        why=_why(value, said, anchor),
    )


def _why(value: Value, said: Said, anchor: str) -> str:
    if value.type == "DURATION":
        return "a length of time"
    if value.type == "SET":
        return "something that happens again and again"
    if value.clock == "dateline":
        tense = {"past": "; the sentence tells of the past", "future": "; the sentence looks ahead"}.get(said.tense, "")
        return f"counted from {anchor}{tense}"
    if value.clock == "moment":
        if said.way in ("date", "clock"):
            return f"its year is that of the dates said before, {said.told}"
        return f"counted from the date said before, {said.before}"
    return "stated in full" if value.clock == "stated" else "no date to count it from"


def _chosen(text: str, known: Shapes) -> list[tuple[Span, str, dict[str, str]]]:
    """Return what looks like a date, in text order: of overlapping ones the longest, then that of the earlier rule."""
    found: list[tuple[int, int, Span, str, dict[str, str]]] = []
    for window in _windows(text, known):
        for rank, (way, pattern) in enumerate(known.rules):
            for match in pattern.finditer(text, window.start, window.end):
                groups = {name: said for name, said in match.groupdict().items() if said}
                span = _whole(match, text)
                if _is_date(way, groups, text, span, known):
                    found.append((-len(span), rank, span, way, groups))
    taken = bytearray(len(text))
    chosen = []
    for _, _, span, way, groups in sorted(found, key=lambda each: each[:2]):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * len(span)
            chosen.append((span, way, groups))
    return sorted(chosen, key=lambda each: each[0])


def _named(spans: list[Span], people: Collection[Span], text: str, known: Shapes) -> set[Span]:
    """Return the spans that lie within a person's name; "in May" is none even where a John May was named before."""
    names, found, place = sorted(people), set(), 0
    for span in spans:
        while place < len(names) and names[place].end <= span.start:
            place += 1
        if place < len(names) and names[place].holds(span):
            ahead = _WORD.findall(text[max(0, span.start - 20) : span.start])
            if names[place] != span or not ahead or fold(ahead[-1]) not in known.before_month:
                found.add(span)
    return found


def _windows(text: str, known: Shapes) -> Iterator[Span]:
    """Yield the stretches around words of time: most of a story needs no second look."""
    start = end = -1
    for trigger in known.trigger.finditer(text):
        first, last = max(0, trigger.start() - _BEFORE), min(len(text), trigger.end() + _BEHIND)
        while first > 0 and not text[first - 1].isspace():
            first -= 1
        while last < len(text) and not text[last].isspace():
            last += 1
        if first > end:
            if end > 0:
                yield Span(start, end)
            start = first
        end = last
    if end > 0:
        yield Span(start, end)


def _whole(match: re.Match[str], text: str) -> Span:
    """Return the span of a match, with the stop of an abbreviated month or "p.m." it ends with."""
    end = match.end()
    if (
        text[end : end + 1] == "."
        and re.search(r"\b[ap]\.?m$", match.group(), re.IGNORECASE)
        and "." in match.group()[-4:]
    ):
        end += 1
    return Span(match.start(), end)


def _is_date(way: str, groups: dict[str, str], text: str, span: Span, known: Shapes) -> bool:
    """Refuse what has the shape of a date and is none: "may", a street number, "2015 people"."""
    for slot in ("month", "weekday"):
        word = groups.get(slot, "X")
        if word[0].islower() and fold(word).rstrip(".") in known.capital:
            return False
    if way == "set" and groups.get("often", "x")[0].isupper() and span.start and text[span.start - 1] != "\n":
        return False
    first = set(groups) == {"month"} and _FIRST.search(text[max(0, span.start - 4) : span.start])
    if first and " " not in span.of(text) and _SURNAME.match(text, span.end):
        return False
    if way not in ("year", "date", "month of year"):
        return True
    ahead, behind = (
        _WORD.findall(text[max(0, span.start - 20) : span.start]),
        _WORD.match(text[span.end + 1 : span.end + 20]),
    )
    if ahead and text[span.start - 1] in " -" and fold(ahead[-1]) in known.never_before:
        return False
    if way == "year":
        if behind and text[span.end] == " " and fold(behind[0]) in known.never_behind:
            return False
        if set(groups) == {"year"} and len(span) == 4:
            if _is_year_range(text, span):
                return True
            lead = text[span.start - 1 : span.start]
            return lead in "(—–-/" or (bool(ahead) and lead == " " and fold(ahead[-1]) in known.before_year)
    return True


def _is_year_range(text: str, span: Span) -> bool:
    """Say whether a year begins a range ("1939-1945", "1915-17"): the second must be the later one."""
    found = re.compile(r"[-–](\d{4}|\d\d)(?![\w-])").match(text, span.end)
    return found is not None and span.of(text)[-len(found[1]) :] < found[1]


def tense_at(text: str, span: Span, known: Shapes) -> Tense:
    """Say whether what happens at a moment lies behind or ahead, by the nearest word that tells, before it first."""
    stops = [stop.end() for stop in _STOP.finditer(text, max(0, span.start - 200), span.start)]
    start = stops[-1] if stops else max(0, span.start - 200)
    before = [fold(word) for word in _WORD.findall(text[start : span.start])[-14:]]
    for place in range(len(before) - 1, -1, -1):
        if place and (before[place - 1], before[place]) in known.ahead_in_two:
            return "future"
        if (tense := _tells(before[place], known)) is not None:
            return tense
    stop = _STOP.search(text, span.end, span.end + 120)
    for word in _WORD.findall(text[span.end : stop.start() if stop else span.end + 120])[:10]:
        if (tense := _tells(fold(word), known)) is not None:
            return tense
    return "unknown"


def _tells(word: str, known: Shapes) -> Tense | None:
    if word in known.ahead:
        return "future"
    if word in known.behind or (word.endswith(known.past_endings) and word not in known.not_past and len(word) > 4):
        return "past"
    return None
