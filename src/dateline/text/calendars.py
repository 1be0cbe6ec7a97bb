"""Dates as pages state them, in several languages and two calendars.

A date is read only as precisely as it is stated, and not at all where order or calendar is unsettled.
The words are data (``data/months.toml``), the calendars' arithmetic is the almanac's.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.text.almanac import Calendar, counted, from_hijri, from_jalali
from dateline.text.date_words import date_words, lexicon, tokens, zones
from dateline.text.folding import fold

Precision = Literal["year", "month", "day", "minute", "second"]
_LENGTHS = {"year": 4, "month": 7, "day": 10, "minute": 16, "second": 19}
_OTHER = range(1200, 1500)  # years of the Persian and the Islamic calendar
_GREGORIAN = range(1583, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date that was read: ``value`` is ISO 8601 cut to its precision, ``zone`` ±HH:MM or None."""

    value: str
    precision: Precision
    zone: str | None = None


def read_date(said: str, *, language: str = "und") -> Dated | None:
    """Read a date that makes up the whole of ``said``; None when it holds anything else or is unsettled.

    ``language`` settles the order of an all-number date (German day first, Persian year first in its own
    calendar); without it "12/05/2015" is not read, "13/05/2015" is. A missing year is never supplied.
    """
    persian = any("۰" <= char <= "۹" for char in said)
    line = fold(said).strip(" ,;:|-·.()[]،؛")
    if not any(char.isdigit() for char in line):
        return None
    for way in (_iso, _grouped, _worded):
        dated = way(line, "fa" if persian and language == "und" else language)
        if dated:
            return dated
    return _told_twice(said, language)


def write_date(value: str, *, zone: str | None = None, language: str = "en") -> str:
    """Write a date so that ``read_date`` gives it back, in words where we have the language's months.

    Persian days go into the Persian calendar; a Persian month would not be a Gregorian one, so
    years and months stay Gregorian.
    """
    words, clock = date_words().get(language), value[11:19]
    if words is None or len(value) < 7:
        written = value[:10]
    elif len(value) < 10:
        written = _month(int(value[:4]), int(value[5:7]), "gregorian", language)
    else:
        written = _day(date.fromisoformat(value[:10]), calendar_of(language), language)
    if clock:
        comma = "،" if language in ("fa", "ar") else ","
        written += f"{comma} {clock}" if words else f" {clock}"
        written += " Uhr" if language == "de" else ""
    if zone:
        written += " UTC" if zone == "+00:00" else f" UTC{zone}"
    plain, mark, offset = written.partition(" UTC")  # a zone reads from left to right
    return in_digits(plain, language) + mark + offset


def beside(value: str, *, language: str) -> str:
    """Return the day of an ISO date in the second calendar that readers of a language count in.

    That is the Gregorian one for Persian, the Islamic one for Arabic. Empty for other languages, for months and
    years, and where the calendar is not tabulated.
    """
    calendar = _BESIDE.get(language)
    return (
        in_digits(_day(date.fromisoformat(value[:10]), calendar, language), language) if calendar and value[9:] else ""
    )


def calendar_of(language: str) -> Calendar:
    """Return the calendar that readers of a language count in first."""
    return "jalali" if language == "fa" else "gregorian"


def month_of(day: date, *, language: str, second: bool = False) -> str:
    """Write the month a day lies in, in the first or the second calendar of a language; empty where it has none."""
    calendar = _BESIDE.get(language) if second else calendar_of(language)
    parts = counted(day, calendar) if calendar else None
    return in_digits(_month(parts[0], parts[1], calendar, language), language) if parts and calendar else ""


def in_digits(text: str, language: str) -> str:
    """Return ``text`` with the digits its language writes: Arabic news of the Gulf and the Levant write ours."""
    return text.translate(_PERSIAN) if language == "fa" else text


def _day(day: date, calendar: Calendar, language: str) -> str:
    parts = counted(day, calendar)
    if parts is None:
        return ""
    names = date_words()[language][_TABLES[calendar]]
    after, before = {"de": (".", ""), "es": (" de", " de")}.get(language, ("", ""))
    era = " هـ" if calendar == "hijri" else ""
    return f"{parts[2]}{after} {names[parts[1] - 1][0]}{before} {parts[0]}{era}"


def _month(year: int, month: int, calendar: Calendar, language: str) -> str:
    words = date_words()[language]
    # Russian months that stand without a day have a form of their own.
    name = words[_TABLES[calendar]][month - 1][words.get("alone", 0)]
    return f"{name} {year}{' هـ' if calendar == 'hijri' else ''}"


