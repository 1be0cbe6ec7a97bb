"""The words dates are told in, by language: months, weekdays, halves of the day, zones (``data/months.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from dateline.text.folding import fold


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("dateline.text") / "data" / "months.toml").read_text("utf-8"))


@cache
def date_words() -> dict[str, Any]:
    """Return the tables by language. The first form of a month is the one we write."""
    return {key: table for key, table in _data().items() if not key.startswith("zones")}


@cache
def zones() -> dict[str, tuple[str, str]]:
    """Return, for each folded name of a zone, its offset and the day since which it has meant that."""
    fixed = {fold(name): (offset, "") for name, offset in _data()["zones"].items()}
    return fixed | {fold(name): (offset, since) for name, (offset, since) in _data()["zones_since"].items()}


@cache
def lexicon() -> dict[str, dict[str, Any]]:
    """Return, for each folded word, the uses it has: a month (of a language), a half of the day, read over."""
    uses: dict[str, dict[str, Any]] = {}
    for language, table in date_words().items():
        for key in ("months", "jalali", "hijri"):
            for number, forms in enumerate(table.get(key, ()), start=1):
                for word in map(fold, forms):
                    uses.setdefault(word, {}).setdefault("month", (number, key))
                    uses[word].setdefault(f"month-{language}", (number, key))
        for word in map(fold, [*table["weekdays"], *table["words"]]):
            uses.setdefault(word, {})["read over"] = True
        for half in ("am", "pm"):
            for word in map(fold, table.get(half, ())):
                uses.setdefault(word, {}).setdefault("half", half)
    return uses


@cache
def tokens() -> re.Pattern[str]:
    """Return what finds the next token of a date, by the name of its group."""

    def any_of(words: Iterable[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    def groups() -> Iterator[str]:
        dotted = r"\b\d{1,2}\.\d\d(?= *(?:uhr|[ap]\.?m\b))"
        yield rf"(?P<time>\b\d{{1,2}}:\d\d(?::\d\d)?(?:\.\d+)?(?![\d:])|{dotted}|\b\d{{1,2}} ?h ?\d\d\b)"
        orders = (
            rf"\b\d{{4}}{mark}\d{{1,2}}{mark}\d{{1,2}}\b|\b\d{{1,2}}{mark}\d{{1,2}}{mark}\d{{4}}\b"
            for mark in ("-", "/", r"\.")
        )
        yield f"(?P<numeric>{'|'.join(orders)})"
        yield rf"(?P<zone>(?:utc|gmt) ?[+-]\d\d?(?::?\d\d)?\b|[+-]\d\d:?\d\d\b|(?<!\w)(?:{any_of(zones())})(?!\w))"
        yield r"(?P<number>\d{1,4}(?!\d))"
        yield rf"(?P<word>(?<![^\W\d])(?:{any_of(lexicon())})(?!\w))"
        # A minus in front of an offset is the offset's: "15:14:00 -0500".
        yield r"(?P<between>(?:[\s,.;|/·()،؛]|-(?!\d\d:?\d\d\b))+)"

    return re.compile("|".join(groups()))
