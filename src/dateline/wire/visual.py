"""Glyphs where they stand on paper → text in the order it is read.

Paper has lines and no paragraphs' ends, and shows right-to-left runs from right to left. Lines are told apart by their
base line; within one, runs go back from visual to logical order by the Unicode Bidirectional Algorithm's rule L2
turned round, for the two levels that a newspaper's paragraphs have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from dateline.text.direction import Direction

_MIRRORED = str.maketrans("()[]{}<>«»‹›⟨⟩", ")(][}{><»«›‹⟩⟨")
_NUMBER = re.compile(r"[\d.,:/%٪٫٬+-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """Characters at one place: ``x`` and ``y`` of their origin and the font's ``size`` in points.

    ``run`` numbers the runs of one direction; ``backwards`` says that the run reads from right to left.
    ``stated`` says that the file names the characters; else they are those drawn, brackets mirrored in such a run.
    """

    text: str
    x: float
    y: float
    size: float
    run: int
    backwards: bool
    stated: bool = False


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Part glyphs, in the order they were painted, into lines. A mark set off its letter stays on its line."""
    lines: list[list[Glyph]] = []
    for glyph in glyphs:
        if lines and _level(lines[-1][0], glyph):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return lines


def lines_text(pieces: Sequence[Sequence[Glyph]], direction: Direction) -> list[str]:
    """Return the lines of a paragraph whose pieces come in the order they are read in."""
    told: list[str] = []
    last: Glyph | None = None
    for piece in pieces:
        for line in lines_of(piece):
            text = line_text(line, direction)
            if last is not None and _level(last, line[0]):
                told[-1] += text
            else:
                told.append(text)
            last = line[0]
    return told


def _level(one: Glyph, other: Glyph) -> bool:
    return abs(one.y - other.y) < 0.6 * max(one.size, other.size, 1)


def line_text(line: Sequence[Glyph], direction: Direction) -> str:
    """Return the text of one line in reading order."""
    runs = [list(run) for _, run in groupby(line, key=lambda glyph: (glyph.run, glyph.backwards))]
    runs.sort(key=lambda run: min(glyph.x for glyph in run))
    said = [_run_text(run, direction) for run in runs]
    if direction == "rtl":
        return "".join(_from_right(said))
    return "".join(_from_left(said))


def _run_text(run: list[Glyph], direction: Direction) -> tuple[str, bool]:
    """Return a run as it reads, and whether it runs backwards; signs alone go with the paragraph."""
    backwards = run[0].backwards or (direction == "rtl" and not any(_leads_right(glyph.text) for glyph in run))
    if not backwards:
        return "".join(glyph.text for glyph in run), False
    return "".join(glyph.text if glyph.stated else glyph.text.translate(_MIRRORED) for glyph in reversed(run)), True


def _leads_right(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in ("L", "EN", "AN") for char in text)


def _from_right(runs: list[tuple[str, bool]]) -> list[str]:
    """Read from the right; neighbouring left-to-right runs keep their own order."""
    parts: list[str] = []
    for backwards, stretch in groupby(reversed(runs), key=lambda run: run[1]):
        texts = [text for text, _ in stretch]
        parts += texts if backwards else texts[::-1]
    return parts


def _from_left(runs: list[tuple[str, bool]]) -> list[str]:
    """Read from the left, stretches of right-to-left runs from their right; a number set in one belongs to it."""
    inner = [
        backwards or (0 < at < len(runs) and _in_stretch(runs, at, text)) for at, (text, backwards) in enumerate(runs)
    ]
    parts: list[str] = []
    at = 0
    for is_inner, stretch in groupby(inner):
        count = len(list(stretch))
        taken = runs[at : at + count]
        parts += _from_right(taken) if is_inner else [text for text, _ in taken]
        at += count
    return parts


def _in_stretch(runs: list[tuple[str, bool]], at: int, text: str) -> bool:
    """Tell whether signs, or a number, between two right-to-left runs belong to their stretch."""
    between = runs[at - 1][1] and at + 1 < len(runs) and runs[at + 1][1]
    return between and (not _leads_right(text) or _NUMBER.fullmatch(text) is not None)


def join_lines(lines: Sequence[str], *, spaces_painted: bool) -> str:
    """Return a paragraph from its lines.

    Where the page painted the spaces its lines broke at, nothing is added. Where it did not, a space is, but not
    after a hyphen inside a word nor inside an address.
    """
    text = ""
    for line in lines:
        if not spaces_painted and text and not text[-1].isspace() and not _glued(text):
            text += " "
        text += line
    return " ".join(text.split(" ")).strip()


def goes_on(line: str, *, spaces_painted: bool) -> bool:
    """Tell whether a paragraph goes on after ``line``, the last one of its page."""
    if spaces_painted:
        return line.endswith(" ") or _glued(line)
    return re.search(r"[.!?…؟۔:][\"'”’»)\]]*$", line.rstrip()) is None


def _glued(text: str) -> bool:
    last = text.rsplit(maxsplit=1)[-1] if text.split() else ""
    return "://" in last or re.search(r"\w[-‐/]$", text) is not None
