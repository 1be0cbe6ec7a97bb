"""Stories made up, each with the Reading a reader would make of it: every span points into the text."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmarks.made_world import Town, World
from benchmarks.vocabulary import SHARES, Vocabulary
from dateline.reading.reader import READER
from dateline.story import Actor, Event, Mention, Moment, Place, Quote, Reading, Stamp, Story
from dateline.text.spans import Span

FIRST_DAY = datetime(2006, 1, 1, tzinfo=UTC)
YEARS = 10
# PLOVER's types with their quads, in about the shares news has of them, and how many tell of what is to come.
_DEEDS = (
    ("CONSULT", 1, 20), ("SUPPORT", 1, 9), ("AGREE", 1, 6), ("CONCEDE", 1, 2), ("COOPERATE", 2, 6), ("AID", 2, 4),
    ("RETREAT", 2, 2), ("REQUEST", 3, 8), ("ACCUSE", 3, 10), ("REJECT", 3, 7), ("THREATEN", 3, 5), ("PROTEST", 4, 5),
    ("SANCTION", 4, 4), ("MOBILIZE", 4, 3), ("COERCE", 4, 5), ("ASSAULT", 4, 8),
)  # fmt: skip
_WEIGHTS = [weight for _, _, weight in _DEEDS]
_PLANNED = 0.1
_SENTENCE, _PARAGRAPH = (8, 24), (2, 5)  # words; sentences


def made_stories(count: int, *, seed: int = 0, middle: int = 260) -> Iterator[tuple[Story, Reading]]:
    """Yield stories in order of their dates, ten years of them; ``middle`` is how many words the middle one has.

    The same seed and count give the same stories.
    """
    world = World(seed)
    vocabularies = {language: Vocabulary(language) for language in SHARES}
    languages, shares = list(SHARES), list(SHARES.values())
    span = timedelta(days=365.25 * YEARS)
    for number in range(count):
        dice = random.Random(f"{seed} {count} {number}")
        language = dice.choices(languages, shares)[0]
        at = FIRST_DAY + span * ((number + dice.random()) / count)
        words = max(60, min(2_000, int(dice.lognormvariate(0, 0.5) * middle)))
        yield _Writer(world=world, vocabulary=vocabularies[language], dice=dice, at=at).write(number, words)


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Writes one story from its beginning to its end, and notes what each piece of it says."""

    world: World
    vocabulary: Vocabulary
    dice: random.Random
    at: datetime
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    actors: dict[str, Actor] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def write(self, number: int, words: int) -> tuple[Story, Reading]:
        dice, world, language = self.dice, self.world, self.vocabulary.language
        telling = [self._deed] * dice.choice((1, 1, 2, 3)) + [self._quote] * dice.choice((0, 1, 1, 2))
        telling += [self._quarrel] * (dice.random() < 0.2)
        dice.shuffle(telling)
        left = words
        while left > 0 or telling:
            for _ in range(dice.randint(*_PARAGRAPH)):
                if telling:
                    telling.pop()()
                    self._say(" ")
                left -= self._filler(dice.randint(*_SENTENCE))
                self._say(" ")
            self._end_paragraph()
        text = "".join(self.pieces).rstrip()
        source = world.draw(dice, world.sources)
        named = next(iter(self.actors.values()), None)
        said = self.at.isoformat(timespec="minutes")
        address = f"https://{source.split()[1].lower()}.example"
        story = Story(
            headline=" ".join([*([named.name] if named else []), *self.vocabulary.draw(dice, 7)]),
            text=text,
            language=language,
            published=Stamp(value=said[:16], precision="minute", zone="+00:00", said=said, origin="made up"),
            section=world.draw(dice, world.sections),
            tags=tuple(dict.fromkeys(world.draw(dice, world.topics) for _ in range(2))),
            guid=f"made-{number}",
            url=f"{address}/{number}",
            site_name=source,
            site_url=address,
        )
        return story, self._reading()

    def _reading(self) -> Reading:
        return Reading(
            reader=READER,
            language=self.vocabulary.language,
            actors=tuple(self.actors.values()),
            mentions=tuple(self.mentions),
            moments=tuple(self.moments),
            places=tuple(self.places),
            quotes=tuple(self.quotes),
            events=tuple(self.events),
        )

    def _say(self, words: str) -> Span:
        start = self.length
        self.pieces.append(words)
        self.length += len(words)
        return Span(start, self.length)

    def _end_paragraph(self) -> None:
        self.pieces[-1] = "\n\n"  # in the place of the last space
        self.length += 1

    def _filler(self, count: int) -> int:
        words = self.vocabulary.draw(self.dice, count)
        words[0] = words[0].capitalize()
        self._say(" ".join(words) + ".")
        return count

    def _words(self, count: int) -> Span:
        return self._say(" ".join(self.vocabulary.draw(self.dice, count)))

    def _actor(self) -> Actor:
        """Draw one who is told of: often one of those the story tells of already."""
        if self.actors and self.dice.random() < 0.4:
            return self.dice.choice(list(self.actors.values()))
        among = self.dice.choices((self.world.states, self.world.persons, self.world.bodies), (4, 5, 2))[0]
        return self.world.draw(self.dice, among)

    def _name(self, actor: Actor) -> Span:
        self.actors[actor.key] = actor
        span = self._say(actor.name)
        self.mentions.append(Mention(span=span, kind=actor.kind, entity=actor.key, role=actor.role))
        if actor.kind == "LOC":
            self.places.append(Place(span=span, name=actor.name, country=actor.country))
        return span

    def _place(self, town: Town) -> Span:
        span = self._say(town.name)
        self.places.append(
            Place(span=span, name=town.name, lat=town.lat, lon=town.lon, country=town.country, geonameid=town.geonameid)
        )
        return span

    def _moment(self, *, ahead: bool) -> Span:
        days = self.dice.randint(1, 60) if ahead else -self.dice.randint(0, 6)
        day = (self.at + timedelta(days=days)).date()
        span = self._say(f"{day.day} {day:%B %Y}")
        value = day.isoformat()
        self.moments.append(Moment(span=span, type="DATE", value=value, first=value, last=value))
        return span

    def _deed(self) -> None:
        """One did something to another, somewhere, on some day."""
        dice = self.dice
        kind, quad, _ = dice.choices(_DEEDS, _WEIGHTS)[0]
        planned = dice.random() < _PLANNED
        doer, target = self._actor(), self._actor()
        start = self._name(doer).start
        self._say(" ")
        self._words(3)
        recipients: tuple[str, ...] = ()
        if target.key != doer.key:
            self._say(" ")
            self._name(target)
            recipients = (target.key,)
        place = moment = None
        if dice.random() < 0.6:
            self._say(" in ")
            place = self._place(self.world.draw(dice, self.world.towns))
        if planned or dice.random() < 0.6:
            self._say(" on ")
            moment = self._moment(ahead=planned)
        self.events.append(
            Event(
                span=Span(start, self._say(".").end),
                type=kind,
                quad=quad,
                actors=(doer.key,),
                recipients=recipients,
                place=place,
                moment=moment,
                modality="planned" if planned else "happened",
            )
        )

    def _quote(self) -> None:
        self._say("“")
        content = self._words(self.dice.randint(6, 16))
        self._say(",” ")
        speaker = self._actor()
        source = self._name(speaker)
        self._say(" ")
        cue = self._say("said")
        self._say(".")
        self.quotes.append(Quote(source=(source,), cue=(cue,), content=(content,), kind="direct", speaker=speaker.key))

    def _quarrel(self) -> None:
        """One accuses another, who denies it."""
        accuser, accused = self._actor(), self._actor()
        source = self._name(accuser)
        self._say(" ")
        cue = self._say("accused")
        self._say(" ")
        claim = Span(self._name(accused).start, self._more().end)
        self._say(". ")
        self.quotes.append(
            Quote(source=(source,), cue=(cue,), content=(claim,), kind="indirect", speaker=accuser.key, stance="accuse")
        )
        if accused.key == accuser.key or self.dice.random() < 0.3:
            return
        source = self._name(accused)
        self._say(" ")
        cue = self._say("denied")
        self._say(" ")
        content = self._words(5)
        self._say(".")
        self.quotes.append(
            Quote(
                source=(source,),
                cue=(cue,),
                content=(content,),
                kind="indirect",
                speaker=accused.key,
                stance="deny",
                answers=claim,
            )
        )

    def _more(self) -> Span:
        self._say(" of ")
        return self._words(6)
