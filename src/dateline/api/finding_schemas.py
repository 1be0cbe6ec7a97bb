"""What the API answers with where it tells of entities, events, quotes and claims."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema

from dateline.api.schemas import Listed


class Office(Schema):
    """An office held, as the text says it."""

    office: str
    country: str | None
    organisation: str | None


class Participant(Schema):
    """One who does, suffers or says something in a story. ``key`` leads to ``/entities/{key}`` where ``named``."""

    key: str
    name: str
    kind: str
    named: bool
    country: str | None
    sector: str | None
    role: Office | None


class Passage(Schema):
    """Characters of a story's text, ``end`` not included."""

    start: int
    end: int
    text: str


class Citation(Schema):
    """Where a finding stands: the story's code, the version read, the finding's fingerprint and its words' offsets.

    ``url`` is the address of the sentence in the story's page. ``id`` is unique in this archive.
    """

    id: str
    code: int
    version: int
    fingerprint: str
    start: int
    end: int
    url: str
    headline: str
    language: str
    published: str | None


class PlacedAt(Schema):
    """A place of a story on the map, in WGS 84 degrees."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    said: Passage


class TimedAt(Schema):
    """When, as TIMEX3's value and as the ISO days it covers, both included."""

    value: str
    first: str | None
    last: str | None
    said: Passage


class ToldEvent(Schema):
    """Who did what to whom, by PLOVER's types and quads.

    ``day`` is what lists are sorted by: the first day of ``when``, else the day the story was published.
    """

    cited: Citation
    type: str
    mode: str | None
    quad: int
    modality: str
    day: str
    actors: list[Participant]
    recipients: list[Participant]
    place: PlacedAt | None
    when: TimedAt | None
    words: str
    also: list[Passage]
    why: str | None


class ToldQuote(Schema):
    """Who said what. ``content`` are the words or the claim, ``answers`` the claim that a denial answers."""

    cited: Citation
    stance: str
    kind: str
    speaker: Participant | None
    source: list[Passage]
    cue: list[Passage]
    content: list[Passage]
    answers: Passage | None
    day: str
    why: str | None


class Events(Schema):
    """A stretch of a list of events. ``next`` is the cursor of the next one."""

    events: list[ToldEvent]
    next: str | None


class Quotes(Schema):
    """A stretch of a list of quotes. ``next`` is the cursor of the next one."""

    quotes: list[ToldQuote]
    next: str | None


class StoryFindings(Schema):
    """The events and quotes of a story's current version, in the order of its text. ``reader`` is null while unread."""

    code: int
    version: int
    reader: str | None
    unread: list[str]
    events: list[ToldEvent]
    quotes: list[ToldQuote]


class NamedEntity(Schema):
    """One who or which published stories name: PER, ORG, LOC, MISC, or GEO for a place of the gazetteer."""

    key: str
    kind: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    stories: int


class Entities(Schema):
    """A stretch of the list of entities, by key. ``next`` is the cursor of the next one."""

    entities: list[NamedEntity]
    next: str | None


class Month(Schema):
    """What happened in a month (``2015-05``; empty where counted for all time): counts by PLOVER type or stance."""

    month: str
    counts: dict[str, int]


class Dossier(Schema):
    """An entity with how often, by month, it ``did`` and ``had`` done to it what, and ``said`` with which stance."""

    entity: NamedEntity
    did: list[Month]
    had: list[Month]
    said: list[Month]


class Companion(Schema):
    """One who has to do with another: ``count`` events and quotes between them, events by PLOVER's quad."""

    entity: NamedEntity
    count: int
    quads: dict[str, int]


class Companions(Schema):
    """Those with whom an entity has most to do, the most first."""

    partners: list[Companion]


class NamingStories(Schema):
    """A stretch of the list of stories that name an entity. ``next`` is the cursor of the next one."""

    stories: list[Listed]
    next: str | None


class Pair(Schema):
    """Two entities and the events between them by month and quad: 1 and 2 cooperate, 3 and 4 conflict."""

    one: NamedEntity
    other: NamedEntity
    balance: list[Month]


class GroupedStory(Schema):
    """A story of a group; ``copy_of`` is the code of the earlier one whose text it repeats."""

    story: Listed
    copy_of: int | None


class StoryGroup(Schema):
    """The published stories that tell of one event, the earliest first."""

    id: int
    made_at: datetime
    stories: list[GroupedStory]


class Rebuttal(Schema):
    """A denial; ``is_direct`` says that its own text ties it to the accusation."""

    denial: ToldQuote
    is_direct: bool


class ToldClaim(Schema):
    """An accusation, how other stories of the same event put it, and the denials that answer it."""

    accusation: ToldQuote
    variants: list[ToldQuote]
    answers: list[Rebuttal]


class Claims(Schema):
    """A stretch of the list of claims. ``next`` is the cursor of the next one."""

    claims: list[ToldClaim]
    next: str | None
