"""Moments: dates and durations as TIMEX3, resolved against the story's own date."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from dateline.reading.languages import words
from dateline.story import Moment, Stamp
from dateline.text.spans import Span


@dataclass(frozen=True, slots=True)
class _Day:
    """The story's date, and the words of its language."""

    day: date | None
    known: dict[str, Any]
    coming: bool


def moments(
    text: str, *, published: Stamp | None, language: str, tenses: Callable[[int], str] | None = None
) -> tuple[Moment, ...] | None:
    """Return the moments of a text in order, None where the language has no words of time.

    Without a date of the story, relative moments stay unresolved (``clock`` is ``none``).
    """
    known = words(language, "moments")
    if known is None:
        return None
    day = date.fromisoformat(published.day) if published and published.day else None
    found: list[Moment] = []
    taken: list[Span] = []
    for pattern, rule in _rules(language):
        for match in pattern.finditer(text):
            span = Span(match.start(), match.end())
            if any(span.overlaps(other) for other in taken):
                continue
            clause = re.split(r"[.;\n]|,\s", text[max(0, match.start() - 80) : match.start()])[-1].casefold()
            coming = any(word in known["coming"] for word in re.findall(r"\w+", clause))
            if tenses is not None:
                coming = tenses(match.start()) == "future"
            moment = rule(match, span, _Day(day, known, coming))
            if moment is not None:
                found.append(moment)
                taken.append(span)
    return tuple(sorted(found, key=lambda moment: moment.span))


Rule = Callable[["re.Match[str]", Span, _Day], Moment | None]


@cache
def _rules(language: str) -> tuple[tuple[re.Pattern[str], Rule], ...]:
    known = words(language, "moments") or {}
    month = "|".join(form + r"\.?" for forms in known["months"] for form in forms)
    weekday = "|".join(known["weekdays"])
    unit = "|".join(known["units"])
    number = "|".join([*known["numbers"], r"\d{1,3}"])
    year = r"(?P<year>1[5-9]\d\d|20\d\d)"

    def rule(pattern: str, make: Rule) -> tuple[re.Pattern[str], Rule]:
        return re.compile(rf"\b(?:{pattern})", re.IGNORECASE), make

    return (
        rule(rf"(?P<month>{month})\s(?P<day>\d{{1,2}})\b(?:,?\s{year}\b)?", _dated),
        rule(rf"(?P<day>\d{{1,2}})\s(?P<month>{month})\b(?:,?\s{year}\b)?", _dated),
        rule(rf"(?P<month>{month})(?:\sof)?\s{year}\b", _dated),
        rule(r"(?P<iso>\d{4}-\d{2}-\d{2})\b", _iso),
        rule(r"(?P<word>today|yesterday|tomorrow|tonight)\b", _near),
        rule(rf"(?P<which>last|this|next)\s(?P<unit>{unit})\b", _which),
        rule(rf"(?P<number>{number})\s(?P<unit>{unit})s?\sago\b", _ago),
        rule(rf"(?P<number>{number})[\s-](?P<unit>{unit})s?\b", _lasting),
        rule(rf"(?P<weekday>{weekday})\b", _weekday),
        rule(rf"(?<=in\s){year}\b|(?<=since\s)(?P<since>1[5-9]\d\d|20\d\d)\b", _year),
    )


def _moment(span: Span, value: str, first: date | None, last: date | None, clock: Any, why: str) -> Moment:
    return Moment(
        span=span,
        type="DATE",
        value=value,
        first=first.isoformat() if first else None,
        last=last.isoformat() if last else None,
        clock=clock,
        why=why,
    )


def _month(known: dict[str, Any], said: str) -> int:
    plain = said.casefold().rstrip(".")
    return next(number for number, forms in enumerate(known["months"], start=1) if plain in forms)


