"""Paragraphs that are none: the site's own lines, the headline printed again, notes about the story."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from dateline.clean.blocks import Blocks
from dateline.story import Repair
from dateline.text.folding import fold
from dateline.text.labels import is_furniture
from dateline.text.urls import is_address

# Longer than this a paragraph is told in full, whatever word it begins with.
_LINE = 220
_FOOT = 600
_ENDS = (".", "!", "?", "…", "”", '"', "»", "。", "؟")


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """A body without what is not of the story, the note it carried, and what was done."""

    blocks: Blocks
    note: str | None
    repairs: tuple[Repair, ...]


def sweep(blocks: Blocks, *, headline: str | None = None) -> Swept:
    """Take the site's lines, a doubled headline and a correction note out of a body.

    Figures keep their place among the paragraphs that stay.
    """
    repairs: list[Repair] = []
    blocks = _docked(blocks, repairs)
    kept: list[str] = []
    places: list[int] = []  # how many paragraphs are kept before each old one
    note: str | None = None
    last = len(blocks.paragraphs) - 1
    for number, line in enumerate(blocks.paragraphs):
        places.append(len(kept))
        if is_site_line(line):
            repairs.append(Repair(kind="furniture", before=line, after="", rule="a line of the page, not of the story"))
        elif headline and not kept and fold(line) == fold(headline):
            repairs.append(Repair(kind="doubled-line", before=line, after="", rule="the headline stands a second time"))
        elif note is None and (number <= 1 or number >= last - 1) and last > 0 and is_correction(line):
            note = line
            repairs.append(Repair(kind="note", before=line, after=line, rule="a correction's note goes to the note"))
        else:
            kept.append(line)
    places.append(len(kept))
    figures = [replace(each, after=places[min(each.after, len(places) - 1)]) for each in blocks.figures]
    return Swept(blocks=Blocks(paragraphs=kept, figures=figures), note=note, repairs=tuple(repairs))


def _docked(blocks: Blocks, repairs: list[Repair]) -> Blocks:
    """Return a body without the site's lines at its end: how to reach the writer, whom to follow, what to buy."""
    end = len(blocks.paragraphs)
    while end > 1 and len(line := blocks.paragraphs[end - 1]) <= _FOOT and _ends().match(fold(line)):
        repairs.append(Repair(kind="furniture", before=line, after="", rule="the site's last lines, not the story's"))
        end -= 1
    figures = [replace(each, after=min(each.after, end)) for each in blocks.figures]
    return Blocks(paragraphs=blocks.paragraphs[:end], figures=figures)


def is_site_line(line: str) -> bool:
    """Tell whether a paragraph is a line of the site: of links, of advertising, of buttons."""
    if len(line) > _LINE + 150:
        return False
    folded = fold(line)
    if is_address(line):
        return True
    if _whole().fullmatch(folded.strip(" .»›→")):
        return True
    if len(line) <= _LINE and _starts().match(folded) and not _tells(line):
        return True
    return len(line) <= 60 and not line.endswith(_ENDS) and is_furniture(line)


def _tells(line: str) -> bool:
    """Tell whether a line goes on after its first sentence: an advertisement of the site does not."""
    return len(re.findall(r"[.!?؟](?=\s+\S)", line)) > 1


def is_correction(line: str) -> bool:
    """Tell whether a paragraph opens with the label of a correction."""
    return _corrections().match(fold(line)) is not None


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("dateline.clean") / "data" / "lines.toml").read_text("utf-8"))


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _starts() -> re.Pattern[str]:
    return re.compile(_any(re.escape(fold(start)) for each in _data().values() for start in each["starts"]))


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(_any(end for each in _data().values() for end in each.get("ends", ())))


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(
        _any(fold(whole) if whole.isascii() is False else whole for each in _data().values() for whole in each["whole"])
    )


@cache
def _corrections() -> re.Pattern[str]:
    words = _any(re.escape(fold(label)) for each in _data().values() for label in each["correction"])
    # A label has its colon or dash; an agency's "Corrects the number of …" is a sentence that begins with one.
    return re.compile(
        rf"[\[(*]*(?:(?:{words})(?: \([^)]*\))?\s*[:：—–-]|corrects (?:the|that|in|number|spelling|day|date|name)\b)"
    )
