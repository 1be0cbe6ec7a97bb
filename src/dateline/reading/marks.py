"""Quotation marks, paired paragraph by paragraph; an odd mark never costs more than its own paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from dateline.text.spans import Span

# What may close what. Wires and old archives write two single marks for one double, and editors mix straight and curly.
_CLOSING: dict[str, tuple[str, ...]] = {
    "“": ("”", '"'),
    '"': ('"', "”"),
    "«": ("»",),
    "»": ("«",),
    "„": ("“", "”"),
    "‟": ("”",),
    "``": ("''",),
    "''": ("''",),
    "‘‘": ("’’",),
}
OPENING = frozenset(mark[0] for mark in _CLOSING)
_MARK = re.compile("``|''(?!')|‘‘|’’|[“”«»„‟\"]")
_PARAGRAPH = re.compile(r"[^\n]+")


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a text; a single line break ends one too."""
    return [Span(found.start(), found.end()) for found in _PARAGRAPH.finditer(text)]


def quoted(text: str) -> list[Span]:
    """Return what stands in quotation marks, the marks included, in order.

    A paragraph that opens a quotation and does not close it is quoted to its end when the next one opens with a mark
    again (the convention for long quotations) or when the mark stands at its beginning; else the mark is passed over.
    """
    spans: list[Span] = []
    whole = paragraphs(text)
    for number, paragraph in enumerate(whole):
        opened: re.Match[str] | None = None
        for mark in _MARK.finditer(text, paragraph.start, paragraph.end):
            if opened is not None and mark.group() in _CLOSING[opened.group()] and not _only_opens(text, mark):
                if mark.start() > opened.end():
                    spans.append(Span(opened.start(), mark.end()))
                opened = None
            elif mark.group() in _CLOSING and not _only_closes(text, mark):
                opened = mark
        if opened is not None and (opened.start() == paragraph.start or _goes_on(text, whole, number)):
            spans.append(Span(opened.start(), paragraph.end))
    return spans


def _goes_on(text: str, whole: list[Span], number: int) -> bool:
    if number + 1 == len(whole):
        return False
    mark = _MARK.match(text, whole[number + 1].start)
    return mark is not None and mark.group() in _CLOSING


def _only_opens(text: str, mark: re.Match[str]) -> bool:
    """A straight mark behind a space and before a word opens: the one before it was never closed."""
    behind = text[mark.end() : mark.end() + 1]
    return mark.group() in ('"', "''") and text[mark.start() - 1].isspace() and behind.isalnum()


def _only_closes(text: str, mark: re.Match[str]) -> bool:
    """A straight mark right behind a word or a full stop closes, or is an inch: nothing opens there."""
    before = text[mark.start() - 1 : mark.start()]
    return mark.group() in ('"', "''") and (before.isalnum() or before in tuple(".,!?"))


def around(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Return those of some ordered spans, none within another, that touch a range."""
    return spans[
        bisect_right(spans, start, key=lambda span: span.end) : bisect_left(spans, end, key=lambda span: span.start)
    ]
