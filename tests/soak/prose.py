"""Invented news: sentences from word lists, so that two stories share hardly three words in a row."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from random import Random

_WORDS = {
    kind: words.split()
    for kind, words in tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8")).items()
}
_PATTERNS = (
    "The {adj} {noun} of {place} {verb} {number} {things} beside a {adj2} {noun2}.",
    "{person} {verb} the {noun} and {verb2} {number} {adj} {things}.",
    "Nobody {verb} any {adj} {noun} near {place} after {person} {verb2} the {noun2}.",
    "“{Adj} {things} {verb} our {noun},” {person} told the {adj2} {noun2} council.",
    "A {adj} crew from {place} {verb} its {noun} before {number} {adj2} {things} {verb2} the {noun2}.",
    "In {place}, {adj} {things} & {adj2} {things2} {verb} every {noun}.",
    "{number} {things} {verb} {person}'s {adj} {noun}, while the {noun2} {verb2} {adj2} {things2}.",
    "Since spring the {noun} has {verb} {adj} {things}; its {noun2} {verb2} none.",
)
_HEADLINES = (
    "{Adj} {noun} in {place} {verb} by {adj2} {things}",
    "{place} {noun} {verb} {number} {things}",
    "{person} {verb} {adj} {noun}",
    "Why {place} {verb} its {adj} {noun2}",
)
RUBRICS = ("Weather for the coming days", "Letters from our readers", "Notices of the week")


@dataclass(frozen=True, slots=True)
class Text:
    """What a story says: a headline and paragraphs of sentences."""

    headline: str
    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(" ".join(sentences) for sentences in self.paragraphs)

    @property
    def said(self) -> tuple[str, str]:
        """Headline and text as the archive keeps them: by this two versions are the same or not."""
        return self.headline, "\n\n".join(self.lines)


def _fill(pattern: str, rng: Random) -> str:
    def word(kind: str) -> str:
        return rng.choice(_WORDS[kind])

    adjective = word("adjectives")
    return pattern.format(
        adj=adjective,
        Adj=adjective.capitalize(),
        adj2=word("adjectives"),
        noun=word("nouns"),
        noun2=word("nouns"),
        verb=word("verbs"),
        verb2=word("verbs"),
        things=word("things"),
        things2=word("things"),
        place=word("places"),
        person=f"{word('first')} {word('last')}",
        number=rng.randint(11, 9_800),
    )


def headline(rng: Random) -> str:
    return _fill(rng.choice(_HEADLINES), rng)


def _sentence(rng: Random) -> str:
    return _fill(rng.choice(_PATTERNS), rng)


def invented(rng: Random, *, rubric: str | None = None) -> Text:
    """Return a story of nine to sixteen sentences."""
    paragraphs = tuple(tuple(_sentence(rng) for _ in range(rng.randint(3, 4))) for _ in range(rng.randint(3, 4)))
    return Text(rubric or headline(rng), paragraphs)


def edited(text: Text, rng: Random) -> Text:
    """Return ``text`` with one sentence changed, corrected in a number, taken out, or a paragraph more."""
    at = rng.randrange(len(text.paragraphs))
    sentences = list(text.paragraphs[at])
    place = rng.randrange(len(sentences))
    kind = rng.choice(("change", "number", "cut", "grow"))
    if kind == "grow" and len(text.paragraphs) < 6:
        return Text(text.headline, (*text.paragraphs, (_sentence(rng), _sentence(rng))))
    if kind == "cut" and len(sentences) > 2:
        del sentences[place]
    elif kind == "number" and (found := re.search(r"\d+", sentences[place])):
        sentences[place] = sentences[place].replace(found[0], str(int(found[0]) + rng.randint(1, 90)))
    else:
        sentences[place] = _sentence(rng)
    return Text(text.headline, (*text.paragraphs[:at], tuple(sentences), *text.paragraphs[at + 1 :]))


def likeness(one: Text, other: Text) -> float:
    """Return the share of three-word runs two texts have in common (counted here anew, to judge the archive by)."""

    def runs(text: Text) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", " ".join(text.lines).lower())
        return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}

    first, second = runs(one), runs(other)
    return len(first & second) / len(first | second)
