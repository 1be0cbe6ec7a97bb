"""Findings laid over a text: overlapping spans cut into segments that lie flat, side by side."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from dateline.text.spans import Span

Part = Literal["name", "moment", "place", "source", "cue", "content", "answered", "event"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of the text that belongs to the finding with this number. ``part`` is its part in it.

    ``spot`` counts the places a finding stands at: a name said three times has three. Where ``leads`` is False the
    characters are too many to be a link themselves.
    """

    span: Span
    number: int
    part: Part = "name"
    spot: int = 1
    leads: bool = True

    @property
    def anchor(self) -> str:
        """The id of the place in a page: ``f7``, ``f7-2``."""
        return f"f{self.number}" if self.spot == 1 else f"f{self.number}-{self.spot}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Characters that all lie under the same marks.

    ``opens`` are marks at whose spots these are the first; ``lead`` is the one whose finding they lead to, the
    narrowest over them.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()
    lead: Mark | None = None


def segments(text: str, marks: Iterable[Mark]) -> tuple[tuple[Segment, ...], ...]:
    """Return the paragraphs of ``text``, each cut into segments; nothing of the text is changed.

    Marks that reach beyond the text are cut to it, empty ones passed over.
    """
    wanted = sorted((mark for mark in marks if mark.span.start < min(mark.span.end, len(text))), key=_order)
    cuts = sorted({end for mark in wanted for end in (mark.span.start, mark.span.end)})
    opened: set[tuple[int, int]] = set()
    over: list[Mark] = []
    paragraphs: list[tuple[Segment, ...]] = []
    start = coming = 0
    for paragraph in text.split("\n\n") if text else ():
        end = start + len(paragraph)
        pieces = []
        for here, there in pairwise([start, *cuts[bisect_right(cuts, start) : bisect_left(cuts, end)], end]):
            while coming < len(wanted) and wanted[coming].span.start <= here:
                over.append(wanted[coming])
                coming += 1
            over = [mark for mark in over if mark.span.end > here]
            if here < there:
                pieces.append(_segment(text[here:there], tuple(over), opened))
        paragraphs.append(tuple(pieces))
        start = end + 2
    return tuple(paragraphs)


def unlinked(paragraphs: Iterable[Iterable[Segment]]) -> frozenset[str]:
    """Return the anchors of spots that no segment leads from: the pages need a link of another kind there."""
    flat = [segment for paragraph in paragraphs for segment in paragraph]
    leading = {segment.lead.anchor for segment in flat if segment.lead}
    return frozenset(mark.anchor for segment in flat for mark in segment.opens) - leading


def _order(mark: Mark) -> tuple[int, int, int]:
    return mark.span.start, mark.span.end, mark.number


def _segment(text: str, marks: tuple[Mark, ...], opened: set[tuple[int, int]]) -> Segment:
    """Return a segment, with the marks whose spots open here: a quotation broken in three opens once."""
    if not marks:
        return Segment(text=text)
    opening = {(mark.number, mark.spot): mark for mark in reversed(marks) if (mark.number, mark.spot) not in opened}
    opened.update(opening)
    leading = [mark for mark in marks if mark.leads]
    lead = min(leading, key=lambda mark: (len(mark.span), mark.number), default=None)
    return Segment(text=text, marks=marks, opens=tuple(opening.values())[::-1], lead=lead)
