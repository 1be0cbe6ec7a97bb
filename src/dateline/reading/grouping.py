"""Stories of one event, told by different sources: which belong together, and which of those are copies.

Two stories tell of one event when they share the words that few others have, most of all in their first lines, and
appeared within days. Words are weighed by how rare they are (tf-idf, cosine); a story goes to the group to whose
members it is most like on average, or begins a group of its own. Placing a story is one look-up of its
rarest words and a comparison with the few stories that share them: cost does not grow with the archive.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from dateline.story import Story
from dateline.text.folding import fold
from dateline.text.similarity import numbers_agree, resemblance, shingles

# Tuned on same-event-2010-2014 with 300 other stories between; see docs/explanation/grouping.md.
_ALIKE = 0.19
FARTHEST = 5  # days: nothing farther apart is one event
_FADING = 0.08  # of the likeness, for each day between
_LEAD, _LEAD_WEIGHT = 60, 2  # the first words, and how often each counts
_SHORTEST = 3  # letters of a word that counts
# A small collection says little of how rare a word is: as if these many stories had been seen before, in which
# each word stood so often.
_SEEN_BEFORE, _STOOD_BEFORE = 100, 2
_RAREST = 40  # words by which stories are looked up
_COPY = 0.5  # share of three-word runs
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Member:
    """A story in a group. ``copy_of`` is the earlier member whose text it repeats, near enough."""

    key: str
    group: int
    copy_of: str | None = None


@dataclass(slots=True)
class _Known:
    words: Counter[str]
    language: str
    day: date | None
    group: int
    text: str
    copy_of: str | None


@dataclass(slots=True)
class Grouping:
    """Groups that stories are placed into one after another, best in the order of their dates."""

    _known: dict[str, _Known] = field(default_factory=dict)
    _groups: dict[int, list[str]] = field(default_factory=dict)
    _holders: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _counts: Counter[str] = field(default_factory=Counter)
    _learnt: int = 0

    def learn(self, story: Story) -> None:
        """Count a story's words, so that what is common is known before the first is placed. ``place`` does it too."""
        self._counts.update(set(_words_of(story)))
        self._learnt += 1

    def emptied(self) -> Grouping:
        """Return a grouping that has learnt the same words and holds no story."""
        return Grouping(_counts=self._counts, _learnt=self._learnt)

    def know(self, key: str, story: Story, *, group: int, copy_of: str | None = None) -> None:
        """Take up a story that was placed before. ``group`` is one of the caller's own numbers, below 0."""
        known = self._knowing(story, group=group, copy_of=copy_of)
        self._keep(key, known, self._weights(known.words))

    def place(self, key: str, story: Story, *, is_learnt: bool = False) -> Member:
        """Return where ``story`` belongs; ``key`` is its name from now on. ``is_learnt``: it was learnt before."""
        if not is_learnt:
            self.learn(story)
        own = self._knowing(story, group=len(self._groups), copy_of=None)
        weights = self._weights(own.words)
        likeness = {other: self._likeness(own, weights, other) for other in self._candidates(own, weights)}
        own.copy_of = self._original(own, likeness)
        if own.copy_of:
            own.group = self._known[own.copy_of].group
        else:
            means = {
                group: sum(likeness.get(each, 0.0) for each in self._groups[group]) / len(self._groups[group])
                for group in {self._known[other].group for other in likeness}
            }
            best = max(means, key=means.__getitem__, default=None)
            if best is not None and means[best] >= _ALIKE:
                own.group = best
        self._keep(key, own, weights)
        return Member(key=key, group=own.group, copy_of=own.copy_of)

    @staticmethod
    def _knowing(story: Story, *, group: int, copy_of: str | None) -> _Known:
        day = date.fromisoformat(story.published.day) if story.published and story.published.day else None
        return _Known(_words_of(story), story.language, day, group, story.text, copy_of)

    def _keep(self, key: str, known: _Known, weights: dict[str, float]) -> None:
        self._known[key] = known
        self._groups.setdefault(known.group, []).append(key)
        for word in self._rarest(weights):
            self._holders[word].append(key)

    def _weights(self, words: Counter[str]) -> dict[str, float]:
        """Return each word's weight; their squares sum to one."""
        stories = self._learnt + _SEEN_BEFORE
        found = {
            word: math.log1p(count) * math.log(stories / (self._counts[word] + _STOOD_BEFORE))
            for word, count in words.items()
            if self._counts[word] + _STOOD_BEFORE < stories
        }
        length = math.sqrt(sum(weight * weight for weight in found.values())) or 1.0
        return {word: weight / length for word, weight in found.items()}

    def _rarest(self, weights: dict[str, float]) -> list[str]:
        return sorted(weights, key=lambda word: (-weights[word], word))[:_RAREST]

    def _candidates(self, own: _Known, weights: dict[str, float]) -> set[str]:
        """Return the stories in the groups of those that share a weighty word, in the same language and days."""
        sharing = {key for word in self._rarest(weights) for key in self._holders[word]}
        near = {key for key in sharing if self._is_near(own, self._known[key])}
        groups = {self._known[key].group for key in near}
        return {key for group in groups for key in self._groups[group] if self._is_near(own, self._known[key])}

    def _is_near(self, own: _Known, other: _Known) -> bool:
        return own.language == other.language and _days_between(own, other) <= FARTHEST

    def _likeness(self, own: _Known, weights: dict[str, float], key: str) -> float:
        other = self._known[key]
        theirs = self._weights(other.words)
        cosine = sum(weight * theirs.get(word, 0.0) for word, weight in weights.items())
        return cosine * (1 - _FADING * _days_between(own, other))

    def _original(self, own: _Known, likeness: dict[str, float]) -> str | None:
        """Return the earliest story that this one repeats: cut, rewritten a little, put into other paragraphs."""
        mine = shingles(own.text)
        for key in sorted(likeness, key=likeness.__getitem__, reverse=True)[:5]:
            other = self._known[key]
            if resemblance(mine, shingles(other.text)) >= _COPY and numbers_agree(own.text, other.text):
                return other.copy_of or key
        return None


