"""What a mistyped word may mean: words of the index no more than two letters off."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from dateline.archive.search import vocabulary
from dateline.text.queries import Part, Query, Term, parts_of, together, write

_MOST_LOOKED_AT, _MOST_TRIED = 20_000, 8
_SHORTEST_FOR_TWO = 6
_LATIN, _CYRILLIC = "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_ARABIC = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیء"


def suggestion(query: Query, stories: Callable[[Part], int]) -> Query | None:
    """Return the query with words mended that no story holds, None where that finds nothing either.

    ``stories`` tells how many stories a part finds, a hundred being enough.
    """
    parts = list(parts_of(query.part))
    is_mended = False
    for at, part in enumerate(parts):
        if isinstance(part, Term) and (better := _mended(part, stories)):
            parts[at], is_mended = better, True
    mended = together(parts)
    if not is_mended or mended is None or not stories(mended):
        return None
    return Query(said=write(mended), part=mended)


def _mended(term: Term, stories: Callable[[Part], int]) -> Term | None:
    """Return the likeliest term where the one word of ``term`` is in no story."""
    word = term.words[0]
    if len(term.words) > 1 or term.is_prefix or not vocabulary.is_kept(word) or stories(term):
        return None
    near = sorted(_near(word).items(), key=lambda each: (each[1], abs(len(each[0]) - len(word)), each[0]))
    tried = [replace(term, words=(other,), is_stem=False) for other, _ in near[:_MOST_TRIED]]
    told = [(steps, -stories(each), each) for each, (_, steps) in zip(tried, near, strict=False)]
    found = [each for each in told if each[1]]
    return min(found, key=lambda each: each[:2])[2] if found else None


def _near(word: str) -> dict[str, int]:
    """Return known words one step from ``word``, wherever it is taken; else those two from it that begin alike."""
    if one := vocabulary.among(one_step(word)):
        return dict.fromkeys(one, 1)
    if len(word) < _SHORTEST_FOR_TWO:
        return {}
    alike = vocabulary.beginning_with(word[:2], most=_MOST_LOOKED_AT, shortest=len(word) - 2, longest=len(word) + 2)
    return {other: 2 for other in alike if other != word and _is_within_two(word, other)}


def one_step(word: str) -> Iterable[str]:
    """Yield what a letter more, less or another makes of a word, and two exchanged."""
    letters = _CYRILLIC if "а" <= word[0] <= "я" else _LATIN if word[0] <= "z" else _ARABIC
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in letters)


def _is_within_two(one: str, other: str) -> bool:
    """Tell whether two steps (a letter more, less or another; two exchanged) lead from one to the other."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        row = [at]
        for place, wanted in enumerate(other, start=1):
            cost = min(last[place] + 1, row[-1] + 1, last[place - 1] + (letter != wanted))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == wanted:
                cost = min(cost, before[place - 2] + 1)
            row.append(cost)
        if min(row) > 2:
            return False
        before, last = last, row
    return last[-1] <= 2
