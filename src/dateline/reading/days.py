"""Which days a TIMEX3 value covers, and how far a unit of time carries."""

from __future__ import annotations

import re
from datetime import date, timedelta


def days_of(value: str) -> tuple[date, date] | None:
    """Return the first and last day of a DATE or TIME value, None where it has no fixed days (seasons included)."""
    value = value.partition("T")[0]
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            day = date.fromisoformat(value)
            return day, day
        if re.fullmatch(r"\d{4}-\d\d", value):
            return _months(int(value[:4]), int(value[5:]), 1)
        if re.fullmatch(r"\d{4}-Q[1-4]", value):
            return _months(int(value[:4]), 3 * int(value[6]) - 2, 3)
        if re.fullmatch(r"\d{4}-H[12]", value):
            return _months(int(value[:4]), 6 * int(value[6]) - 5, 6)
        if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return monday + timedelta(days=5 if found[3] else 0), monday + timedelta(days=6)
        if re.fullmatch(r"\d{2,4}", value):
            rest = 4 - len(value)
            return date(int(value + "0" * rest) or 1, 1, 1), date(int(value + "9" * rest), 12, 31)
    except (ValueError, OverflowError):
        return None
    return None


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    first = date(year, month, 1)
    after = year * 12 + month - 1 + count
    return first, date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def stepped(day: date, unit: str, step: int) -> str:
    """Return the value of the unit that lies ``step`` of them from the one ``day`` is in.

    Units are those of the language files: D, W, M, Q, Y, W2 (fortnight), Y10, Y100.
    """
    try:
        return _stepped(day, unit, step)
    except (ValueError, OverflowError):
        return unknown(unit)


def _stepped(day: date, unit: str, step: int) -> str:
    if unit == "D":
        return (day + timedelta(days=step)).isoformat()
    if unit in ("W", "W2"):
        year, week, _ = (day + timedelta(weeks=step * (2 if unit == "W2" else 1))).isocalendar()
        return f"{year:04d}-W{week:02d}"
    if unit == "M":
        months = day.year * 12 + day.month - 1 + step
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if unit == "Q":
        quarters = day.year * 4 + (day.month - 1) // 3 + step
        return f"{quarters // 4:04d}-Q{quarters % 4 + 1}"
    if unit == "Y10":
        return f"{day.year // 10 + step:03d}"
    if unit == "Y100":
        return f"{day.year // 100 + step:02d}"
    year = day.year + step
    if not 0 < year < 10_000:
        return "XXXX"
    return f"{year:04d}"


def unknown(unit: str) -> str:
    """Return the value of a unit of which it is not known which one."""
    forms = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "W2": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX"}
    return forms.get(unit, "XXXX")


def period(amount: float | None, unit: str) -> str:
    """Return a duration: "P6W", "PT2H", "P2Y6M", and with X for an amount that was not counted."""
    clock, unit = ("T", unit[1:]) if unit.startswith("T") else ("", unit)
    times = int(unit[1:] or 1)
    unit = unit[0]
    if amount is None:
        return f"P{clock}X{'Y' if times == 1 and unit == 'Y' else {10: 'DE', 100: 'CE'}.get(times, unit)}"
    amount *= times
    if unit == "Q":
        amount, unit = amount * 3, "M"
    if amount == int(amount):
        return f"P{clock}{int(amount)}{unit}"
    whole, rest = int(amount), amount - int(amount)
    smaller = {"Y": ("M", 12), "D": ("TH", 24), "H": ("M", 60), "M": ("D", 30) if not clock else ("S", 60)}.get(unit)
    if smaller is None:
        return f"P{clock}{amount:g}{unit}"
    return f"P{clock}{f'{whole}{unit}' if whole else ''}{round(rest * smaller[1])}{smaller[0]}".replace("PTM", "PT")
