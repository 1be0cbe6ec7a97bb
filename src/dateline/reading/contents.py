"""What is said, put together from the clause of a cue and the words in marks beside it."""

from __future__ import annotations

import re
from typing import Literal

from dateline.reading.cuewords import listed
from dateline.text.spans import Span

Kind = Literal["direct", "mixed", "indirect"]
# Fewer words in marks, and no speaker beside them: a scare quote, a title, a nickname.
FEWEST_WORDS = 4
_DASH = re.compile(r"\s(?:[—–]|--?)\s|—|--|, ")
_BETWEEN = re.compile(r"[\s,:;.–—-]*(?:that\s+|to\s+[\w ]{1,40}?)?[\s,:;–—-]*$")
_SINGLE = re.compile(r"[.,!?]?’")
# "The minister said in a letter:" and the words in a paragraph of their own.
_ANNOUNCED = re.compile(r"[^\n.]{0,60}:\s*")
_SENTENCE = re.compile(r"\W{1,2}[A-Z][^\n]*\s[^\n]*[.!?]\W{1,2}")
_EDGES = " ,:;\n\xa0–—-"


def is_speech(text: str, span: Span) -> bool:
    """Say whether words in marks are spoken and no title: enough of them, or a whole sentence."""
    words = span.of(text)
    return len(words.split()) >= FEWEST_WORDS or bool(_SENTENCE.fullmatch(words))


def is_beside(span: Span, cue: Span, source: Span, sentence: Span, text: str) -> bool:
    """Say whether a stretch in marks belongs to a cue: in its sentence, or right before or behind it."""
    first, last = min(cue.start, source.start), max(cue.end, source.end)
    if span.overlaps(cue) or span.overlaps(source):
        return False
    between = text[last : span.start] if span.start >= last else text[span.end : first]
    if "\n" in between:
        return span.start >= last and bool(_ANNOUNCED.fullmatch(text[last - 1 : span.start]))
    if span.overlaps(sentence):
        return True
    if span.start >= last:
        return bool(_BETWEEN.match(between))
    return not between.strip(_EDGES)


def content_of(clauses: list[Span], marks: list[Span], cue: Span, source: Span, text: str) -> tuple[list[Span], Kind]:
    """Return what is said and how: word for word, partly, or reported."""
    spoken = [span for span in marks if is_spoken(span, cue, source, text)]
    behind = any(span.start >= cue.end for span in spoken)
    if spoken and (behind or not clauses or any(span.overlaps(clause) for span in spoken for clause in clauses)):
        return [span for span in marks if span in spoken or is_speech(text, span)], "direct"
    clauses = [part for clause in clauses for part in _outside(_before_dash(clause, text), cue, source, text)]
    if not clauses:
        told = [span for span in marks if is_speech(text, span)] or marks
        return told, "direct" if any(is_speech(text, span) for span in told) else "mixed"
    touching = [span for span in marks if any(span.overlaps(clause) for clause in clauses)]
    apart = [span for span in marks if span not in touching and is_speech(text, span)]
    own = sum(max(0, min(s.end, c.end) - max(s.start, c.start)) for s in touching for c in clauses)
    if touching and own >= 0.85 * sum(map(len, clauses)):
        return sorted([*touching, *apart]), "direct"
    merged: list[Span] = []
    for span in sorted([*clauses, *touching, *apart]):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged, "mixed" if touching else "indirect"


def is_spoken(span: Span, cue: Span, source: Span, text: str) -> bool:
    """Say whether marks right before the speaker or behind a colon hold all that is said (“It was late,” she said)."""
    first, last = min(cue.start, source.start), max(cue.end, source.end)
    if span.start >= last and not text[last - 1 : span.start].strip(" \n:") and ":" in text[last - 1 : span.start]:
        return is_speech(text, span)
    if span.end > first or text[span.end : first].strip(_EDGES) or not is_speech(text, span):
        return False
    # "The law “was passed in a hurry,” she said": marks that open within a sentence hold a part of it only.
    opening = span.of(text).lstrip("“\"'`‘«„ ")[:1]
    return not opening.islower()


def _before_dash(clause: Span, text: str) -> Span:
    """Cut off what a dash says about a claim ("… with trucks — a charge Oslo denies"): the paper's own words."""
    charges = listed("words", "charges")
    for dash in _DASH.finditer(text, clause.start, clause.end):
        behind = text[dash.end() : clause.end].casefold().split()[:3]
        if charges & set(behind) and (dash.group() != ", " or behind[0] in ("a", "an")):
            return Span(clause.start, dash.start())
    return clause


def _outside(clause: Span, cue: Span, source: Span, text: str) -> list[Span]:
    """Cut the cue and its source out of a clause, and the commas with them: what is left are one or two parts."""
    parts = [clause]
    for hole in sorted({cue, source}):
        parts = [left for part in parts for left in _without(part, hole)]
    return [trimmed for part in parts if (trimmed := _trimmed(part, text)) is not None]


def _without(part: Span, hole: Span) -> list[Span]:
    if not part.overlaps(hole):
        return [part]
    sides = (part.start, max(part.start, hole.start)), (min(part.end, hole.end), part.end)
    return [Span(start, end) for start, end in sides if end > start]


def _trimmed(span: Span, text: str) -> Span | None:
    start, end = span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES + ".":
        end -= 1
    # "calls it ‘useless.’": a single mark that opens in it closes it, too.
    if text.rfind("‘", start, end) > text.rfind("’", start, end) and (closing := _SINGLE.match(text, end)):
        end = closing.end()
    return Span(start, end) if end - start > 1 else None