def _of_month(year: int, month: int) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _dated(match: re.Match[str], span: Span, at: _Day) -> Moment | None:
    groups = match.groupdict()
    month, day, year = _month(at.known, groups["month"]), groups.get("day"), groups.get("year")
    stated = year is not None
    if match["month"][0].islower():
        return None
    if year is None:
        if at.day is None:
            return _moment(
                span, f"XXXX-{month:02d}-{int(day or 0):02d}", None, None, "none", "a day whose year is not known"
            )
        near = {
            abs((date(each, month, 1) - at.day).days): each for each in (at.day.year - 1, at.day.year, at.day.year + 1)
        }
        year = str(near[min(near)])
    if day is None:
        first, last = _of_month(int(year), month)
        return _moment(span, f"{year}-{month:02d}", first, last, "stated", "a month and year, stated")
    try:
        whole = date(int(year), month, int(day))
    except ValueError:
        return None
    why = "a date, stated in full" if stated else "a day and month: the year nearest to the dateline"
    return _moment(span, whole.isoformat(), whole, whole, "stated" if stated else "dateline", why)


def _iso(match: re.Match[str], span: Span, at: _Day) -> Moment | None:
    try:
        whole = date.fromisoformat(match["iso"])
    except ValueError:
        return None
    return _moment(span, match["iso"], whole, whole, "stated", "a date, stated in full")


def _near(match: re.Match[str], span: Span, at: _Day) -> Moment:
    away = {"yesterday": -1, "tomorrow": 1}.get(match["word"].casefold(), 0)
    if at.day is None:
        return _moment(span, "XXXX-XX-XX", None, None, "none", "relative, and the story states no date")
    day = at.day + timedelta(days=away)
    return _moment(span, day.isoformat(), day, day, "dateline", f"{match['word']}, from the dateline")


def _weekday(match: re.Match[str], span: Span, at: _Day) -> Moment:
    wanted = at.known["weekdays"].index(match["weekday"].casefold())
    if at.day is None:
        return _moment(span, f"XXXX-WXX-{wanted + 1}", None, None, "none", "a weekday, and the story states no date")
    away = (wanted - at.day.weekday()) % 7
    day = at.day + timedelta(days=away if at.coming or away == 0 else away - 7)
    what = "to come" if at.coming else "up to the dateline"
    return _moment(span, day.isoformat(), day, day, "dateline", f"the nearest {match['weekday']} {what}")


def _which(match: re.Match[str], span: Span, at: _Day) -> Moment:
    step = {"last": -1, "this": 0, "next": 1}[match["which"].casefold()]
    unit = match["unit"].casefold()
    return _unit(span, unit, step, at, f"{match.group()}, from the dateline")


def _ago(match: re.Match[str], span: Span, at: _Day) -> Moment:
    return _unit(span, match["unit"].casefold(), -_number(match["number"], at), at, "counted back from the dateline")


def _unit(span: Span, unit: str, step: int, at: _Day, why: str) -> Moment:
    if at.day is None:
        return _moment(span, "XXXX", None, None, "none", "relative, and the story states no date")
    if unit == "year":
        year = at.day.year + step
        return _moment(span, f"{year}", date(year, 1, 1), date(year, 12, 31), "dateline", why)
    if unit == "month":
        months = at.day.year * 12 + at.day.month - 1 + step
        first, last = _of_month(months // 12, months % 12 + 1)
        return _moment(span, first.isoformat()[:7], first, last, "dateline", why)
    if unit == "week":
        monday = at.day - timedelta(days=at.day.weekday()) + timedelta(weeks=step)
        year, week, _ = monday.isocalendar()
        return _moment(span, f"{year}-W{week:02d}", monday, monday + timedelta(days=6), "dateline", why)
    day = at.day + timedelta(days=step)
    return _moment(span, day.isoformat(), day, day, "dateline", why)


def _number(said: str, at: _Day) -> int:
    return int(said) if said.isdigit() else at.known["numbers"].index(said.casefold()) + 1


def _lasting(match: re.Match[str], span: Span, at: _Day) -> Moment:
    value = f"P{_number(match['number'], at)}{at.known['units'][match['unit'].casefold()]}"
    return Moment(span=span, type="DURATION", value=value, clock="stated", why="a length of time, stated")


def _year(match: re.Match[str], span: Span, at: _Day) -> Moment:
    year = int(match.group())
    return _moment(span, str(year), date(year, 1, 1), date(year, 12, 31), "stated", "a year, stated")
