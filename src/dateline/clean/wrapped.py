"""Text whose lines were broken to a width, as mail and terminals do: the breaks go, the paragraphs stay."""

from __future__ import annotations

import re
from itertools import pairwise

from dateline.text.labels import find_label
from dateline.text.offsets import Patch
from dateline.text.spans import Span

_WIDEST, _NARROWEST = 100, 45
_LINE = re.compile(r"[^\n]+")


def unwrap(text: str) -> list[Patch]:
    """Return the patches that join broken lines; none where the text was not broken to a width.

    A line was broken where the next one's first word would not have fitted. The width is that of the longest
    line that has a space in it.
    """
    blocks = [list(_LINE.finditer(text, *block.span())) for block in re.finditer(r"(?:[^\n]*\S[^\n]*(?:\n|$))+", text)]
    lines = [line[0].rstrip() for block in blocks for line in block if " " in line[0].strip() and "://" not in line[0]]
    width = max(map(len, lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return []
    joins = [
        Span(line.start() + len(line[0].rstrip()), following.end() - len(following[0].lstrip()))
        for block in blocks
        for line, following in pairwise(block)
        if len(line[0].rstrip()) + 1 + len(following[0].split()[0]) > width
        and "://" not in line[0] + following[0]
        and not find_label(following[0].strip())
    ]
    return [Patch(join, " ") for join in joins] if len(joins) >= 3 else []
