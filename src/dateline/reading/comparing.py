"""What the stories of one event have in common, and what only some of them tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.reading.fingerprints import fingerprint
from dateline.story import Quote, Reading, Story
from dateline.text.folding import fold

# Two quotations are one where this share of the shorter one's words stands in the other, in order.
_SAME = 0.75
_FEWEST = 4  # words; shorter ones are alike by chance
_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"(?<![\w.,])\d[\d.,]*\d|(?<![\w.,])\d(?![\w.,]*\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A quotation in one story. ``speaker`` is a name as the story gives it, ``said`` the words."""

    story: str
    speaker: str
    said: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One quotation in all its variants, the fullest first."""

    utterances: tuple[Utterance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How stories differ. ``names`` and ``figures`` say for each which stories tell it, those of all left out."""

    shared: tuple[str, ...]
    names: dict[str, tuple[str, ...]]
    figures: dict[str, tuple[str, ...]]
    quotations: tuple[Quotation, ...]


def compare(told: Mapping[str, tuple[Story, Reading | None]]) -> Comparison:
    """Compare stories by their keys. Cost grows with the square of the quotations, which are few in one event."""
    names = _holders({key: _names(reading) for key, (_, reading) in told.items()})
    figures = _holders({key: set(_FIGURE.findall(story.text)) for key, (story, _) in told.items()})
    every = len(told)
    return Comparison(
        shared=tuple(name for name, keys in names.items() if len(keys) == every),
        names={name: keys for name, keys in names.items() if len(keys) < every},
        figures={figure: keys for figure, keys in figures.items() if len(keys) < every},
        quotations=_quotations(
            [utterance for key, (story, reading) in told.items() for utterance in _utterances(key, story, reading)]
        ),
    )


def is_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether two quotations, as folded words, are one, perhaps shortened or differently translated."""
    fewer, more = sorted((one, other), key=len)
    least = _SAME * len(fewer)
    # Few quotations share the words at all: only for those is their order looked at, which costs more.
    if len(fewer) < _FEWEST or sum((Counter(fewer) & Counter(more)).values()) < least:
        return False
    return _in_order(fewer, more) >= least


def words_of(said: str) -> list[str]:
    """Return the folded words of a quotation."""
    return _WORD.findall(fold(said))


def _holders(said: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    """Return for each thing said the stories that say it, the most told first."""
    things = dict.fromkeys(thing for some in said.values() for thing in sorted(some))
    holders = {thing: tuple(key for key, some in said.items() if thing in some) for thing in things}
    return dict(sorted(holders.items(), key=lambda each: -len(each[1])))


def _names(reading: Reading | None) -> set[str]:
    """Return the persons, bodies and lands that a story names."""
    return {actor.name for actor in reading.actors if actor.named} if reading else set()


def _utterances(key: str, story: Story, reading: Reading | None) -> list[Utterance]:
    if reading is None:
        return []
    names = {actor.key: actor.name for actor in reading.actors}
    return [
        Utterance(
            story=key,
            speaker=names.get(quote.speaker or "", " ".join(span.of(story.text) for span in quote.source)),
            said=_said(quote, story.text),
            fingerprint=fingerprint(quote, story.text),
        )
        for quote in reading.quotes
        if quote.kind != "indirect"
    ]


def _said(quote: Quote, text: str) -> str:
    return " … ".join(" ".join(span.of(text).split()) for span in quote.content)


def _quotations(utterances: Sequence[Utterance]) -> tuple[Quotation, ...]:
    """Put utterances that say the same beside each other, the quotations of most stories first."""
    groups: list[list[tuple[Utterance, list[str]]]] = []
    for utterance in utterances:
        words = words_of(utterance.said)
        home = next((group for group in groups if any(is_same(words, other) for _, other in group)), None)
        if home is None:
            groups.append([(utterance, words)])
        else:
            home.append((utterance, words))
    quotations = [
        Quotation(utterances=tuple(utterance for utterance, _ in sorted(group, key=lambda each: -len(each[1]))))
        for group in groups
    ]
    return tuple(
        sorted(quotations, key=lambda quotation: -len({utterance.story for utterance in quotation.utterances}))
    )


def _in_order(one: Sequence[str], other: Sequence[str]) -> int:
    """Return the length of the longest common subsequence of words."""
    before = [0] * (len(other) + 1)
    for word in one:
        row = [0]
        for at, its in enumerate(other):
            row.append(before[at] + 1 if word == its else max(before[at + 1], row[at]))
        before = row
    return before[-1]
