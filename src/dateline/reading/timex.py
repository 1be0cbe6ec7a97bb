"""TIMEX3 values: how what was said becomes a value, by way of the rule that found it.

Each way takes what was matched and where the story stands in time, and returns the type, the value and the clock, or
None when it is no date after all. Values follow TimeML 1.2.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Literal

from dateline.reading.days import days_of, period, stepped, unknown
from dateline.reading.said import Said, Value, number
from dateline.text.calendars import read_date
from dateline.text.folding import fold


def on_date(said: Said) -> Value | None:
    """A day or month of the calendar, with its year or without."""
    if said.has("isoday"):
        clock = f"T{said.groups['clock']}" if said.has("clock") else ""
        return Value("TIME" if clock else "DATE", said.groups["isoday"] + clock)
    if said.has("slashed"):
        return _slashed(said)
    if said.has("feast"):
        month, day = (int(part) for part in str(said.of("feast")).split("-"))
        return _calendar(said, month, day)
    month = said.whole("month")
    if not said.has("day"):
        return _calendar(said, month, None)
    return _calendar(said, month, _day(said))


def _calendar(said: Said, month: int, day: int | None) -> Value | None:
    year, clock = _year_of(said, month, day)
    value = f"{year}-{month:02d}" + (f"-{day:02d}" if day else "")
    if isinstance(year, int) and day and days_of(value) is None:
        return None
    return Value("DATE", value, clock)


def _year_of(
    said: Said, month: int, day: int | None
) -> tuple[int | str, Literal["stated", "dateline", "moment", "none"]]:
    """Return the year of a day or month: as stated, by "last" or "next", else the nearest; never a guess."""
    if said.has("year"):
        return int(said.groups["year"]), "stated"
    step = said.whole("which") if said.has("which") else None
    if said.told and step is None and said.tense != "future" and (not said.day or abs(said.told - said.day.year) > 1):
        # A history: the year goes on from the dates before. One date of long ago draws no other to its year.
        return said.told, "moment"
    if said.day is None:
        return "XXXX", "none"
    near = said.day.year
    if said.way == "month of year" and step is not None:
        return near + step, "dateline"
    here = (month, day or said.day.day)
    now = (said.day.month, said.day.day)
    if step is not None:
        return (near - (here >= now) if step < 0 else near + (here <= now) if step > 0 else near), "dateline"
    ahead, behind = (month - now[0]) % 12, (now[0] - month) % 12
    # The nearest, unless both are months away and the tense tells.
    coming, gone = near + (here < now), near - (here > now)
    if min(ahead, behind) > 3 and said.tense != "unknown":
        return coming if said.tense == "future" else gone, "dateline"
    return coming if ahead <= behind and ahead else gone if behind else near, "dateline"


def _slashed(said: Said) -> Value | None:
    first, second, year = said.groups["slashed"].split("/")
    if len(year) == 2:
        year = ("19" if int(year) > 40 else "20") + year
    month, day = (int(first), int(second)) if int(first) <= 12 else (int(second), int(first))
    value = f"{year}-{month:02d}-{day:02d}"
    return Value("DATE", value) if days_of(value) else None


def as_stated(said: Said) -> Value | None:
    """A date of another calendar or in figures, read as the labels of pages are."""
    dated = read_date(said.text, language=said.shapes.language)
    return Value("DATE", dated.value[:10]) if dated else None


def _day(said: Said) -> int:
    """Return the day of the month said, in figures or as a word ("7", "7th", "seventh")."""
    digits = re.match(r"\d+", said.groups["day"])
    return int(digits[0]) if digits else int(said.shapes.value("ordinal", said.groups["day"]))


def in_range(said: Said) -> Value | None:
    """The "7" of "May 4-7" and of "May 4 and 7": the later day or year of a range whose first was said right before."""
    before = said.before or ""
    if len(said.since) > 5 or "," in said.since:
        return None
    if said.has("endyear"):
        year = said.groups["endyear"]
        return Value("DATE", before[:2] + year) if re.fullmatch(r"\d{4}", before) and before[2:] < year else None
    day = _day(said)
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", before) or int(before[8:]) >= day:
        return None
    value = f"{said.groups.get('year', before[:4])}-{before[5:7]}-{day:02d}"
    return Value("DATE", value, "stated" if said.has("year") else "moment") if days_of(value) else None


def before_christ(said: Said) -> Value | None:
    """A year, decade or century before the common era."""
    if said.has("bcyear"):
        year = int(said.groups["bcyear"])
        return Value("DATE", f"BC{year // 10:03d}" if re.search(r"\ds\b", said.text) else f"BC{year:04d}")
    century = in_century(said)
    return Value("DATE", f"BC{century.value}") if century else None


def in_year(said: Said) -> Value | None:
    if said.has("number"):
        spoken = number(said)
        return Value("DATE", str(1900 + int(spoken))) if spoken and 9 < spoken < 100 else None
    if said.has("tickyear"):
        short = int(said.groups["tickyear"][1:])
        return Value("DATE", str(1900 + short if short > 40 else 2000 + short))
    return Value("DATE", said.groups["year"])


def on_weekday(said: Said) -> Value | None:
    wanted = said.whole("weekday")
    slot = next((slot for slot in ("part", "joined") if said.has(slot)), None)
    part = f"T{said.of(slot)}" if slot else ""
    kind: Literal["DATE", "TIME"] = "TIME" if part else "DATE"
    if said.day is None:
        return Value(kind, f"XXXX-WXX-{wanted}{part}", "none")
    back = (said.day.isoweekday() - wanted) % 7
    step = said.whole("which") if said.has("which") else None
    if step is not None and said.way == "day of week":
        monday = said.day - timedelta(days=said.day.weekday()) + timedelta(weeks=step)
        day = monday + timedelta(days=wanted - 1)
    elif step == -1:
        day = said.day - timedelta(days=back or 7)
    elif step == 1 or (said.tense == "future" and back):
        day = said.day + timedelta(days=7 - back)
    else:
        day = said.day - timedelta(days=back)
    return Value(kind, day.isoformat() + part, "dateline")


def deictic(said: Said) -> Value | None:
    """Today, yesterday, this morning, last night."""
    away = said.whole("shift") if said.has("shift") else -1 if said.has("night") else 0
    part = str(said.of("part")) if said.has("part") else str(said.of("night")) if said.has("night") else ""
    if said.has("shift") and fold(said.groups["shift"]) in said.shapes.slots.get("tonight", {}):
        part = str(said.shapes.value("tonight", said.groups["shift"]))
    kind: Literal["DATE", "TIME"] = "TIME" if part else "DATE"
    part = part and f"T{part}"
    if said.day is None:
        return Value(kind, f"XXXX-XX-XX{part}", "none")
    return Value(kind, (said.day + timedelta(days=away)).isoformat() + part, "dateline")


def in_unit(said: Said) -> Value | None:
    """This week, last month, next year, the weekend."""
    step = said.whole("which") if said.has("which") else 0
    if said.has("many"):
        return Value("DATE", "PAST_REF" if step < 0 else "FUTURE_REF" if step > 0 else "PRESENT_REF", "none")
    unit = "WE" if said.has("weekend") else str(said.of("unit"))
    if unit.startswith("T"):
        return None
    if said.day is None:
        return Value("DATE", unknown(unit), "none")
    if unit == "WE":
        # "The weekend" is the one just past but on its own days and in what is to come.
        gone = not said.has("which") and said.day.isoweekday() < 6 and said.tense != "future"
        return Value("DATE", stepped(said.day, "W", step - gone) + "-WE", "dateline")
    return Value("DATE", stepped(said.day, unit, step), "dateline")


def near(said: Said) -> Value | None:
    """A year earlier, the following day, that month: counted from the date said last, where there is one."""
    unit = str(said.of("unit"))
    step = said.whole("ago") if said.has("ago") else said.whole("stepping") if said.has("stepping") else 0
    if unit.startswith("T"):
        return None
    if said.day and unit == "Y" and said.has("ago"):
        # In news "a year earlier" compares with the same stretch of the year before the story's.
        return Value("DATE", f"{said.day.year + step}{_quarter(said)}", "dateline")
    from_now = said.has("ago") and fold(said.groups["ago"]) in said.shapes.slots.get("now", {})
    at = days_of(said.before) if said.before and not from_now else None
    day = at[0] if at else said.day
    if day is None:
        return Value("DATE", unknown(unit), "none")
    return Value("DATE", stepped(day, unit, step), "moment" if at else "dateline")


def _quarter(said: Said) -> str:
    """Return the quarter that was spoken of last: "-Q3", or nothing."""
    return said.before[4:] if said.before and re.fullmatch(r"\d{4}-Q\d", said.before) else ""


def period_before(said: Said) -> Value | None:
    """The 1988 quarter, the year-earlier period: the quarter spoken of, in another year."""
    if said.has("year"):
        return Value("DATE", f"{said.groups['year']}{_quarter(said)}", "moment" if _quarter(said) else "stated")
    if said.day is None:
        return Value("DATE", "XXXX-QX", "none")
    quarter = f"-Q{said.of('ordinal')}" if said.has("ordinal") else _quarter(said)
    return Value("DATE", f"{said.day.year - 1}{quarter}", "dateline")


def shifted(said: Said) -> Value | None:
    """Two years ago, six weeks later, several days ago."""
    if said.has("many"):
        return Value("DATE", "PAST_REF", "none")
    unit = str(said.of("unit"))
    step = said.whole("ago" if said.has("ago") else "back")
    if said.has("vague"):
        return Value("DATE", "PAST_REF" if step < 0 else "FUTURE_REF", "none")
    amount = number(said)
    if unit.startswith("T"):
        return Value("DURATION", period(amount, unit))
    if said.day is None or amount is None or not 0 < amount < 2000:
        return Value("DATE", unknown(unit), "none")
    if amount != int(amount):
        unit, amount = ("M", amount * 12) if unit == "Y" else ("D", amount * 7) if unit == "W" else (unit, amount)
    return Value("DATE", stepped(said.day, unit, step * int(amount)), "dateline")


def lasting(said: Said) -> Value | None:
    """Six weeks, a five-year ban, the past few days."""
    if said.has("many"):
        return Value("DURATION", period(None, str(said.of("many"))))
    unit = str(said.of("unit"))
    if said.has("vague"):
        return Value("DURATION", period(None, unit))
    amount = number(said)
    if amount is None or (unit == "TS" and not said.groups.get("number", "a")[0].isdigit()):
        return None
    if re.search(r"and a half|and one half", said.text, re.IGNORECASE):
        amount += 0.5
    return Value("DURATION", period(amount, unit))


def often(said: Said) -> Value | None:
    if said.has("often"):
        return Value("SET", str(said.of("often")))
    part = f"T{said.of('part')}" if said.has("part") else ""
    for slot in ("weekday", "weekdays"):
        if said.has(slot):
            return Value("SET", f"XXXX-WXX-{said.of(slot)}{part}")
    if said.has("month"):
        return Value("SET", f"XXXX-{said.whole('month'):02d}")
    if part:
        return Value("SET", f"XXXX-XX-XX{part}")
    apart = number(said) if said.text.casefold().split()[0] not in said.shapes.slots["number"] else 1
    return Value("SET", period(apart or 1, str(said.of("unit"))))


def in_quarter(said: Said) -> Value | None:
    which = int(said.groups["quarterno"]) if said.has("quarterno") else said.whole("ordinal")
    if which > 4:
        return None
    if said.has("year"):
        return Value("DATE", f"{said.groups['year']}-Q{which}")
    if said.day is None:
        return Value("DATE", f"XXXX-Q{which}", "none")
    if said.has("which"):
        return Value("DATE", f"{said.day.year + said.whole('which')}-Q{which}", "dateline")
    begun = said.day.month > 3 * (which - 1)
    return Value("DATE", f"{said.day.year - (not begun)}-Q{which}", "dateline")


def in_half(said: Said) -> Value | None:
    """The first half of 2014, last year's second half: "2014-H1"."""
    half = said.whole("halfyear")
    if said.has("year"):
        return Value("DATE", f"{said.groups['year']}-H{half}")
    if said.day is None:
        return Value("DATE", f"XXXX-H{half}", "none")
    return Value("DATE", f"{said.day.year + (said.whole('which') if said.has('which') else 0)}-H{half}", "dateline")


