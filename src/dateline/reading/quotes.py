"""Quotes: the words and claims a story gives to a speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.reading.colons import according_to, colon_cues
from dateline.reading.contents import Kind, content_of, is_beside, is_speech
from dateline.reading.cues import Cue, cues
from dateline.reading.cuewords import listed
from dateline.reading.marks import around, paragraphs, quoted
from dateline.reading.notes import Notes
from dateline.reading.plain_quotes import plain_quotes
from dateline.reading.speakers import Speakers
from dateline.story import Quote
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

# How many quotes back a denial may answer.
_BEFORE = 6
# How far from its sentence a cue may have words in marks, in characters: "the minister said:" and a line break.
_REACH = 80


@dataclass(slots=True)
class _Said:
    """A quote in the making."""

    cue: Cue
    content: list[Span]
    kind: Kind
    speaker: str | None = None
    answers: Span | None = None


def quotes(notes: Notes) -> bool:
    """Find who says what."""
    if notes.doc is None:
        return plain_quotes(notes)
    marked = quoted(notes.text)
    free = set(marked)
    said: list[_Said] = []
    found_cues = [cue for cue in _all_cues(notes.doc) if not _is_within(cue, marked)]
    starts = sorted(cue.span.start for cue in found_cues)
    for cue in found_cues:
        found = _said(cue, notes.text, _near(cue, marked, free, starts))
        if found is not None:
            said.append(found)
            free.difference_update(
                span for content in found.content for span in around(marked, content.start, content.end)
            )
    said = _outermost(said)
    speakers = Speakers(notes)
    for each in said:  # In the order of the text, as a pronoun stands for somebody before it.
        source = each.cue.source
        each.speaker = speakers.of(source.head, source.span) if source is not None else None
    said.sort(key=lambda each: each.content[0])
    _tie_denials(notes, said, speakers)
    rest = _carry_on(notes.text, said, free)
    notes.quotes = tuple(sorted([*map(_quote, said), *rest], key=lambda quote: quote.content[0]))
    return True


def _all_cues(doc: Doc) -> Iterator[Cue]:
    yield from cues(doc)
    yield from according_to(doc)
    yield from colon_cues(doc)


def _is_within(cue: Cue, marked: list[Span]) -> bool:
    """Say whether somebody else speaks the cue: it stands in marks, or its source does."""
    parts = [cue.span, *([cue.source.span] if cue.source is not None else [])]
    return any(span.holds(part) for part in parts for span in around(marked, part.start, part.end))


def _near(cue: Cue, marked: list[Span], free: set[Span], starts: list[int]) -> list[Span]:
    """Return the stretches in marks that may be the cue's: in reach of its sentence, no other cue between, not taken.

    Those that its clause runs into are its own in any case.
    """
    sentence = cue.word.sent
    found = [
        span
        for span in around(marked, sentence.start_char - _REACH, sentence.end_char + _REACH)
        if span in free and not _is_parted(span, cue.span, starts)
    ]
    for clause in cue.said.content if cue.said is not None else ():
        found += [span for span in around(marked, clause.start, clause.end) if not clause.holds(span)]
    return sorted(set(found))


def _is_parted(span: Span, cue: Span, starts: list[int]) -> bool:
    """Say whether another cue stands between a cue and a stretch in marks, and so takes it."""
    first, last = min(span.end, cue.end), max(span.start, cue.start)
    return bisect_left(starts, last) > bisect_left(starts, first)


def _said(cue: Cue, text: str, near: list[Span]) -> _Said | None:
    """Return what a cue gives to its speaker, None when it is no cue here."""
    if cue.said is None and cue.source is None:
        return None
    source = cue.source.span if cue.source is not None else cue.span
    sentence = Span(cue.word.sent.start_char, cue.word.sent.end_char)
    marks = [span for span in near if is_beside(span, cue.span, source, sentence, text)]
    clauses = list(cue.said.content) if cue.said is not None else []
    content, kind = content_of(clauses, marks, cue.span, source, text)
    if not content:
        return None
    return _Said(cue, content, kind)


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
        within = [said[owner] for end, owner in reach if end >= each.cue.span.end and owner != number]
        if within and not (_is_owned(each.cue) and all(_is_object(other.cue) for other in within)):
            continue
        if kept and kept[-1].cue.span.overlaps(each.cue.span):
            # "issued a statement saying …": the longer cue has all of it.
            if len(each.cue.span) > len(kept[-1].cue.span):
                kept[-1] = each
            continue
        kept.append(each)
    return kept


def _is_owned(cue: Cue) -> bool:
    return cue.word.tag_.startswith("NN") and cue.source is not None


def _is_object(cue: Cue) -> bool:
    return cue.said is not None and (cue.said.how == "an object" or cue.said.how.startswith("what “"))


def _tie_denials(notes: Notes, said: list[_Said], speakers: Speakers) -> None:
    """Tie a denial to the claim it answers, told before in its own or the paragraph before.

    It names the claim ("the charge", "it"), or the one who denies is among those accused.
    """
    charges = listed("words", "charges")
    for place, denial in enumerate(said):
        if denial.cue.stance not in ("deny", "reject"):
            continue
        claimed = denial.content[0].of(notes.text).casefold().split()[:6]
        named = bool(charges & set(claimed)) or (len(claimed) == 1 and claimed[0] in listed("words", "bare"))
        for claim in reversed(said[max(0, place - _BEFORE) : place]):
            if notes.text.count("\n\n", claim.content[0].start, denial.content[0].start) > 1:
                break
            if claim.speaker is not None and claim.speaker == denial.speaker:
                continue
            accused = denial.speaker is not None and denial.speaker in speakers.among(claim.content)
            if (claim.cue.stance == "accuse" and (named or accused)) or (
                named and listed("words", "claims") & set(claimed)
            ):
                denial.answers = Span(claim.content[0].start, claim.content[-1].end)
                break


def _carry_on(text: str, said: list[_Said], free: set[Span]) -> list[Quote]:
    """Give marked stretches without a cue of their own to whoever speaks.

    In a paragraph with a quotation they continue it. A paragraph that is nothing but a quotation goes on with
    the one before it. Anything else in marks is no speech.
    """
    rest: list[Quote] = []
    left = sorted(free)
    last: _Said | None = None
    reached = -1
    at = 0
    for number, paragraph in enumerate(paragraphs(text)):
        here: list[_Said] = []
        while at < len(said) and said[at].content[0].start < paragraph.end:
            here.append(said[at])
            at += 1
        speech = [span for span in around(left, paragraph.start, paragraph.end) if is_speech(text, span)]
        direct = [each for each in here if each.kind != "indirect"] or here
        for span in speech:
            if direct:
                nearest = max((e for e in direct if e.content[0] < span), key=lambda e: e.content[0], default=direct[0])
                nearest.content = sorted([*nearest.content, span])
            elif len(span) >= 0.8 * len(paragraph) and last is not None and reached == number - 1:
                last.content = sorted([*last.content, span])
                reached = number
            elif len(span) >= 0.8 * len(paragraph):
                rest.append(_alone(span))
        if here:
            last, reached = here[-1], number
    return rest


def _alone(span: Span) -> Quote:
    why = "in quotation marks, no speaker beside them"
    return Quote(source=(), cue=(), content=(span,), kind="direct", why=why)


def _quote(said: _Said) -> Quote:
    cue = said.cue
    how = cue.said.how if cue.said is not None else "words in marks"
    return Quote(
        source=() if cue.source is None else (cue.source.span,),
        cue=(cue.span,),
        content=tuple(said.content),
        kind=said.kind,
        speaker=said.speaker,
        stance=cue.stance,
        answers=said.answers,
        why=f"cue “{cue.word.text}” ({cue.stance}): {how}",
    )
