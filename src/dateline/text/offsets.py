"""Replacements on a raw string, with a map both ways."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.text.spans import Span


@dataclass(frozen=True, slots=True)
class Patch:
    """Put ``after`` where ``span`` stands in the raw text."""

    span: Span
    after: str


class Patched:
    """A raw string with its patches applied: ``text``, and where each character of it came from.

    Raises ValueError when two patches overlap or one lies outside the raw text.
    """

    def __init__(self, raw: str, patches: Iterable[Patch] = ()) -> None:
        self.raw = raw
        self.patches = tuple(sorted(patches, key=lambda patch: (patch.span.start, patch.span.end)))
        self._raw_starts: list[int] = []
        self._text_starts: list[int] = []
        parts: list[str] = []
        done = length = 0
        for patch in self.patches:
            if patch.span.start < done or patch.span.end > len(raw):
                raise ValueError(f"patch at [{patch.span.start}, {patch.span.end}) overlaps or lies outside")
            kept = raw[done : patch.span.start]
            length += len(kept)
            self._raw_starts.append(patch.span.start)
            self._text_starts.append(length)
            parts += [kept, patch.after]
            length += len(patch.after)
            done = patch.span.end
        parts.append(raw[done:])
        self.text = "".join(parts)

    def to_raw(self, span: Span) -> Span:
        """Return the raw characters that ``span`` of the text came from.

        A character of a replacement came from all that was replaced.
        """
        if not len(span):
            at = self._raw_at(span.start, end=False)
            return Span(at, at)
        start = self._raw_at(span.start, end=False)
        return Span(start, max(start, self._raw_at(span.end, end=True)))

    def to_text(self, span: Span) -> Span:
        """Return where the raw characters of ``span`` stand in the text (empty where they were cut)."""
        start = self._text_at(span.start, end=False)
        return Span(start, max(start, self._text_at(span.end, end=True)))

    def _raw_at(self, at: int, *, end: bool) -> int:
        # A start belongs to the character after it, an end to the character before it.
        index = bisect_right(self._text_starts, at - 1 if end else at) - 1
        while index >= 0:
            patch, begin = self.patches[index], self._text_starts[index]
            if begin + len(patch.after) > (at - 1 if end else at):
                return patch.span.end if end else patch.span.start
            if patch.after or not (end and begin + len(patch.after) == at):
                return patch.span.end + at - begin - len(patch.after)
            index -= 1
        return at

    def _text_at(self, at: int, *, end: bool) -> int:
        index = bisect_right(self._raw_starts, at - 1 if end else at) - 1
        if index < 0:
            return at
        patch, begin = self.patches[index], self._text_starts[index]
        if at >= patch.span.end:
            return begin + len(patch.after) + at - patch.span.end
        return begin + len(patch.after) if end else begin
