"""The Persian and the Islamic calendar: their days in ours, and ours in theirs.

The arithmetic is jdatetime's and hijridate's. Islamic days are those of the Umm al-Qura calendar (1343 to 1500):
where the moon is watched for, the day may be the next.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from dateline.text.folding import fold

Calendar = Literal["gregorian", "jalali", "hijri"]
Counted = tuple[int, int, int]


def from_jalali(year: int, month: int, day: int) -> Counted | None:
    """Return the Gregorian year, month and day; None for a day that does not exist."""
    import jdatetime

    try:
        found = jdatetime.date(year, month, day).togregorian()
    except ValueError:
        return None
    return found.year, found.month, found.day


def from_hijri(year: int, month: int, day: int) -> Counted | None:
    """Return the Gregorian year, month and day; None for a day that does not exist or is not tabulated."""
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return found.year, found.month, found.day


def counted(day: date, calendar: Calendar) -> Counted | None:
    """Return year, month and day as a calendar counts them; None where it is not tabulated."""
    if calendar == "jalali":
        import jdatetime

        persian = jdatetime.GregorianToJalali(day.year, day.month, day.day)
        return persian.jyear, persian.jmonth, persian.jday
    if calendar == "hijri":
        from hijridate import Gregorian

        try:
            islamic = Gregorian(day.year, day.month, day.day).to_hijri()
        except (ValueError, OverflowError):
            return None
        return islamic.year, islamic.month, islamic.day
    return day.year, day.month, day.day


def days_of(said: str) -> tuple[str, str] | None:
    """Return the first and the last day of a year, month or day in numbers ("2015-05", "۱۳۹۴-۰۲"), as ISO days.

    Years from 1200 to 1499 are of the Persian calendar. None for anything else and for days there are not.
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?", fold(said))
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    convert = from_jalali if 1200 <= year < 1500 else _gregorian
    first = convert(year, month or 1, day or 1)
    # The last day there is: a month has 28 to 31 days.
    ends = (convert(year, month or 12, each) for each in ([day] if day else (31, 30, 29, 28)))
    last = next((end for end in ends if end), None)
    return ("{:04}-{:02}-{:02}".format(*first), "{:04}-{:02}-{:02}".format(*last)) if first and last else None


def _gregorian(year: int, month: int, day: int) -> Counted | None:
    try:
        date(year, month, day)
    except ValueError:
        return None
    return year, month, day
