"""Quotation marks, paired paragraph by paragraph; an odd mark never costs more than its own paragraph."""

from __future__ import annotations

from dateline.text.spans import Span

_CLOSING = {"“": "”", "«": "»", "»": "«", "„": "“”", "‟": "”", '"': '"'}


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a Story's text."""
    spans, start = [], 0
    for paragraph in text.split("\n\n"):
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + 2
    return spans


def quoted(text: str) -> list[Span]:
    """Return what stands in quotation marks, the marks included, in order.

    A paragraph that opens a quotation and does not close it is quoted to its end when the next one opens with a mark
    again (the convention for long quotations) or when the mark stands at its beginning; else the mark is passed over.
    """
    spans = []
    whole = paragraphs(text)
    for number, paragraph in enumerate(whole):
        opened: int | None = None
        closing = ""
        for place in range(paragraph.start, paragraph.end):
            char = text[place]
            if opened is None:
                if char in _CLOSING and not _is_inch(text, place):
                    opened, closing = place, _CLOSING[char]
            elif char in closing and place > opened + 1:
                spans.append(Span(opened, place + 1))
                opened = None
        if opened is not None and (opened == paragraph.start or _goes_on(text, whole, number)):
            spans.append(Span(opened, paragraph.end))
    return spans


def _goes_on(text: str, whole: list[Span], number: int) -> bool:
    return number + 1 < len(whole) and len(whole[number + 1]) > 0 and text[whole[number + 1].start] in _CLOSING


def _is_inch(text: str, place: int) -> bool:
    """A straight mark right behind a digit is a measure, unless a quotation could open there."""
    return text[place] == '"' and place > 0 and text[place - 1].isalnum()
