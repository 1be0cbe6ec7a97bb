"""Text whose lines were broken to a width, as mail and terminals do: the breaks go, the paragraphs stay."""

from __future__ import annotations

import re
from itertools import pairwise

from dateline.text.offsets import Patch
from dateline.text.print_marks import ends_as_sentence, is_head_line, label_kind
from dateline.text.spans import Span

_WIDEST, _NARROWEST = 100, 45
_LINE = re.compile(r"[^\n]+")


def unwrap(text: str, *, headed: bool = False) -> list[Patch]:
    """Return the patches that join broken lines; none where the text was not broken to a width.

    A line was broken where the next one's first word would not have fitted. The width is that of the longest
    line that has a space in it. A line that says something by itself (a date, a label) goes on no other. With
    ``headed``, the text begins with its headline, be there a blank line under it or not.
    """
    blocks = [list(_LINE.finditer(text, *block.span())) for block in re.finditer(r"(?:[^\n]*\S[^\n]*(?:\n|$))+", text)]
    lines = [line[0].rstrip() for block in blocks for line in block if " " in line[0].strip() and "://" not in line[0]]
    width = max(map(len, lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return []
    joins = [
        (line, following)
        for block in blocks
        for line, following in pairwise(block)
        if len(line[0].rstrip()) + 1 + len(following[0].split()[0]) > width
        and "://" not in line[0] + following[0]
        and not is_head_line(following[0].strip())
    ]
    running = [following[0].lstrip()[0] for line, following in joins if not ends_as_sentence(line[0].rstrip())]
    if len(joins) < 3 and len(running) < 2 and not any(map(str.islower, running)):
        return []
    if headed:
        joins = _below_headline(joins, next((line for block in blocks for line in block if _could_head(line[0])), None))
    return [_joined(line, following) for line, following in joins]


def _joined(line: re.Match[str], following: re.Match[str]) -> Patch:
    said = line[0].rstrip()
    gap = Span(line.start() + len(said), following.end() - len(following[0].lstrip()))
    return Patch(gap, "" if re.search(r"\w-$", said) else " ")  # some break a line after a hyphen too


def _could_head(line: str) -> bool:
    """Tell whether a line may be a headline or begin one: some words that are nothing else."""
    line = line.strip()
    return label_kind(line) == "headline" or (not is_head_line(line) and (len(line) >= 20 or len(line.split()) >= 4))


def _below_headline(
    joins: list[tuple[re.Match[str], re.Match[str]]], headline: re.Match[str] | None
) -> list[tuple[re.Match[str], re.Match[str]]]:
    """Return the joins without the one that would run the headline into the sentence under it."""
    chain: list[int] = []
    for number, (line, following) in enumerate(joins):
        if headline is not None and line.start() == headline.start():
            chain.append(number)
            headline = following
    if not chain or not ends_as_sentence(joins[chain[-1]][1][0].rstrip()):
        return joins
    for number in chain:
        line, following = joins[number]
        opening = following[0].lstrip(" \t\"'“«„‘([")[:1]
        if not ends_as_sentence(line[0].rstrip()) and opening.isalpha() and not opening.islower():
            return joins[:number] + joins[number + 1 :]
    return joins
