"""The words of a text, and what may join them to one name."""

from __future__ import annotations

import re
from bisect import bisect

from dateline.text.spans import Span

WORD = re.compile(r"[^\W_](?:[\w'’&.]*\w)?")
# What may stand between two words of a name.
_GAPS = (" ", "-", " - ", "’ ", " & ")


class Words:
    """The words of a text, and how far a name runs through them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [Span(*match.span()) for match in WORD.finditer(text)]
        self.starts = [span.start for span in self.spans]
        self.headlines = _headlines(text)
        self.small = {word for span in self.spans if (word := span.of(text)).islower()}

    def at(self, place: int) -> int:
        """Return the number of the word that begins at or before a place."""
        return bisect(self.starts, place) - 1

    def said(self, number: int) -> str:
        return self.spans[number].of(self.text) if 0 <= number < len(self.spans) else ""

    def joined(self, number: int) -> bool:
        """Say whether nothing divides a word from the one behind it but what may stand within a name."""
        gap = self.gap(number)
        return gap in _GAPS or (gap == ". " and len(self.said(number)) < 3)

    def gap(self, number: int) -> str:
        """Return what stands between a word and the one behind it."""
        if not 0 <= number < len(self.spans) - 1:
            return "\n"
        return self.text[self.spans[number].end : self.spans[number + 1].start]

    def capital(self, number: int) -> bool:
        return self.said(number)[:1].isupper() or self.said(number)[:1].isdigit()

    def in_headline(self, number: int) -> bool:
        """Say whether a word stands in a line that writes every word with a capital, where capitals tell nothing."""
        start = self.spans[number].start
        place = bisect(self.headlines, (start, len(self.text))) - 1
        return place >= 0 and start < self.headlines[place][1]

    def stands_alone(self, span: Span) -> bool:
        """Say whether a stretch is no part of a longer word, handle or address."""
        before, after = self.text[max(0, span.start - 1) : span.start], self.text[span.end : span.end + 1]
        return before not in tuple("-/@#.") and not after.isalnum() and after not in ("-", "@")

    def opens_sentence(self, number: int) -> bool:
        before = self.text[max(0, self.spans[number].start - 3) : self.spans[number].start].rstrip(" \"“‘'(")
        return not before or before[-1] in ".!?:\n•*|" or before.endswith("\n")


def _headlines(text: str) -> list[tuple[int, int]]:
    """Return the lines in title case: longer ones, of whose long words hardly any has no capital."""
    lines, start = [], 0
    for line in text.split("\n"):
        long = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
        if 5 < len(long) < 30 and sum(word[0].isupper() for word in long) >= 0.8 * len(long):
            lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines
