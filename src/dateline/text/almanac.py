"""The Persian and the Islamic calendar: their days in ours, and ours in theirs.

The arithmetic is jdatetime's and hijridate's. Islamic days are those of the Umm al-Qura calendar (1343 to 1500):
where the moon is watched for, the day may be the next.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

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
