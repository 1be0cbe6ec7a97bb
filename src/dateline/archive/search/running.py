"""Topics: which most stories have, and how those of late have run by month, counted by the keys of the index."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

from dateline.archive.search import vocabulary
from dateline.archive.search.finding import FacetValue
from dateline.archive.search.keys import day_of, first_key
from dateline.archive.search.matching import asked
from dateline.archive.search.scanning import newest
from dateline.text.queries import All, Days, Field

MONTHS = 12
# Stories of one topic, the newest, that are counted: further back nobody looks.
COUNTED = 5_000
# Values that are counted where an archive has more: those asked for first, then by their letters. Of each so many
# stories: what has more is told by how soon, from the newest back, it has them.
_VALUES, MANY = 200, 1_000


def most_told(name: str, language: str, *, most: int, first: Iterable[Field] = ()) -> list[FacetValue]:
    """Return the values of a field that most stories of a language have, of all time, with their number.

    No more than MANY stories of each are counted, and of _VALUES values only, ``first`` among them.
    """
    tongue = Field(name="lang", words=(language,))
    known = [each.token for each in first] + vocabulary.tokens(f"_{name}_", most=_VALUES)
    fields = [Field(name=name, words=tuple(each.split("_")[2:])) for each in [*dict.fromkeys(known)][:_VALUES]]
    found = {each: newest(asked(All(parts=(each, tongue))), most=MANY)[0] for each in fields}
    told = sorted((each for each in fields if found[each]), key=lambda each: (-len(found[each]), -found[each][-1]))
    labels = vocabulary.among(each.token for each in told[:most])
    return [
        FacetValue(field=each, label=labels.get(each.token, ""), count=len(found[each]), is_on=False)
        for each in told[:most]
    ]


def by_month(fields: Sequence[Field], language: str) -> list[list[tuple[date, int | None]]]:
    """Return, for each field, the last months that anything was published in, each with how many stories it has.

    None stands for months before the newest COUNTED, whose first month is not whole.
    """
    tongue = Field(name="lang", words=(language,))
    last, _ = newest(asked(tongue), most=1)
    if not last:
        return [[] for _ in fields]
    months = _months(day_of(last[0]))
    starts = [first_key(month.isoformat()) for month in months]
    since = Days(first=months[0].isoformat(), last=None)
    found = []
    for field in fields:
        keys, _ = newest(asked(All(parts=(field, tongue, since))), most=COUNTED)
        counts = [0] * MONTHS
        for key in keys:
            counts[bisect_right(starts, key) - 1] += 1
        whole = bisect_right(starts, keys[-1]) if len(keys) == COUNTED else 0
        found.append([(month, None if at < whole else counts[at]) for at, month in enumerate(months)])
    return found


def _months(day: date) -> list[date]:
    """Return the first days of the month of a day and of those before it."""
    last = day.year * 12 + day.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(max(12, last - MONTHS + 1), last + 1)]
