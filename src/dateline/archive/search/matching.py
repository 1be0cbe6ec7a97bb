"""A query in the words of the two indexes, FTS5's MATCH and PostgreSQL's tsquery, with the range of keys it asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from dateline.archive.search.entries import STORY
from dateline.archive.search.keys import LEAST, MOST, first_key, last_key
from dateline.archive.search.tsvectors import IN_HEADLINE, lexeme
from dateline.text.queries import All, Days, Either, Field, Near, Not, Part, Term, parts_of, token

_EARLIEST, _LATEST = date(1697, 1, 1), date(2200, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query as the index is asked it: ``match`` in its notation, and the keys it may find, both included.

    PostgreSQL's index does not know where words stand: there ``match`` finds stories that hold the words of a phrase
    somewhere, and ``exact``, where it is not None, is what each must be looked at for. SQLite's reads one story after
    the other that match, until it comes to one that is not ``unwanted``.
    """

    match: str
    first: int = LEAST
    last: int = MOST
    exact: str | None = None
    unwanted: str | None = None


def asked(part: Part) -> Asked:
    """Return how the index is asked for ``part``, whose words have been expanded (see ``forms``)."""
    parts = parts_of(part)
    days = [each for each in parts if isinstance(each, Days)]
    rest = tuple(each for each in parts if not isinstance(each, Days)) or (STORY,)
    told = All(parts=rest)
    first = max([LEAST, *(first_key(each.first) for each in days)])
    last = min([MOST, *(last_key(each.last) for each in days)])
    if connection.vendor == "sqlite":
        wanted, unwanted = _fts5_sides(told)
        return Asked(match=wanted, first=first, last=last, unwanted=unwanted)
    match, exact = _tsquery(told, loose=True), _tsquery(told, loose=False)
    return Asked(match=match, first=first, last=last, exact=exact if exact != match else None)


def _fts5(part: Part) -> str:
    if isinstance(part, Term):
        return f"{_column(part)}{_phrase(part)}"
    if isinstance(part, Near):
        return f"{_column(part.one)}NEAR({_phrase(part.one)} {_phrase(part.other)}, {part.gap})"
    if isinstance(part, Field):
        return f'"{part.token}"'
    if isinstance(part, Days):
        return "(" + " OR ".join(f'"{each}"' for each in covering(part)) + ")"
    if isinstance(part, Either):
        return "(" + " OR ".join(map(_fts5, part.parts)) + ")"
    wanted, without = _fts5_sides(part)
    return f"({wanted} NOT {without})" if without else wanted


def _fts5_sides(part: All | Not) -> tuple[str, str | None]:
    """Return what must hold and what must not, if anything."""
    wanted, unwanted = _sides(part)
    without = f"({' OR '.join(map(_fts5, unwanted))})" if unwanted else None
    return f"({' AND '.join(map(_fts5, wanted))})", without


def _column(term: Term) -> str:
    # No column else: tokens, which no word is, stand in the others.
    return "headline : " if term.headline else ""


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.is_prefix else ""}'


def _tsquery(part: Part, *, loose: bool) -> str:
    """Return a part in PostgreSQL's notation; ``loose``: words that shall stand together may stand anywhere."""
    if isinstance(part, Term):
        return _follow(part, "&" if loose else "<->")
    if isinstance(part, Near):
        if loose:
            return f"({_follow(part.one, '&')} & {_follow(part.other, '&')})"
        one, other = _follow(part.one, "<->"), _follow(part.other, "<->")
        # PostgreSQL counts steps, from the last word of the one to the first of the other.
        ways = [f"{a} <{step}> {b}" for a, b in ((one, other), (other, one)) for step in range(1, part.gap + 2)]
        return f"({' | '.join(ways)})"
    if isinstance(part, Field):
        return lexeme(part.token)
    if isinstance(part, Days):
        return "(" + " | ".join(map(lexeme, covering(part))) + ")"
    if isinstance(part, Either):
        return "(" + " | ".join(_tsquery(each, loose=loose) for each in part.parts) + ")"
    wanted, unwanted = _sides(part)
    if loose:  # a story may hold the words of an unwanted phrase, and not the phrase
        unwanted = [each for each in unwanted if _tsquery(each, loose=True) == _tsquery(each, loose=False)]
    told = [_tsquery(each, loose=loose) for each in wanted]
    return "(" + " & ".join([*told, *(f"!{_tsquery(each, loose=loose)}" for each in unwanted)]) + ")"


def _follow(term: Term, between: str) -> str:
    mark = IN_HEADLINE if term.headline else ""
    words = [lexeme(mark + word) for word in term.words]
    return f"({f' {between} '.join(words)}{':*' if term.is_prefix else ''})"


def _sides(part: All | Not) -> tuple[list[Part], list[Part]]:
    """Return what must hold and what must not; there is always something that must."""
    parts = part.parts if isinstance(part, All) else (part,)
    unwanted = [each.part for each in parts if isinstance(each, Not)]
    return [each for each in parts if not isinstance(each, Not)] or [STORY], unwanted


def covering(days: Days) -> list[str]:
    """Return the tokens of whole years, months and days that together are these days; that of no day where empty."""
    first = max(date.fromisoformat(days.first), _EARLIEST) if days.first else _EARLIEST
    last = min(date.fromisoformat(days.last), _LATEST) if days.last else _LATEST
    return list(_covering(first, last)) or [token("day", ["none"])]


def _covering(day: date, last: date) -> Iterator[str]:
    while day <= last:
        year_end = date(day.year, 12, 31)
        month_end = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        if day.month == day.day == 1 and year_end <= last:
            yield token("year", [f"{day:%Y}"])
            day = year_end
        elif day.day == 1 and month_end <= last:
            yield token("month", [f"{day:%Y%m}"])
            day = month_end
        else:
            yield token("day", [f"{day:%Y%m%d}"])
        day += timedelta(days=1)