def latest(said: Said) -> Value | None:
    """The quarter that was over at the story's date."""
    if said.day is None:
        return Value("DATE", "XXXX-QX", "none")
    return Value("DATE", stepped(said.day, "Q", -1), "dateline")


def in_season(said: Said) -> Value | None:
    season = said.of("season")
    if said.has("year"):
        return Value("DATE", f"{said.groups['year']}-{season}")
    if said.day is None:
        return Value("DATE", f"XXXX-{season}", "none")
    step = said.whole("which") if said.has("which") else 0
    month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[str(season)]
    year = said.day.year
    if step < 0:
        year -= said.day.month <= month
    elif step > 0:
        year += said.day.month >= month
    return Value("DATE", f"{year}-{season}", "dateline")


def in_decade(said: Said) -> Value | None:
    if said.has("decadeyear"):
        return Value("DATE", said.groups["decadeyear"][:3])
    return Value("DATE", f"19{said.groups['tens'] if said.has('tens') else said.of('decade')}")


def in_century(said: Said) -> Value | None:
    counted = re.match(r"\d+", said.groups.get("centuryno") or "")
    return Value("DATE", f"{(int(counted[0]) if counted else said.whole('ordinal')) - 1:02d}")


def at_clock(said: Said) -> Value | None:
    time = _time(said)
    if time is None:
        return None
    day: Value | None = None
    if said.has("weekday"):
        day = on_weekday(said)
    elif said.has("shift"):
        day = deictic(said)
    elif said.has("month"):
        day = on_date(said)
    if day is not None:
        return Value("TIME", f"{day.value[:10]}T{time}", day.clock)
    if said.day is None:
        return Value("TIME", f"XXXX-XX-XXT{time}", "none")
    return Value("TIME", f"{said.day.isoformat()}T{time}", "dateline")


