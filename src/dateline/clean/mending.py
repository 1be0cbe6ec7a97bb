"""The page's text mended before it is read, and each mending recorded so that it can be undone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.clean.leaks import Leak, find_leaks
from dateline.clean.page_text import PICTURE, PageText
from dateline.clean.wrapped import unwrap
from dateline.story import Figure, Repair
from dateline.text.offsets import Patch, Patched
from dateline.text.spans import Span

# No-break spaces, and runs of spaces, read as one space; soft hyphens and zero-width spaces as nothing.
_NOTHING = "\u00ad\u200b\ufeff"
_SPACING = re.compile(r"[ \t\u00a0]{2,}|\u00a0|[\u00ad\u200b\ufeff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A page's text without leaked shortcodes and odd spacing; ``figures`` stand where it has U+FFFC."""

    page: PageText
    patched: Patched
    leaks: tuple[Leak, ...]
    figures: tuple[Figure, ...]
    was_wrapped: bool

    def raw(self, span: Span) -> Span:
        """Return the characters of the source that ``span`` of the mended text came from."""
        return self.page.patched.to_raw(self.patched.to_raw(span))

    def repair_of(self, leak: Leak, starts: list[tuple[Span, int]]) -> Repair:
        """Return the Repair of a leak; ``starts`` pairs stretches of mended text with their place in the story."""
        raw = self.page.patched.to_raw(leak.patch.span)
        at = self.patched.to_text(leak.patch.span)
        told = next((start + at.start - span.start for span, start in starts if span.holds(at)), None)
        after = leak.figure.caption or "" if leak.figure else leak.patch.after
        return Repair(
            kind=leak.kind,
            before=raw.of(self.page.patched.raw),
            after=after,
            rule=leak.rule,
            raw=raw,
            at=None if leak.figure or not after else told,
        )


def mend(page: PageText, *, is_html: bool) -> Mended:
    """Mend the text of a page: shortcodes, spacing, lines broken to a width."""
    text = page.patched.text
    leaks = find_leaks(text, page.pictures)
    patches = [leak.patch for leak in leaks]
    joins = [] if is_html else _beside(unwrap(text, headed=True), patches)
    patches += joins
    if not is_html:  # a stray object mark of a paste stands for nothing we have
        patches += _beside([Patch(Span(*found.span()), "") for found in re.finditer(PICTURE, text)], patches)
    spacing = (Patch(Span(*found.span()), "" if found[0][0] in _NOTHING else " ") for found in _SPACING.finditer(text))
    patches += _beside(spacing, patches)
    figures = _figures(text, page, leaks)
    return Mended(page=page, patched=Patched(text, patches), leaks=leaks, figures=figures, was_wrapped=bool(joins))


def _beside(patches: Iterable[Patch], others: list[Patch]) -> list[Patch]:
    """Return the patches that overlap none of the others (which overlap none of each other)."""
    taken = sorted(other.span for other in others)
    starts = [span.start for span in taken]

    def is_free(span: Span) -> bool:
        near = bisect_left(starts, span.end)
        return near == 0 or taken[near - 1].end <= span.start

    return [patch for patch in patches if is_free(patch.span)]


def _figures(text: str, page: PageText, leaks: tuple[Leak, ...]) -> tuple[Figure, ...]:
    """Return the figures in the order they stand in: the page's own pictures and those of captions."""
    marks = [Patch(Span(*found.span()), "") for found in re.finditer(PICTURE, text)]
    free = {patch.span.start for patch in _beside(marks, [leak.patch for leak in leaks])}
    placed = [(mark.span.start, picture) for mark, picture in zip(marks, page.pictures, strict=False)]
    placed = [(at, picture) for at, picture in placed if at in free]
    placed += [(leak.patch.span.start, leak.figure) for leak in leaks if leak.figure]
    return tuple(figure for _, figure in sorted(placed, key=lambda each: each[0]))