_TABLES: dict[Calendar, str] = {"gregorian": "months", "jalali": "jalali", "hijri": "hijri"}
_BESIDE: dict[str, Calendar] = {"fa": "gregorian", "ar": "hijri"}
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def is_date(value: str) -> bool:
    """Tell whether ``value`` is an ISO date or time of one of our precisions that exists."""
    return re.fullmatch(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?)?)?)?", value) is not None and bool(_iso(value, "und"))


# --- machine forms -----------------------------------------------------------------------------------

_MACHINE = re.compile(
    r"(\d{4})(?:(-?)(\d\d)(?:\2(\d\d)"
    r"(?:[t ]?(\d\d)(?::?(\d\d))(?::?(\d\d)(?:[.,]\d+)?)?\s*(z|utc|[+-]\d\d(?::?\d\d)?)?)?)?)?"
)


def _iso(line: str, language: str) -> Dated | None:
    found = _MACHINE.fullmatch(line)
    if not found or (not found[2] and found[3] and not found[4]):  # 201505 is a number, not a month
        return None
    year, month, day, hour, minute, second = (
        int(found[index]) if found[index] else None for index in (1, 3, 4, 5, 6, 7)
    )
    if year in _OTHER and language in _NUMBERED_IN and month and day and year is not None:
        return _dated(_of_language(language, year, month, day), (hour, minute, second), _offset(found[8]))
    return _dated((year, month, day), (hour, minute, second), _offset(found[8]))


def _offset(said: str | None) -> str | None:
    """Return ±HH:MM of "z", "utc", "+3", "+0330", "+03:30"; None for none or an impossible one."""
    if not said:
        return None
    if said in ("z", "utc"):
        return "+00:00"
    found = re.fullmatch(r"([+-])(\d\d?):?(\d\d)?", said)
    if not found or int(found[2]) > 14 or int(found[3] or 0) > 59:
        return None
    return f"{found[1]}{int(found[2]):02d}:{found[3] or '00'}"


def _dated(
    day: tuple[int | None, int | None, int | None] | None,
    clock: tuple[int | None, int | None, int | None] = (None, None, None),
    zone: str | None = None,
) -> Dated | None:
    if day is None or day[0] not in _GREGORIAN:
        return None
    year, month, number = day
    if month is None:
        return Dated(value=f"{year:04d}", precision="year")
    if not 1 <= month <= 12 or (number is not None and not 1 <= number <= monthrange(year or 0, month)[1]):
        return None
    if number is None:
        return Dated(value=f"{year:04d}-{month:02d}", precision="month")
    value = f"{year:04d}-{month:02d}-{number:02d}"
    hour, minute, second = clock
    if hour is None or minute is None:
        return Dated(value=value, precision="day")
    if hour == 24 or hour > 24 or minute > 59 or (second or 0) > 60:
        return None
    if second is None:
        return Dated(value=f"{value}T{hour:02d}:{minute:02d}", precision="minute", zone=zone)
    return Dated(value=f"{value}T{hour:02d}:{minute:02d}:{min(second, 59):02d}", precision="second", zone=zone)


# --- worded and numbered forms -----------------------------------------------------------------------


@dataclass(slots=True)
class _Parts:
    """What the tokens of one line said."""

    numbers: list[int]
    month: int | None = None
    calendar: str = "months"
    numeric: str | None = None
    clock: tuple[int, int, int | None] | None = None
    half: str | None = None
    zone: str | None = None


def _grouped(line: str, language: str) -> Dated | None:
    """Read day, hour and minute as agencies write them: "212101 GMT Nov 18"."""
    found = re.fullmatch(r"(\d\d)(\d\d)(\d\d) (\w{1,4}) (\w{3,9})\.? (?:20)?(\d\d)", line)
    if not found:
        return None
    day, hour, minute, zone, month, year = found.groups()
    return _worded(f"{day} {month} 20{year} {hour}:{minute} {zone}", language)


def _worded(line: str, language: str) -> Dated | None:
    parts = _Parts([])
    at = 0
    while at < len(line):
        found = tokens().match(line, at)
        if not found or not _keep(parts, found, language):
            return None
        at = found.end()
    clock = _clock(parts)
    if parts.clock and clock is None:
        return None
    if parts.numeric:
        day = None if parts.month or parts.numbers else _numbered(parts.numeric, language)
    else:
        day = _named(parts)
    if day and day[2] is None and clock:
        return None
    dated = _dated(day, clock or (None, None, None), parts.zone)
    return _settle_zone(dated) if dated else None


