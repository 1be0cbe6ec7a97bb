"""Quotes in a language without a parser: verbs of saying, the phrase beside them, marks and reported speech.

Within a sentence the verb's clause tells where the speaker stands (before the verb, or right behind it), and what is
said shows by its marks, by the word that opens its clause, by an infinitive, or by a form of reported speech.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from dateline.reading.marks import paragraphs, quoted
from dateline.reading.notes import Notes
from dateline.reading.plain_cues import MASK, PlainCue, PlainCues, plain_cues
from dateline.reading.plain_sources import PlainSource, PlainSpeakers, phrases
from dateline.story import Quote
from dateline.text.sentences import sentences
from dateline.text.spans import Span

# Fewer words in marks: a scare quote or a title, no speech.
FEWEST_WORDS = 4
# So many verbs of saying no sentence has; what goes on beyond them is none.
MOST_CUES = 12
# Without words for cues nothing tells a long title from a short saying, so only what is surely a sentence counts.
FEWEST_UNLED = 7


@dataclass(slots=True)
class _Spoken:
    """A quote in the making."""

    cue: PlainCue
    source: PlainSource | None
    speaker: str | None
    content: list[Span]
    kind: Literal["direct", "mixed", "indirect"]
    answers: Span | None = None


def plain_quotes(notes: Notes) -> bool:
    """Find who says what. In a language without cues only what stands in marks is found, and no speaker is guessed."""
    marked = quoted(notes.text)
    cues = plain_cues(notes.language)
    shape = phrases(notes.language) if cues else None
    if cues is None or shape is None:
        notes.quotes = tuple(_alone(span) for span in marked if len(span.of(notes.text).split()) >= FEWEST_UNLED)
        return True
    reader = _Speech(notes, marked, cues, PlainSpeakers(notes, shape))
    said: list[_Spoken] = []
    rest: list[Quote] = []
    last: str | None = None
    marks = iter(_by_paragraph(notes.text, marked))
    for paragraph in paragraphs(notes.text):
        own = next(marks)
        here = reader.read(paragraph, own)
        told = sorted(each for spoken in here for each in spoken.content)
        speech = [span for span in _outside(own, told) if len(span.of(notes.text).split()) >= FEWEST_WORDS]
        if here:
            _carry_on(here, speech)
        elif last is not None:
            rest += [_alone(span, last) for span in speech if len(span) >= 0.8 * len(paragraph)]
        said += here
        last = here[-1].speaker if here else last if speech else None
    _tie_denials(said, notes.text, cues)
    notes.quotes = tuple(sorted([*map(_quote, said), *rest], key=lambda quote: quote.content[0]))
    return True


def _outside(spans: list[Span], others: list[Span]) -> list[Span]:
    """Return the spans that overlap none of the others; both in text order."""
    starts = [other.start for other in others]
    near = ((span, others[max(0, bisect_left(starts, span.end) - 2) : bisect_left(starts, span.end)]) for span in spans)
    return [span for span, beside in near if not any(span.overlaps(other) for other in beside)]


def _by_paragraph(text: str, marked: list[Span]) -> Iterator[list[Span]]:
    """Yield what stands in marks, paragraph by paragraph."""
    place = 0
    for paragraph in paragraphs(text):
        own = []
        while place < len(marked) and marked[place].start < paragraph.end:
            own.append(marked[place])
            place += 1
        yield own


class _Speech:
    """Reads paragraph by paragraph; ``masked`` is the text with what stands in marks blotted out."""

    def __init__(self, notes: Notes, marked: list[Span], cues: PlainCues, speakers: PlainSpeakers) -> None:
        self.text = notes.text
        self.cues = cues
        self.speakers = speakers
        self.moments = {moment.span.start: moment.span.end for moment in notes.moments}
        letters = list(notes.text)
        for span in marked:
            letters[span.start : span.end] = MASK * len(span)
        self.masked = "".join(letters)

    def read(self, paragraph: Span, marks: list[Span]) -> list[_Spoken]:
        """Return what is said in a paragraph."""
        said: list[_Spoken] = []
        self.speakers.paragraph = paragraph.start
        starts, ends = [span.start for span in marks], [span.end for span in marks]
        for unit in _units(self.text, paragraph, marks):
            own = marks[bisect_right(ends, unit.start) : bisect_left(starts, unit.end)]
            here = list(self._in(unit, own))
            if not here and said and self._goes_on(unit, said[-1]):
                said[-1].content.append(_trimmed(unit, self.text))
            said += here
        return said

    def _goes_on(self, unit: Span, before: _Spoken) -> bool:
        """Say whether a sentence is reported speech without a cue of its own: "Man werde nicht nachgeben." """
        told = self.cues.reported.search(self.masked, unit.start, unit.end)
        return before.kind != "direct" and bool(told) and next(self.cues.find(self.masked, unit), None) is None

    def _in(self, unit: Span, marks: list[Span]) -> Iterator[_Spoken]:
        found = list(islice(self.cues.find(self.masked, unit), MOST_CUES))
        told = -1
        for number, cue in enumerate(found):
            if cue.verb.start < told:
                continue
            # "versprach X, und nannte Y": the second verb has a clause of its own.
            after = found[number + 1] if number + 1 < len(found) else None
            joint = self.cues.joint(self.masked, after.verb) if after else None
            own = [span for span in marks if self._nearest(span, found) == number]
            if spoken := self._spoken(cue, Span(unit.start, joint) if joint else unit, own):
                yield spoken
                told = joint or unit.end
        if told < 0 and (spoken := self._by_phrase(unit, marks) or self._by_colon(unit, marks)):
            yield spoken

    @staticmethod
    def _nearest(span: Span, found: list[PlainCue]) -> int:
        away = [max(cue.verb.start - span.end, span.start - cue.verb.end) for cue in found]
        return away.index(min(away))

    def _spoken(self, cue: PlainCue, unit: Span, marks: list[Span]) -> _Spoken | None:
        if as_clause := self.cues.as_clause(self.masked, unit, cue):
            return self._as_said(cue, as_clause, unit, marks)
        source, behind = self._source(cue, unit)
        if source is None:
            return None
        end = max(cue.end, source.span.end if behind else 0)
        clause = self.cues.clause_behind(self.masked, end, unit, weak=cue.weak)
        if clause is None and behind and (before := self._before(cue, unit)):
            clause = before
        if clause is None and not marks and cue.stance in self.cues.objects and not cue.weak:
            clause = self._object(cue, source, unit, behind=behind)
        if clause is None and not marks:
            return None
        if clause is not None and self.cues.relates.match(self.masked, clause.start):
            clause = _trimmed(Span(self._past_moment(self._past_blank(end)), clause.end), self.text)
        speaker = self.speakers.key(source, self.text)
        content, kind = _content(clause, marks, self.text)
        if kind == "mixed" and clause is None and any(self._is_speech(span, unit) for span in marks):
            kind = "direct"
        return _Spoken(cue, source, speaker, content, kind) if content else None

    def _is_speech(self, span: Span, unit: Span) -> bool:
        """Say whether a short stretch in marks is a saying: it opens the sentence, or a colon leads it."""
        return span.start == unit.start or self.text[unit.start : span.start].rstrip().endswith(":")

    def _source(self, cue: PlainCue, unit: Span) -> tuple[PlainSource | None, bool]:
        """Return who speaks, and whether that stands behind the verb."""
        start = self.cues.clause_start(self.masked, unit, cue.verb.start)
        region = Span(start, cue.verb.start)
        if before := self._filling(region, unit):
            return before, False
        behind = self._past_moment(self._past_blank(cue.verb.end))
        quoted_before = self.masked[unit.start : cue.verb.start].rstrip(" ,").endswith(MASK)
        after = self.speakers.subject_at(self.masked, behind, unit.end, any_noun=quoted_before)
        if after is not None and not (cue.particle and after.span.end > cue.particle.end):
            return after, True
        # "Lawrow, der russische Außenminister, sagte", "Merkel reiste ab und sagte": the sentence's own beginning.
        if before := self._filling(region, unit, any_noun=True):
            return before, False
        first = self.speakers.subject_at(self.masked, unit.start, cue.verb.start, any_noun=True)
        led = self.masked[first.span.end : cue.verb.start].strip() if first else "-"
        if first is not None and (named := self.speakers.inserted(self.masked, first, cue.verb.start)):
            return named, False
        if first is not None and ((led.startswith(",") and led.endswith(",")) or self.cues.joins(led)):
            return first, False
        return self._in_apposition(cue, unit), False

    def _filling(self, region: Span, unit: Span, *, any_noun: bool = False) -> PlainSource | None:
        """Return the source that is all that stands before a verb, but for where it sits: "Das Amt in Wien"."""
        voice = self.speakers.subject_at(self.masked, region.start, region.end, any_noun=any_noun)
        if voice is None:
            return None
        setting = self.speakers.shape.setting.match(self.masked, voice.span.end, region.end)
        rest = self.masked[setting.end() if setting else voice.span.end : region.end]
        return None if rest.strip() else self._with_other(voice, unit)

    def _in_apposition(self, cue: PlainCue, unit: Span) -> PlainSource | None:
        """Return whom the stretch between the last two commas names: "Einer von ihnen, der Kapitän Jón, sagte"."""
        if not self.masked[unit.start : cue.verb.start].rstrip().endswith(","):
            return None
        comma = self.masked.rindex(",", unit.start, cue.verb.start)
        start = self._past_blank(max(unit.start, self.masked.rfind(",", unit.start, comma) + 1))
        told = self.speakers.at(self.masked, start, comma)
        return told if told is not None and told.span.end == comma else None

    def _with_other(self, voice: PlainSource, unit: Span) -> PlainSource:
        """Return a source with the one "und" joins to it: "Fielding und seine Kollegin"."""
        if voice.span.start == unit.start:
            return voice
        first = self.speakers.at(self.masked, unit.start, voice.span.start)
        between = self.masked[first.span.end : voice.span.start].strip() if first else ""
        if first is None or len(between.split()) != 1 or not self.cues.joins(between):
            return voice
        return PlainSource(Span(first.span.start, voice.span.end), first.head)

    def _past_blank(self, place: int) -> int:
        return place + 1 if place < len(self.masked) and self.masked[place] in " \u00a0" else place

    def _past_moment(self, place: int) -> int:
        """Step over when it was said: "teilte am Montag das Ministerium mit"."""
        word = re.compile(r"[a-zäöü]{2,4} ").match(self.masked, place)
        for start in (place, word.end() if word else place):
            if start in self.moments:
                return self._past_blank(self.moments[start])
        return place

    def _before(self, cue: PlainCue, unit: Span) -> Span | None:
        """Return the clause before ", sagte X"."""
        before = self.masked[unit.start : cue.verb.start].rstrip()
        if not before.endswith(",") or before[0] == MASK or before.count(MASK) > 0.7 * len(before):
            return None
        clause = _trimmed(Span(unit.start, unit.start + len(before) - 1), self.text)
        return clause if len(clause.of(self.text).split()) > 2 else None

    def _object(self, cue: PlainCue, source: PlainSource, unit: Span, *, behind: bool) -> Span | None:
        """Return what stands between the verb and the end of its clause: "wies *die Vorwürfe als haltlos* zurück"."""
        start = source.span.end if behind else cue.verb.end
        end = cue.particle.start if cue.particle else self.cues.comma(self.masked, start, unit)
        start = self._past_moment(self._past_blank(start))
        span = _trimmed(Span(start, max(start, end)), self.text)
        return span if len(span) > 3 and any(char.isupper() for char in span.of(self.text)) else None

    def _as_said(self, cue: PlainCue, clause: Span, unit: Span, marks: list[Span]) -> _Spoken | None:
        """Read "…, wie die Polizei mitteilte"."""
        start = self._past_moment(self._past_blank(self.cues.past_as(self.masked, clause)))
        source = self.speakers.at(self.masked, start, cue.verb.start)
        if source is None:
            return None
        sides = [Span(unit.start, clause.start), Span(min(unit.end, clause.end + 1), unit.end)]
        content = [
            side for side in (_trimmed(each, self.text) for each in sides) if len(side.of(self.text).split()) > 2
        ]
        if not content:
            return None
        kind: Literal["mixed", "indirect"] = "mixed" if marks else "indirect"
        return _Spoken(cue, source, self.speakers.key(source, self.text), content, kind)

    def _by_phrase(self, unit: Span, marks: list[Span]) -> _Spoken | None:
        """Read "nach Angaben der Polizei", "laut Merkel", "dem Ministerium zufolge"."""
        for found in self.cues.before.finditer(self.masked, unit.start, unit.end):
            place = self._past_blank(found.end())
            for lead in self.cues.links:
                if self.masked.startswith(lead + " ", place) and lead not in self.speakers.shape.determiners:
                    place += len(lead) + 1
            source = self.speakers.at(self.masked, place, unit.end, any_noun=True)
            if source is not None:
                setting = self.speakers.shape.setting.match(self.masked, source.span.end, unit.end)
                end = setting.end() if setting else source.span.end
                return self._around(Span(*found.span()), Span(found.start(), end), source, unit, marks)
        for found in self.cues.behind.finditer(self.masked, unit.start, unit.end):
            for start in self.cues.starts_before(self.masked, unit, found.start()):
                source = self.speakers.at(self.masked, start, found.start(), any_noun=True)
                if source is not None and not self.masked[source.span.end : found.start()].strip():
                    cue = Span(*found.span())
                    return self._around(cue, Span(start, cue.end), source, unit, marks)
        return None

    def _by_colon(self, unit: Span, marks: list[Span]) -> _Spoken | None:
        """Read "Merkel: „…“"."""
        source = self.speakers.at(self.masked, unit.start, unit.end) if marks else None
        colon = self.masked.rfind(":", unit.start, marks[0].start) if marks else -1
        if source is None or colon < source.span.end or self.masked[colon + 1 : marks[0].start].strip():
            return None
        cue = PlainCue(verb=Span(colon, colon + 1), stance="say", said=":")
        return _Spoken(cue, source, self.speakers.key(source, self.text), marks, "direct")

    def _around(self, cue: Span, whole: Span, source: PlainSource, unit: Span, marks: list[Span]) -> _Spoken | None:
        sides = [Span(unit.start, whole.start), Span(whole.end, max(whole.end, unit.end))]
        content = [side for side in (_trimmed(each, self.text) for each in sides) if len(side) > 2]
        if not content:
            return None
        kind: Literal["direct", "mixed", "indirect"] = "mixed" if marks else "indirect"
        if marks and all(side in marks for side in content):
            kind = "direct"
        said = PlainCue(verb=cue, stance="say")
        return _Spoken(said, source, self.speakers.key(source, self.text), content, kind)


def _units(text: str, paragraph: Span, marks: list[Span]) -> Iterator[Span]:
    """Yield the sentences of a paragraph; one that ends within marks goes on to their end."""
    open_unit: Span | None = None
    starts = [mark.start for mark in marks]
    for found in sentences(paragraph.of(text)):
        span = found.shifted(paragraph.start)
        if open_unit is not None:
            mark = marks[max(0, bisect_left(starts, span.start) - 1)] if marks else span
            if not mark.start < span.start < mark.end:
                yield open_unit
                open_unit = None
        open_unit = Span(open_unit.start, span.end) if open_unit else span
    if open_unit is not None:
        yield open_unit


def _trimmed(span: Span, text: str) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in " ,;:–—\u00a0\n":
        start += 1
    while end > start and text[end - 1] in " ,.;:–—\u00a0\n":
        end -= 1
    return Span(start, end)


def _content(
    clause: Span | None, marks: list[Span], text: str
) -> tuple[list[Span], Literal["direct", "mixed", "indirect"]]:
    """Return what is said and how: a clause partly in marks is mixed, marks without a clause are direct."""
    if clause is None:
        short = all(len(span.of(text).split()) < FEWEST_WORDS for span in marks)
        return marks, "mixed" if short else "direct"
    if not marks:
        return [clause], "indirect"
    # Beside a clause a word or two in marks is whom it was told to: "sagte der „Morgenpost“, dass …".
    whole = [span for span in marks if not clause.holds(span) and len(span.of(text).split()) >= FEWEST_WORDS]
    mixed = whole or any(clause.holds(span) for span in marks)
    return sorted([clause, *whole]), "mixed" if mixed else "indirect"


def _carry_on(here: list[_Spoken], speech: list[Span]) -> None:
    """Give what stands in marks without a cue to whoever speaks in its paragraph."""
    direct = sorted((each for each in here if each.kind != "indirect"), key=lambda each: each.content[0]) or here
    firsts = [each.content[0] for each in direct]
    for span in speech:
        nearest = direct[max(0, bisect_left(firsts, span) - 1)]
        nearest.content = sorted([*nearest.content, span])
        nearest.kind = "mixed" if nearest.kind == "indirect" else nearest.kind


def _tie_denials(said: list[_Spoken], text: str, cues: PlainCues) -> None:
    """Tie a denial of "die Vorwürfe" to the accusation before it, in its own or the paragraph before."""
    for place, denial in enumerate(said):
        claimed = set(re.findall(r"\w+", denial.content[0].of(text).casefold()))
        if denial.cue.stance not in ("deny", "reject") or not claimed & cues.claims:
            continue
        for claim in reversed(said[max(0, place - 8) : place]):
            if text.count("\n\n", claim.content[0].start, denial.content[0].start) > 1:
                break
            if claim.cue.stance == "accuse":
                denial.answers = Span(claim.content[0].start, claim.content[-1].end)
                break


def _alone(span: Span, speaker: str | None = None) -> Quote:
    why = (
        "a paragraph in marks: the speaker before goes on" if speaker else "in quotation marks, no speaker beside them"
    )
    return Quote(source=(), cue=(), content=(span,), kind="direct", speaker=speaker, why=why)


def _quote(spoken: _Spoken) -> Quote:
    cue = spoken.cue
    return Quote(
        source=() if spoken.source is None else (spoken.source.span,),
        cue=(cue.verb,) if cue.particle is None else tuple(sorted((cue.verb, cue.particle))),
        content=tuple(sorted(spoken.content)),
        kind=spoken.kind,
        speaker=spoken.speaker,
        stance=cue.stance,
        answers=spoken.answers,
        why=f"“{cue.said}” ({cue.stance}) with the speaker beside it" if cue.said else "a phrase that names the source",
    )
