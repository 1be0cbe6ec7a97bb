"""Quotes: the words and claims a story gives to a speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateline.reading.cues import Cue, cues
from dateline.reading.cuewords import cue_words
from dateline.reading.extents import source_of, stretch, whole
from dateline.reading.frames import Framed
from dateline.reading.marks import paragraphs, quoted
from dateline.reading.notes import Notes
from dateline.reading.speakers import Speakers
from dateline.story import Quote
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# Fewer words in marks, and no speaker beside them: a scare quote, a title, a nickname.
FEWEST_WORDS = 4
# Without a parse nothing tells a long title from a short saying, so only what is surely a sentence counts.
FEWEST_UNPARSED = 7
_DASH = re.compile(r"\s(?:[—–]|--?)\s|—|--")
_BETWEEN = re.compile(r"[\s,:;.–—-]*(?:that\s+|to\s+[\w ]{1,40}?)?[\s,:;–—-]*$")


@dataclass(slots=True)
class _Said:
    """A quote in the making."""

    cue: Cue
    source: Span | None
    content: list[Span]
    kind: Literal["direct", "mixed", "indirect"]
    speaker: str | None
    answers: Span | None = None


def quotes(notes: Notes) -> bool:
    """Find who says what. Without a parse only what stands in marks is found, and no speaker is guessed."""
    marked = quoted(notes.text)
    if notes.doc is None:
        notes.quotes = tuple(_alone(span) for span in marked if len(span.of(notes.text).split()) >= FEWEST_UNPARSED)
        return True
    speakers = Speakers(notes)
    free = list(marked)
    said: list[_Said] = []
    found_cues = [cue for cue in cues(notes.doc) if not any(span.holds(cue.span) for span in marked)]
    for cue in found_cues:
        own = [span for span in free if not _is_nearer(span, cue, found_cues)]
        found = _said(cue, notes.text, marked, own, speakers)
        if found is not None:
            said.append(found)
            free = [span for span in free if not any(span.overlaps(content) for content in found.content)]
    _according_to(notes, said, marked, speakers)
    said = _outermost(said)
    said.sort(key=lambda each: each.content[0])
    _tie_denials(notes.text, said)
    rest = _carry_on(notes.text, said, free)
    notes.quotes = tuple(sorted([*map(_quote, said), *rest], key=lambda quote: quote.content[0]))
    return True


def _outermost(said: list[_Said]) -> list[_Said]:
    """Leave out what is told within the words of another: there the claim is that other's, as a whole."""
    claims = sorted((span.start, -span.end, number) for number, each in enumerate(said) for span in each.content)
    kept: list[_Said] = []
    reach: list[tuple[int, int]] = []
    place = 0
    for number, each in sorted(enumerate(said), key=lambda pair: pair[1].cue.span):
        while place < len(claims) and claims[place][0] <= each.cue.span.start:
            reach.append((-claims[place][1], claims[place][2]))
            place += 1
        reach = [(end, owner) for end, owner in reach if end > each.cue.span.start]
        if not any(end >= each.cue.span.end and owner != number for end, owner in reach):
            kept.append(each)
    return kept


def _is_nearer(span: Span, cue: Cue, others: list[Cue]) -> bool:
    """Say whether another cue stands between the cue and a stretch in marks, and so takes it."""
    first, last = min(span.end, cue.span.end), max(span.start, cue.span.start)
    return any(first <= other.span.start < last for other in others if other is not cue)


def _said(cue: Cue, text: str, marked: list[Span], free: list[Span], speakers: Speakers) -> _Said | None:
    """Return what a cue gives to its speaker, None when it is no cue here."""
    source = source_of(cue.source, cue.word) if cue.source is not None else None
    if source is not None and any(span.holds(source) for span in marked):
        return None
    if cue.said is None and source is None:
        return None
    sentence = Span(cue.word.sent.start_char, cue.word.sent.end_char)
    beside = [span for span in free if _is_beside(span, cue.span, source or cue.span, sentence, text)]
    clauses = []
    for clause in cue.said.content if cue.said is not None else ():
        cut = _outside(_before_dash(clause, text), cue.span, source, text)
        if cut is not None:
            clauses.append(cut)
    content, kind = _content(clauses, beside, text)
    if not content:
        return None
    speaker = speakers.of(cue.source, source) if cue.source is not None and source is not None else None
    return _Said(cue, source, content, kind, speaker)


def _is_beside(span: Span, cue: Span, source: Span, sentence: Span, text: str) -> bool:
    """Say whether a stretch in marks belongs to the cue: in its sentence, or right before or behind it."""
    if span.overlaps(cue) or source.holds(span) or "\n\n" in text[min(span.start, cue.start) : max(span.end, cue.end)]:
        return False
    if span.overlaps(sentence):
        return True
    first, last = min(cue.start, source.start), max(cue.end, source.end)
    if span.start >= last:
        return bool(_BETWEEN.match(text[last : span.start]))
    return span.end <= first and not text[span.end : first].strip(" \t,–—-")


def _before_dash(clause: Span, text: str) -> Span:
    """Cut off what a dash says about a claim ("… with trucks — a charge Oslo denies"): the paper's own words."""
    for dash in _DASH.finditer(text, clause.start, clause.end):
        if _claim_nouns() & set(text[dash.end() : clause.end].casefold().split()[:3]):
            return Span(clause.start, dash.start())
    return clause


def _claim_nouns() -> frozenset[str]:
    return cue_words().lists["words"]["charges"]


