"""Verbs of saying in a language without a parser, and the clauses around them (``languages/*/cues.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from dateline.reading.languages import words
from dateline.text.spans import Span

# Stands for every character in quotation marks.
MASK = "■"
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(rf"[,;:()–—{MASK}]")


@dataclass(frozen=True, slots=True)
class PlainCue:
    """A verb of saying where it stands; ``particle`` is the part of it at the end of its clause."""

    verb: Span
    stance: str
    weak: bool = False
    particle: Span | None = None
    said: str = ""

    @property
    def end(self) -> int:
        return self.particle.end if self.particle else self.verb.end


class Saying(NamedTuple):
    """A verb of the list."""

    stance: str
    weak: bool
    particle: str | None


@dataclass(frozen=True, slots=True)
class PlainCues:
    """The verbs of saying of a language by their forms."""

    finite: dict[str, tuple[Saying, ...]]
    done: dict[str, Saying]
    joined: dict[str, Saying]
    auxiliaries: frozenset[str]
    objects: frozenset[str]
    opens: re.Pattern[str]
    reported: re.Pattern[str]
    relates: re.Pattern[str]
    not_said: re.Pattern[str]
    infinitive: re.Pattern[str]
    conjunction: re.Pattern[str]
    leads: re.Pattern[str]
    links: tuple[str, ...]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    claims: frozenset[str]

    def find(self, masked: str, unit: Span) -> Iterator[PlainCue]:
        """Yield the verbs of saying of a sentence, outside its marks."""
        for found in _WORD.finditer(masked, unit.start, unit.end):
            form = found.group()
            verb = Span(*found.span())
            if form in self.auxiliaries:
                if cue := self._perfect(masked, verb, unit):
                    yield cue
            elif form in self.joined:
                known = self.joined[form]
                yield PlainCue(verb=verb, stance=known.stance, said=form)
            elif form in self.finite and (cue := self._finite(masked, verb, unit, self.finite[form])):
                yield cue

    def _perfect(self, masked: str, auxiliary: Span, unit: Span) -> PlainCue | None:
        """Return the cue of "hat … vorgeworfen": the participle ends the clause."""
        last = self._last_word(masked, auxiliary.end, unit)
        if last is None or last.of(masked) not in self.done:
            return None
        known = self.done[last.of(masked)]
        return PlainCue(verb=auxiliary, stance=known.stance, weak=known.weak, particle=last, said=last.of(masked))

    def _finite(self, masked: str, verb: Span, unit: Span, known: tuple[Saying, ...]) -> PlainCue | None:
        last = self._last_word(masked, verb.end, unit)
        plain = next((saying for saying in known if saying.particle is None), None)
        for saying in known:
            if saying.particle is not None and last is not None and last.of(masked) == saying.particle:
                said = f"{verb.of(masked)} … {saying.particle}"
                return PlainCue(verb=verb, stance=saying.stance, weak=saying.weak, particle=last, said=said)
        return PlainCue(verb=verb, stance=plain.stance, weak=plain.weak, said=verb.of(masked)) if plain else None

    def _last_word(self, masked: str, start: int, unit: Span) -> Span | None:
        """Return the last word of the clause a verb opens."""
        end = self.clause_end(masked, start, unit)
        spans = [found.span() for found in _WORD.finditer(masked, start, end)]
        return Span(*spans[-1]) if spans else None

    def clause_end(self, masked: str, start: int, unit: Span) -> int:
        """Return where the clause ends that goes on at ``start``."""
        found = _CLAUSE.search(masked, start, unit.end)
        end = found.start() if found else unit.end
        if joined := self.conjunction.search(masked, start, end):
            return joined.start()
        return end

    @staticmethod
    def comma(masked: str, start: int, unit: Span) -> int:
        """Return where the next mark stands, or the sentence's end."""
        found = _CLAUSE.search(masked, start, unit.end)
        return found.start() if found else unit.end

    def clause_start(self, masked: str, unit: Span, end: int) -> int:
        """Return where the clause begins that goes on before ``end``."""
        start = unit.start
        for found in _CLAUSE.finditer(masked, unit.start, end):
            start = found.end()
        for found in self.conjunction.finditer(masked, start, end):
            start = found.end()
        while start < end and masked[start].isspace():
            start += 1
        return start

    def clause_behind(self, masked: str, start: int, unit: Span, *, weak: bool) -> Span | None:
        """Return the clause behind a cue that is what is said, None when none shows itself as that."""
        commas = [found.end() for found in re.finditer(r"[,:]", masked[start : unit.end])][:4]
        stops = [*(start + comma for comma in commas), unit.end + 1]
        for begin, end in pairwise(stops):
            opened = self.opens.match(masked, begin, unit.end)
            told = self.reported.search(masked, begin, end - 1)
            # "die Retter, die seit Tagen im Einsatz seien": the verb at its end makes it a relative clause.
            if told and not masked[told.end() : end].strip(" .,;") and self.not_said.match(masked, begin, end - 1):
                continue
            plain = begin == stops[0] and not weak and masked[begin : begin + 2].strip() != MASK
            plain = plain and not self.not_said.match(masked, begin, unit.end)
            if opened or told or plain or (not weak and self.infinitive.search(masked, begin, end - 1)):
                return _stripped(Span(begin, unit.end), masked)
        return None

    def as_clause(self, masked: str, unit: Span, cue: PlainCue) -> Span | None:
        """Return the clause of "wie die Polizei mitteilte" around a cue, with its commas."""
        start = self.clause_start(masked, unit, cue.verb.start)
        if not self.leads.match(masked, start, cue.verb.start):
            return None
        before = start
        while before > unit.start and masked[before - 1] in " ,\u00a0":
            before -= 1
        return Span(before, self.clause_end(masked, cue.end, unit))

    def past_as(self, masked: str, clause: Span) -> int:
        found = self.leads.search(masked, clause.start, clause.end)
        return found.end() if found else clause.start

    def joins(self, between: str) -> bool:
        """Say whether what stands between a speaker and a verb ends with "und": the verb is a second one of hers."""
        return bool(between) and self.conjunction.fullmatch(f" {between.rsplit(maxsplit=1)[-1]} ") is not None

    def joint(self, masked: str, verb: Span) -> int | None:
        """Return where the conjunction right before a verb begins ("… und *nannte*"), None when there is none."""
        found = list(self.conjunction.finditer(masked, max(0, verb.start - 10), verb.start))
        return found[-1].start() if found and found[-1].end() == verb.start else None

    @staticmethod
    def starts_before(masked: str, unit: Span, end: int) -> Iterator[int]:
        """Yield where a phrase that ends at ``end`` may begin, the longest first."""
        found = [unit.start, *(match.end() for match in re.finditer(r"\s", masked[unit.start : end]))]
        begins = [unit.start, *(unit.start + place for place in found[1:])]
        yield from begins[-7:]


