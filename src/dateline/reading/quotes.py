"""Quotes: the words and claims a story gives to a speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from dateline.reading.cues import OBJECT_IS_CONTENT, Cue, complement_of, cues, object_of, phrase_of
from dateline.reading.languages import words
from dateline.reading.marks import paragraphs, quoted
from dateline.reading.notes import Notes
from dateline.reading.plain_quotes import plain_quotes
from dateline.reading.speakers import Speakers
from dateline.story import Quote
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# Fewer words in marks, and no speaker beside them: a scare quote, a title, a nickname.
FEWEST_WORDS = 4
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
    """Find who says what."""
    if notes.doc is None:
        return plain_quotes(notes)
    marked = quoted(notes.text)
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
    said.sort(key=lambda each: each.content[0])
    _tie_denials(notes.text, said)
    rest = _carry_on(notes.text, said, free)
    notes.quotes = tuple(sorted([*map(_quote, said), *rest], key=lambda quote: quote.content[0]))
    return True


def _is_nearer(span: Span, cue: Cue, others: list[Cue]) -> bool:
    """Say whether another strong cue stands between the cue and a stretch in marks, and so takes it."""
    first, last = min(span.end, cue.span.end), max(span.start, cue.span.start)
    return any(first <= other.span.start < last and not other.weak for other in others if other is not cue)


def _said(cue: Cue, text: str, marked: list[Span], free: list[Span], speakers: Speakers) -> _Said | None:
    """Return what a cue gives to its speaker, None when the verb is no cue here."""
    if cue.subject is None:
        return None
    source = phrase_of(cue.subject)
    if any(span.holds(source) for span in marked):
        return None
    sentence = Span(cue.verb.sent.start_char, cue.verb.sent.end_char)
    beside = [span for span in free if _is_beside(span, cue.span, source, sentence, text)]
    clause = complement_of(cue.verb)
    if clause is None and not beside and not cue.weak and cue.stance in OBJECT_IS_CONTENT:
        clause = object_of(cue.verb)
    if clause is not None:
        clause = _outside(_before_dash(clause, text), cue.span, source, text)
    content, kind = _content(clause, beside, text)
    if not content:
        return None
    return _Said(cue, source, content, kind, speakers.of(cue.subject, source))


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


@cache
def _claim_nouns() -> frozenset[str]:
    return frozenset((words("en", "cues") or {})["answers"]["nouns"])


def _outside(clause: Span, cue: Span, source: Span, text: str) -> Span | None:
    """Cut the source and the cue off a clause they stand at the edge of, and the commas with them."""
    start, end = clause.start, clause.end
    for part in (cue, source):
        if part.start <= start < part.end:
            start = part.end
        if part.start < end <= part.end:
            end = part.start
    while start < end and text[start] in " ,\n":
        start += 1
    while end > start and text[end - 1] in " ,.\n":
        end -= 1
    return Span(start, end) if end - start > 2 else None


def _content(
    clause: Span | None, beside: list[Span], text: str
) -> tuple[list[Span], Literal["direct", "mixed", "indirect"]]:
    """Return what is said and how. A clause partly in marks is mixed; a clause that is all marks is direct."""
    if not beside:
        return ([clause] if clause else []), "indirect"
    if clause is None:
        short = all(len(span.of(text).split()) < FEWEST_WORDS for span in beside)
        return beside, "mixed" if short else "direct"
    touching = [span for span in beside if span.overlaps(clause)]
    own = sum(max(0, min(s.end, clause.end) - max(s.start, clause.start)) for s in touching)
    if touching and own >= 0.85 * len(clause):
        return beside, "direct"
    whole = Span(min(s.start for s in (clause, *touching)), max(s.end for s in (clause, *touching)))
    return sorted([whole, *(span for span in beside if not span.overlaps(whole))]), "mixed" if touching else "indirect"


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
        source = phrase_of(heads[0])
        content = _rest_of_sentence(token, span, source, notes.text)
        if content:
            cue = Cue(token, "say", False, span, heads[0])
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
        why=f"cue “{said.cue.verb.text}” ({said.cue.stance}) with its subject as the source",
    )