def _outside(clause: Span, cue: Span, source: Span | None, text: str) -> Span | None:
    """Cut the source and the cue off a clause they stand at the edge of, and the commas with them."""
    start, end = clause.start, clause.end
    for part in (cue, source):
        if part is None:
            continue
        if part.start <= start < part.end:
            start = part.end
        if part.start < end <= part.end:
            end = part.start
    while start < end and text[start] in " ,:\n\xa0":
        start += 1
    while end > start and text[end - 1] in " ,.\n\xa0":
        end -= 1
    return Span(start, end) if end - start > 1 else None


def _content(
    clauses: list[Span], beside: list[Span], text: str
) -> tuple[list[Span], Literal["direct", "mixed", "indirect"]]:
    """Return what is said and how. A clause partly in marks is mixed; a clause that is all marks is direct."""
    if not beside:
        return clauses, "indirect"
    if not clauses:
        short = all(len(span.of(text).split()) < FEWEST_WORDS for span in beside)
        return beside, "mixed" if short else "direct"
    touching = [span for span in beside if any(span.overlaps(clause) for clause in clauses)]
    own = sum(max(0, min(s.end, c.end) - max(s.start, c.start)) for s in touching for c in clauses)
    if touching and own >= 0.85 * sum(map(len, clauses)):
        return beside, "direct"
    merged: list[Span] = []
    for span in sorted([*clauses, *beside]):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged, "mixed" if touching else "indirect"


def _according_to(notes: Notes, said: list[_Said], marked: list[Span], speakers: Speakers) -> None:
    """Add what stands in a sentence "according to" somebody."""
    assert notes.doc is not None
    for token in notes.doc[:-1]:
        if token.lower_ != "according" or token.nbor().lower_ != "to":
            continue
        heads = [child for child in token.nbor().children if child.dep_ == "pobj"]
        span = Span(token.idx, token.nbor().idx + 2)
        if not heads or any(mark.holds(span) for mark in marked):
            continue
        source = source_of(heads[0], token)
        content = _rest_of_sentence(token, span, source, notes.text)
        if content:
            cue = Cue(token, "say", span, heads[0], Framed((content,), "the rest of its sentence"))
            touched = any(mark.overlaps(content) for mark in marked)
            said.append(
                _Said(cue, source, [content], "mixed" if touched else "indirect", speakers.of(heads[0], source))
            )


def _rest_of_sentence(token: Token, cue: Span, source: Span, text: str) -> Span | None:
    before = Span(token.sent.start_char, cue.start)
    behind = Span(min(source.end, token.sent.end_char), token.sent.end_char)
    longer = max(before, behind, key=len)
    start, end = longer.start, longer.end
    while start < end and text[start] in " ,\n":
        start += 1
    while end > start and text[end - 1] in " ,.\n":
        end -= 1
    return Span(start, end) if end - start > 2 else None


def _tie_denials(text: str, said: list[_Said]) -> None:
    """Tie a denial of "the charge" to the accusation before it, in its own or the paragraph before."""
    for place, denial in enumerate(said):
        claimed = set(denial.content[0].of(text).casefold().split())
        if denial.cue.stance not in ("deny", "reject") or not claimed & _claim_nouns():
            continue
        for claim in reversed(said[:place]):
            if text.count("\n\n", claim.content[0].start, denial.content[0].start) > 1:
                break
            if claim.cue.stance == "accuse":
                denial.answers = Span(claim.content[0].start, claim.content[-1].end)
                break


def _carry_on(text: str, said: list[_Said], free: list[Span]) -> list[Quote]:
    """Give marked stretches without a cue of their own to whoever speaks.

    In a paragraph with a quotation they continue it. A paragraph that is nothing but a quotation goes on with
    the speaker of the one before it. Anything else in marks is no speech.
    """
    rest: list[Quote] = []
    whole = paragraphs(text)
    last: tuple[int, str | None] | None = None
    for number, paragraph in enumerate(whole):
        here = [each for each in said if paragraph.holds(each.content[0])]
        speech = [span for span in free if paragraph.holds(span) and _is_speech(text, span)]
        direct = [each for each in here if each.kind != "indirect"] or here
        for span in speech:
            if direct:
                nearest = max((e for e in direct if e.content[0] < span), key=lambda e: e.content[0], default=direct[0])
                nearest.content = sorted([*nearest.content, span])
            elif last is not None and last[0] == number - 1 and len(span) >= 0.8 * len(paragraph):
                rest.append(_alone(span, speaker=last[1]))
        if speech or here:
            last = (number, here[-1].speaker if here else last[1] if last else None)
    return rest


def _is_speech(text: str, span: Span) -> bool:
    return len(span.of(text).split()) >= FEWEST_WORDS


def _alone(span: Span, speaker: str | None = None) -> Quote:
    why = (
        "a paragraph in marks: the speaker before goes on" if speaker else "in quotation marks, no speaker beside them"
    )
    return Quote(source=(), cue=(), content=(span,), kind="direct", speaker=speaker, why=why)


def _quote(said: _Said) -> Quote:
    source = () if said.source is None else (said.source,)
    return Quote(
        source=source,
        cue=(said.cue.span,),
        content=tuple(said.content),
        kind=said.kind,
        speaker=said.speaker,
        stance=said.cue.stance,
        answers=said.answers,
        why=f"cue “{said.cue.word.text}” ({said.cue.stance}): {said.cue.said.how if said.cue.said else 'words in marks'}",
    )