def _stripped(span: Span, text: str) -> Span | None:
    start, end = span.start, span.end
    while start < end and text[start] in " ,:\u00a0":
        start += 1
    while end > start and text[end - 1] in " .,;\u00a0":
        end -= 1
    return Span(start, end) if end - start > 2 else None


@cache
def plain_cues(language: str) -> PlainCues | None:
    """Return the verbs of saying of a language, None where it has none."""
    known = words(language, "cues")
    if known is None or "auxiliaries" not in known:
        return None
    finite: dict[str, list[Saying]] = {}
    done: dict[str, Saying] = {}
    joined: dict[str, Saying] = {}
    for verb in known["verbs"]:
        particle = verb.get("with")
        saying = Saying(verb["stance"], bool(verb.get("weak")), particle)
        done.setdefault(verb["done"], saying)
        for form in verb["said"].split():
            finite.setdefault(form, []).append(saying)
            if particle:
                joined.setdefault(particle + form, saying)
    told: dict[str, Any] = known["words"]
    return PlainCues(
        finite={form: tuple(sayings) for form, sayings in finite.items()},
        done=done,
        joined=joined,
        auxiliaries=frozenset(known["auxiliaries"]),
        objects=frozenset(told["objects"]),
        opens=re.compile(rf"[\s{MASK}]*(?:{_any(told['opens'])})(?!\w)"),
        reported=_word(told["reported"]),
        relates=re.compile(rf"(?:{_any(told['relates'])})(?!\w)"),
        not_said=re.compile(rf"[\s]*(?:{_any(told['not_said'])})(?!\w)"),
        infinitive=re.compile(told["infinitive"]),
        conjunction=re.compile(rf"\s(?:{_any(told['and'])})\s"),
        leads=re.compile(rf"(?i:{_any(told['as'])})\s"),
        links=tuple(told["links"]),
        before=re.compile(
            rf"{_word(known['phrases']['before']).pattern}|(?<=,\s)(?:{_any(known['phrases']['inserted'])})(?=\s)",
            re.IGNORECASE,
        ),
        behind=_word(known["phrases"]["behind"]),
        claims=frozenset(told["charges"]),
    )


def _any(forms: list[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


def _word(forms: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_any(forms)})(?![\w-])")