def _keep(parts: _Parts, found: re.Match[str], language: str) -> bool:
    """File one token; False when the line cannot be a date."""
    kind, said = found.lastgroup, found[0]
    if kind == "time":
        if parts.clock:
            return False
        hour, minute, *second = re.findall(r"\d+", said)
        parts.clock = (int(hour), int(minute), int(second[0]) if second else None)
    elif kind == "numeric":
        if parts.numeric:
            return False
        parts.numeric = said
    elif kind == "zone":
        if parts.zone:
            return False
        parts.zone = said.replace(" ", "")
    elif kind == "number":
        parts.numbers.append(int(said))
    elif kind == "word":
        return _keep_word(parts, said, language)
    return True


def _keep_word(parts: _Parts, said: str, language: str) -> bool:
    uses = lexicon()[said]
    if "half" in uses and parts.clock and not parts.half:
        parts.half = uses["half"]
        return True
    month = uses.get(f"month-{language}") or uses.get("month")
    if month and not parts.month and (not uses.get("read over") or not parts.clock):
        parts.month, parts.calendar = month
        return True
    return bool(uses.get("read over"))


def _clock(parts: _Parts) -> tuple[int, int, int | None] | None:
    if parts.clock is None:
        return None
    hour, minute, second = parts.clock
    if parts.half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if parts.half == "pm" else 0)
    return hour, minute, second


def _named(parts: _Parts) -> tuple[int, int | None, int | None] | None:
    """Return the day of "12 May 2015", "May 12, 2015", "May 2015"; None without a year."""
    years = [number for number in parts.numbers if number >= 1000]
    days = [number for number in parts.numbers if number < 1000]
    if parts.month is None or len(years) != 1 or len(days) > 1:
        return None
    year, day = years[0], days[0] if days else None
    convert = _FROM.get(parts.calendar)
    if convert is None or year in _GREGORIAN:
        return None if convert or year in _OTHER else (year, parts.month, day)
    if day is not None:
        return convert(year, parts.month, day)
    # A month of another calendar lies across two of ours: only the year they share is stated.
    first, last = convert(year, parts.month, 1), convert(year, parts.month, 29)
    return (first[0], None, None) if first and last and first[0] == last[0] else None


def _numbered(numeric: str, language: str) -> tuple[int, int | None, int | None] | None:
    """Return the day of an all-number date, where its order is settled."""
    first, second, third = (int(part) for part in re.findall(r"\d+", numeric))
    if first >= 1000:
        return _of_language(language, first, second, third) if first in _OTHER else (first, second, third)
    if third in _OTHER:
        return _of_language(language, third, second, first)
    if date_words().get(language, {}).get("order") == "dmy" or "." in numeric or first > 12 or first == second:
        return third, second, first  # dots are written day first wherever they are written
    return (third, first, second) if second > 12 else None


def _settle_zone(dated: Dated) -> Dated:
    if dated.zone is None:
        return dated
    zone: str | None = None
    named = re.fullmatch(r"(?:utc|gmt)?([+-]\d\d?(?::?\d\d)?)", dated.zone)
    if named:
        zone = _offset(named[1])
    elif dated.zone in zones():
        offset, since = zones()[dated.zone]
        zone = offset if dated.value[:10] >= since else None
    return Dated(value=dated.value, precision=dated.precision, zone=zone)


def _told_twice(said: str, language: str) -> Dated | None:
    """Read a date told in two calendars ("22 Ordibehesht 1394 - 12 May 2015"): both must say the same day."""
    for mark in (" - ", " – ", " / ", "|", "(", "،", "="):
        left, found, right = said.partition(mark)
        if found and len(left) > 5 and len(right) > 5:
            one, two = (read_date(part, language=language) for part in (left, right))
            if one and two and one.value[:10] == two.value[:10] and len(one.value) >= 10:
                return max(one, two, key=lambda dated: len(dated.value))
    return None


_FROM = {"jalali": from_jalali, "hijri": from_hijri}
# Which calendar all-number dates of these years are in, by language.
_NUMBERED_IN = {"fa": from_jalali, "ar": from_hijri}


def _of_language(language: str, year: int, month: int, day: int) -> tuple[int, int, int] | None:
    convert = _NUMBERED_IN.get(language)
    return convert(year, month, day) if convert else None
