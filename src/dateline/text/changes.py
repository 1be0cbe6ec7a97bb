"""What is other in a text than in the one before it, by paragraphs and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+")
_LIKE = 0.4  # two paragraphs that share less of their words are not the same one, changed
_AROUND = 4  # words shown beside a change


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Words taken out and put in their place; either may be "". ``context`` is what stood before them."""

    before: str
    after: str
    context: str = ""


def changes(before: str, after: str) -> list[Change]:
    """Return what changed between two texts, in reading order: whole paragraphs, and words of those that stayed.

    Cost grows with the product of the numbers of paragraphs that changed.
    """
    old, new = before.split("\n\n"), after.split("\n\n")
    found: list[Change] = []
    for kind, at, end, there, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            found += _paragraphs(old[at:end], new[there:stop])
    return found


def _paragraphs(old: list[str], new: list[str]) -> Iterator[Change]:
    for place in range(max(len(old), len(new))):
        one, other = (each[place] if place < len(each) else "" for each in (old, new))
        words, others = _WORD.findall(one), _WORD.findall(other)
        matcher = SequenceMatcher(None, words, others, autojunk=False)
        if matcher.ratio() < _LIKE:
            yield Change(before=one, after=other)
            continue
        for kind, at, end, there, stop in matcher.get_opcodes():
            if kind != "equal":
                yield Change(
                    before=" ".join(words[at:end]),
                    after=" ".join(others[there:stop]),
                    context=" ".join(words[max(0, at - _AROUND) : at]),
                )
