"""Values that no story has: which they are, and which are there instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from difflib import get_close_matches

from dateline.archive.models import Record
from dateline.archive.search import vocabulary
from dateline.archive.search.spelling import one_step
from dateline.archive.stories import languages
from dateline.reading.deeds import QUADS
from dateline.text.almanac import days_of
from dateline.text.language import primary
from dateline.text.queries import Days, Field, Gloss, Part, token, write
from dateline.text.query_reader import read_query

NAMES = frozenset({"place", "person", "org", "said", "topic", "section", "source"})
_MOST = 6
_TRIED = 24
Stories = Callable[[Part], int]


def doubted(glosses: Iterable[Gloss], stories: Stories) -> Iterator[Gloss]:
    """Yield the glosses of a query that finds little: those of values no story has say so, and what else there is.

    ``stories`` tells how many stories a part finds, a hundred being enough.
    """
    for gloss in glosses:
        part = read_query(gloss.said).part if gloss.outcome in ("field", "dates") else None
        if not isinstance(part, Field | Days) or stories(part):
            yield gloss
            continue
        others = tuple(dict.fromkeys(write(each) for each in _instead(part, stories)))
        yield replace(gloss, outcome="no-such-value", instead=others)


def _instead(part: Field | Days, stories: Stories) -> Sequence[Part]:
    if isinstance(part, Days):
        return _days(part)
    if part.name in NAMES:
        return [each for each in names_like(part.name, part.words)[:_TRIED] if stories(each)][:_MOST]
    if part.name == "year":
        return [Field(name="year", words=(year,)) for year in _years(part.words[0])]
    if part.name == "lang":
        return [Field(name="lang", words=(tag,)) for tag in _languages(part.words)]
    if part.name == "event":
        told = [each.casefold() for each in QUADS if stories(Field(name="event", words=(each.casefold(),)))]
        near = get_close_matches(" ".join(part.words), told, n=_MOST, cutoff=0.5)
        return [Field(name="event", words=(each,)) for each in near or told]
    return []


def _languages(said: tuple[str, ...]) -> list[str]:
    """Return the languages of the archive; the one that is said alone, where its tag says more or it is alike."""
    known = languages()
    if (tag := primary("-".join(said))) in known:
        return [tag]
    return [each for each in known if each[:1] == said[0][:1]] or known


def _years(said: str) -> list[str]:
    """Return the years with stories that a year of the Persian calendar lies in, else the nearest."""
    known, days = Record.objects.published().years(), days_of(said)
    if not known or not said.isdecimal():
        return []
    ours = sorted({int(day[:4]) for day in days}) if days else [int(said)]
    return [str(year) for year in ours if year in known] or [str(min(known, key=lambda year: abs(year - ours[0])))]


def _days(part: Days) -> list[Part]:
    """Return the nearest day with stories on each side of days that have none."""
    published = Record.objects.published().order_by("published_at", "code")
    first, last = (day and datetime.combine(date.fromisoformat(day), time.min, UTC) for day in (part.first, part.last))
    before = published.filter(published_at__lt=first).last() if first else None
    after = published.filter(published_at__gt=last).first() if last else None
    told = (each.published_at.astimezone(UTC).date().isoformat() for each in (before, after) if each)
    return [Days(first=day, last=day) for day in told]


def names_like(field: str, words: tuple[str, ...]) -> list[Field]:
    """Return names that stories know and these words may mean, likeliest first: they themselves, names that begin so,
    fewer of the words, and words one letter off."""
    begin = vocabulary.beginning_with(token(field, words), most=_TRIED)
    runs = [words[at : at + size] for size in range(len(words) - 1, 0, -1) for at in range(len(words) - size + 1)]
    off = [
        (*words[:at], other, *words[at + 1 :])
        for at, word in enumerate(words)
        if len(word) >= vocabulary.SHORTEST
        for other in one_step(word)
    ]
    fewer, spelled = (vocabulary.among(token(field, each) for each in some) for some in (runs, off))
    # The runs in their order, longest first; what begins so, shortest first.
    known = [*begin, *(each for run in runs if (each := token(field, run)) in fewer), *sorted(spelled)]
    return [Field(name=field, words=tuple(each.split("_")[2:])) for each in dict.fromkeys(known)]
