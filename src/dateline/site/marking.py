"""Findings laid over a text: overlapping spans cut into segments that lie flat, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from dateline.text.spans import Span

Part = Literal["name", "source", "cue", "content"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of the text that belongs to the finding with this number. ``part`` is its part in it."""

    span: Span
    number: int
    part: Part = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Characters that all lie under the same marks. ``opens`` numbers the findings that first appear here."""

    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[int, ...] = ()

    @property
    def link(self) -> int | None:
        """The finding these characters lead to: the narrowest one over them. A quotation is led to by its cue only."""
        leading = [mark for mark in self.marks if mark.part != "content"]
        return min(leading, key=lambda mark: (len(mark.span), mark.number)).number if leading else None


def segments(text: str, marks: Iterable[Mark]) -> tuple[tuple[Segment, ...], ...]:
    """Return the paragraphs of ``text``, each cut into segments; nothing of the text is changed.

    Marks that reach beyond the text are cut to it, empty ones passed over.
    """
    wanted = sorted((mark for mark in marks if mark.span.start < min(mark.span.end, len(text))), key=_order)
    opened: set[int] = set()
    paragraphs: list[tuple[Segment, ...]] = []
    start = 0
    for paragraph in text.split("\n\n") if text else ():
        whole = Span(start, start + len(paragraph))
        paragraphs.append(tuple(_cut(text, whole, [mark for mark in wanted if mark.span.overlaps(whole)], opened)))
        start = whole.end + 2
    return tuple(paragraphs)


def _order(mark: Mark) -> tuple[int, int, int]:
    return mark.span.start, mark.span.end, mark.number


def _cut(text: str, whole: Span, marks: list[Mark], opened: set[int]) -> Iterable[Segment]:
    edges = {whole.start, whole.end}
    for mark in marks:
        edges |= {max(mark.span.start, whole.start), min(mark.span.end, whole.end)}
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        piece = Span(start, end)
        over = tuple(mark for mark in marks if mark.span.holds(piece))
        opens = tuple(dict.fromkeys(mark.number for mark in over if mark.number not in opened))
        opened.update(opens)
        yield Segment(text=piece.of(text), marks=over, opens=opens)
