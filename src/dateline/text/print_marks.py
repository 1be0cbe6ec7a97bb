"""Signs that lines of text are those of a print page."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile

from dateline.text.calendars import read_date
from dateline.text.folding import fold_digits
from dateline.text.labels import any_form, find_label, is_furniture
from dateline.text.urls import is_address, is_front

_LINES_LOOKED_AT = 400
_HEAD = 8  # lines, at most, that stand over a story
_SENTENCE_END = re.compile(r"[.!?…؟۔。！？｡][\"'”’»)\]›“」』）]*$")


def is_print_page(text: str) -> bool:
    """Tell whether plain text is a pasted print page.

    A story code or a labelled link settles it; else two different signs are needed: a date on its own line, the site's
    bare address, words of the page such as "Print" or "QR code", a date between headline and story.
    """
    return len(print_marks(text)) >= 2


def print_marks(text: str) -> frozenset[str]:
    """Return the signs found: ``code``, ``link`` (each with ``sure``), ``date``, ``head``, ``site``, ``words``."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > _LINES_LOOKED_AT:
        lines = lines[: _LINES_LOOKED_AT // 2] + lines[-_LINES_LOOKED_AT // 2 :]
    marks: set[str] = set()
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        if len(line) > 300:
            continue
        found = find_label(line)
        value = (found.value.of(line).strip() or following) if found else ""
        if found and found.kind == "code" and is_code(value):
            marks |= {"code", "sure"}
        elif found and found.kind == "link" and is_address(value):
            marks |= {"link", "sure"}
        elif is_address(line) and is_front(line):
            marks.add("site")
        elif is_furniture(line) or _doubled_words(line):
            marks.add("words")
        elif read_date(line) or (found and found.kind in ("published", "updated") and read_date(value)):
            marks.add("date")
    return frozenset(marks | ({"head"} if "date" in marks and _is_headed(lines) else set()))


def _is_headed(lines: list[str]) -> bool:
    """Tell whether a headline and a date stand over the first sentence."""
    head = list(takewhile(lambda line: not is_paragraph(line), lines[: _HEAD + 1]))
    dates = [line for line in head if read_date(line) or label_kind(line) in ("published", "updated")]
    return len(head) < min(len(lines), _HEAD + 1) and bool(dates) and not all(map(is_head_line, head))


def is_head_line(line: str) -> bool:
    """Tell whether a line says something by itself: a label and what it labels, a date, an address, furniture."""
    if is_address(line) or (is_furniture(line) and not line[:1].islower()):
        return True
    if label_kind(line):
        return True
    return len(line) <= 80 and any(char.isdigit() for char in line) and read_date(line) is not None


def label_kind(line: str) -> str | None:
    """Return what a line is the label of; "By the evening …" opens a sentence."""
    found = find_label(line)
    if found is None or (found.kind == "by" and (not line[:1].isupper() or ends_as_sentence(line) or len(line) > 60)):
        return None
    return found.kind


def is_paragraph(line: str) -> bool:
    """Tell whether a line reads as a paragraph: long, or a sentence with its stop."""
    breadth = breadth_of(line)
    return breadth >= 140 or (breadth >= 25 and ends_as_sentence(line))


def breadth_of(line: str) -> int:
    """Return how many letters a line is broad: a Chinese or Japanese character takes two (UAX 11)."""
    if line.isascii():
        return len(line)
    return len(line) + sum(unicodedata.east_asian_width(char) in "WF" for char in line)


def ends_as_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text) is not None


def is_code(said: str) -> bool:
    """Tell whether ``said`` can be a story code: short, without spaces but around joints, with a digit in it."""
    said = fold_digits(said.strip())
    return (
        1 <= len(said) <= 40 and len(said.split()) <= 2 and any(char.isdigit() for char in said) and "://" not in said
    )


def _doubled_words(line: str) -> bool:
    return any(line == form * 2 for form in any_form("qr"))