def grouped(stories: Mapping[str, Story]) -> Iterator[Member]:
    """Yield where each of several stories belongs, in the order of their dates. All their words are learnt first."""
    grouping = Grouping()
    for story in stories.values():
        grouping.learn(story)
    for key in sorted(stories, key=lambda key: _appeared(stories[key])):
        yield grouping.place(key, stories[key], is_learnt=True)


def day_of(story: Story) -> str:
    """Return a story's day (ISO), "" of one without."""
    return (story.published.day if story.published else None) or ""


def _appeared(story: Story) -> timedelta:
    """Return how long after the year 1 a story appeared, one without a day before all others.

    Where no clock time is told the day begins, where no zone is told it is UTC.
    """
    stamp = story.published
    if stamp is None or stamp.day is None:
        return timedelta.min
    is_timed = stamp.zone is not None and len(stamp.value) > len(stamp.day)
    ahead = datetime.fromisoformat(f"2000-01-01T00:00{stamp.zone}").utcoffset() if is_timed else None
    # Lengths of time, as the first and the last day of the calendar have no UTC of their own everywhere.
    begun = datetime(1, 1, 1, tzinfo=UTC)
    return datetime.fromisoformat(stamp.value).replace(tzinfo=UTC) - begun - (ahead or timedelta())


def _words_of(story: Story) -> Counter[str]:
    """Return how often each word counts: those of the headline and the first lines more."""
    words = [word for word in _WORD.findall(fold(f"{story.headline}\n{story.text}")) if len(word) >= _SHORTEST]
    return Counter(words) + Counter(words[:_LEAD] * (_LEAD_WEIGHT - 1))


def _days_between(one: _Known, other: _Known) -> int:
    return abs((one.day - other.day).days) if one.day and other.day else 0
