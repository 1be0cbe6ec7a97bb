"""Where sentences and paragraphs begin and end, by rule."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from dateline.text.spans import Span

_STOP = re.compile(r"[.!?…؟۔。！？]+")
# What may close after the stop and still belongs to the sentence.
_CLOSERS = "\"'”’»)]›“"


def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of a text: what one blank line or more sets apart, without the space around."""
    return tuple(Span(*found.span()) for found in re.finditer(r"\S(?:(?!\n[^\S\n]*\n).)*(?<=\S)", text, re.DOTALL))


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text in order; none crosses a paragraph.

    Abbreviations, initials, decimals, run-together abbreviations ("US.Secretary") and addresses do not
    end one; a quotation mark or bracket closing after the stop belongs to it.
    """
    return tuple(found for part in paragraphs(text) for found in _of_paragraph(text, part))


def _of_paragraph(text: str, part: Span) -> Iterator[Span]:
    start = part.start
    for stop in _STOP.finditer(text, part.start, part.end):
        if stop.start() < start:
            continue
        end = stop.end()
        while end < part.end and text[end] in _CLOSERS:
            end += 1
        if end < part.end and not _ends(text, start, stop, end, part.end):
            continue
        yield Span(start, end)
        start = end + len(text[end : part.end]) - len(text[end : part.end].lstrip())
    if start < part.end:
        yield Span(start, part.end)


def _ends(text: str, start: int, stop: re.Match[str], end: int, limit: int) -> bool:
    """Tell whether the stop ends a sentence, by the word before it and the one after."""
    mark = stop[0][-1]
    if mark in "。！？":
        return True
    if not text[end].isspace():
        return False  # "US.Secretary", "3.5", "example.org", "?!" inside a word
    following = text[end:limit].lstrip()
    first = following.lstrip("\"'“‘«([„‹—–- ")[:1]
    if mark in "؟۔" or not first:
        return True
    if first.islower():
        return False  # "U.S. and", "… negotiations", '"Why?" he asked'
    if mark != ".":
        return mark != "…" or first.isupper() or not first.isalpha()
    if end > stop.end():
        return True
    word = re.search(r"[\w.'’-]*$", text[start : stop.start()])
    before = word[0].lower() if word else ""
    if len(before) == 1 and before.isalpha() and word and word[0].isupper():
        return False  # an initial: "John F. Kerry"
    if len(before) == 1 and re.match(r"[^\W\d_]\.", following):
        return False  # an abbreviation set with a space: "z. B."
    if before.isdigit() and len(before) <= 2 and not _opens(following):
        return False  # "12. Mai", "3. Platz"
    if before in _words("abbreviations") or re.fullmatch(r"(?:[^\W\d]\.)+[^\W\d]", before):
        dotted = before in _words("may_end") or "." in before
        return dotted and _opens(following)
    return True


def _opens(following: str) -> bool:
    """Tell whether the next word is one that opens sentences, rather than a name going on."""
    word = re.match(r"[\"'“‘«(]*([^\W\d_]+)", following)
    return bool(word) and word is not None and word[1].lower() in _words("openers")


@cache
def _words(key: str) -> frozenset[str]:
    data = tomllib.loads((files("dateline.text") / "data" / "sentences.toml").read_text("utf-8"))
    return frozenset(data[key])