def _time(said: Said) -> str | None:
    spoken = said.groups["clock"].casefold()
    if spoken in said.shapes.slots.get("hour", {}):
        return str(said.shapes.value("hour", spoken))
    digits = re.match(r"(\d{1,2})(?:[:.](\d\d))?", spoken)
    if digits is None:
        return None
    hour, minute, rest = int(digits[1]), digits[2] or "00", spoken[digits.end() :].strip()
    half = said.shapes.slots["half"].get(rest.rstrip("."))
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute}"


def reference(said: Said) -> Value | None:
    slot = next(name for name, words in said.groups.items() if words)
    if slot == "sometime" and said.tense == "past":
        return None  # "they soon lost": after what was told, not after the story
    return Value("DATE", str(said.of(slot)), "none")


WAYS: dict[str, Callable[[Said], Value | None]] = {
    "date": on_date,
    "month of year": on_date,
    "day of week": on_weekday,
    "stated": as_stated,
    "numeric": as_stated,
    "year": in_year,
    "range": in_range,
    "before christ": before_christ,
    "weekday": on_weekday,
    "deictic": deictic,
    "unit": in_unit,
    "near": near,
    "period": period_before,
    "shifted": shifted,
    "duration": lasting,
    "set": often,
    "quarter": in_quarter,
    "half": in_half,
    "latest": latest,
    "season": in_season,
    "decade": in_decade,
    "century": in_century,
    "clock": at_clock,
    "reference": reference,
}
