"""Datelines of wire stories: "GENEVA, May 12, 2024 (Agency) -- ", "Aden, Yemen - ", "LAGOS: "."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.text.spans import Span

# A capital, or a letter of a script whose months have none.
_CAPITAL = r"[^\W\d_a-z]"
_SHAPE = re.compile(
    rf"""(?:
        {_CAPITAL}[\w.'’]*
        (?:(?:[,،]?[ ]+/?|[/-])[(]?{_CAPITAL}[\w.'’]*[)/]?|[,،]?[ ]\d{{1,2}}[.,،]?(?!\d)|[,،]?[ ]\d{{4}}(?!\d)){{0,9}}
        ,?\s+(?:--|[—–-])\s+
        |[A-Z]{{4}}[A-Z .,'’-]*:\s+
    )(?=["“„«‘']|{_CAPITAL})""",
    re.VERBOSE,
)
_LINE = re.compile(r"(?:^|(?<=\n))" + _SHAPE.pattern, re.VERBOSE)
# A line of this length at most that ends without a stop is a headline.
_HEADLINE = re.compile(r"\s*[^\n]{1,160}(?<![.!?:;,\s])[ \t]*\n\s*")


def datelines(text: str) -> Iterator[Span]:
    """Yield what says where a paragraph is from, before its first sentence, dash and blanks included."""
    for found in _LINE.finditer(text):
        yield Span(found.start(), found.end())


def own_dateline(text: str) -> Span | None:
    """Return the dateline of the story itself: at its beginning, or below its headline."""
    begin = len(text) - len(text.lstrip())
    headline = _HEADLINE.match(text)
    for start in (begin, headline.end() if headline else begin):
        if found := _SHAPE.match(text, start):
            return Span(start, found.end())
    return None
