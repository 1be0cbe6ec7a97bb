"""A client of Dateline's API, version 0.1.0: one file that needs nothing but Python 3.11.

    >>> from dateline_client import Dateline
    >>> site = Dateline("https://news.example")
    >>> for event in site.each_events(actor="RUS", type_="ACCUSE"):
    ...     print(event["day"], event["words"], event["cited"]["url"])

Each operation of the API is a method with typed arguments; ``each_…`` follows cursors to the end. What an answer holds
is told by TypedDicts. An answer that has not changed is not fetched twice: its ETag is sent along.
"""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from typing import Any, Literal, TypedDict, cast
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

__all__ = ["ApiError", "BadParameter", "Dateline", "NotAllowed", "NotFound", "NotReached", "TooOften", "Withdrawn"]
_KEPT = 100


class ApiError(Exception):
    """The API did not answer what was asked. ``status`` is HTTP's, ``told`` the whole of its answer."""

    def __init__(self, status: int, told: dict[str, Any]) -> None:
        super().__init__(f"{status}: {told.get('error', 'no reason given')}")
        self.status = status
        self.told = told


class BadParameter(ApiError):
    """A parameter is missing or not understood (400, 422)."""


class NotAllowed(ApiError):
    """There is no key, or it opens nothing (401)."""


class NotFound(ApiError):
    """It is not here, or not public (404)."""


class Withdrawn(ApiError):
    """The story was withdrawn (410); ``told`` has ``withdrawn_at`` and ``reason``."""


class NotReached(ApiError):
    """Nobody answered, or the answer broke off: the server is down, or the way to it. ``status`` is 0."""


class TooOften(ApiError):
    """The rate is used up (429): ask again in ``wait`` seconds."""

    wait = 0


_ERRORS: dict[int, type[ApiError]] = {
    400: BadParameter,
    401: NotAllowed,
    404: NotFound,
    410: Withdrawn,
    422: BadParameter,
    429: TooOften,
}


class Acts(TypedDict):
    """A stretch of the audit, newest first. ``next`` is the cursor of the next one."""

    acts: list[DoneAct]
    next: str | None


class Citation(TypedDict):
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


class Claims(TypedDict):
    """A stretch of the list of claims. ``next`` is the cursor of the next one."""

    claims: list[ToldClaim]
    next: str | None


class Companion(TypedDict):
    """One who has to do with another: ``count`` events and quotes between them, events by PLOVER's quad."""

    entity: NamedEntity
    count: int
    quads: dict[str, int]


class Companions(TypedDict):
    """Those with whom an entity has most to do, the most first."""

    partners: list[Companion]


class DoneAct(TypedDict):
    """Who did what to which story, when."""

    id: int
    at: str
    verb: str
    by: str
    code: int | None
    detail: dict[str, Any]


class Dossier(TypedDict):
    """An entity with how often, by month, it ``did`` and ``had`` done to it what, and ``said`` with which stance."""

    entity: NamedEntity
    did: list[Month]
    had: list[Month]
    said: list[Month]


class Entities(TypedDict):
    """A stretch of the list of entities, by key. ``next`` is the cursor of the next one."""

    entities: list[NamedEntity]
    next: str | None


class Events(TypedDict):
    """A stretch of a list of events. ``next`` is the cursor of the next one."""

    events: list[ToldEvent]
    next: str | None


class FacetCount(TypedDict):
    """A value that stories found have, the query that narrows to it, and whether this query already does."""

    value: str
    label: str
    count: int
    query: str
    is_on: bool


class FacetCounts(TypedDict):
    """The values of one field of the query language, the most frequent first."""

    field: str
    values: list[FacetCount]


class FiledStories(TypedDict):
    """A stretch of the stories that wait for publication, newest first. ``next`` is the cursor of the next one."""

    stories: list[Listed]
    next: str | None


class Finds(TypedDict):
    """What a search found: how many stories (where ``is_capped``, or more), and the best of them.

    ``suggestion`` is a query that finds more, ``next`` the cursor of the next hits.
    """

    total: int
    is_capped: bool
    hits: list[FoundStory]
    facets: list[FacetCounts]
    explained: list[Understood]
    suggestion: str | None
    next: str | None


class FoundStory(TypedDict):
    """A story that a search found, with the words around the first match."""

    story: Listed
    snippet: list[SnippetPart]


class GroupedStory(TypedDict):
    """A story of a group; ``copy_of`` is the code of the earlier one whose text it repeats."""

    story: Listed
    copy_of: int | None


class Listed(TypedDict):
    """A story in a list. ``published`` is as the story states it, ``published_origin`` where that was found.

    Both are null where it states none: ``day`` is then the day it came in.
    """

    code: int
    language: str
    headline: str
    permalink: str
    section: str | None
    credit: str | None
    published: str | None
    published_origin: str | None
    day: str
    changed_at: str


class Month(TypedDict):
    """What happened in a month (``2015-05``; empty where counted for all time): counts by PLOVER type or stance."""

    month: str
    counts: dict[str, int]


class NamedEntity(TypedDict):
    """One who or which published stories name: PER, ORG, LOC, MISC, or GEO for a place of the gazetteer."""

    key: str
    kind: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    stories: int


class NamingStories(TypedDict):
    """A stretch of the list of stories that name an entity. ``next`` is the cursor of the next one."""

    stories: list[Listed]
    next: str | None


class Office(TypedDict):
    """An office held, as the text says it."""

    office: str
    country: str | None
    organisation: str | None


class Pair(TypedDict):
    """Two entities and the events between them by month and quad: 1 and 2 cooperate, 3 and 4 conflict."""

    one: NamedEntity
    other: NamedEntity
    balance: list[Month]


class Participant(TypedDict):
    """One who does, suffers or says something in a story. ``key`` leads to ``/entities/{key}`` where ``named``."""

    key: str
    name: str
    kind: str
    named: bool
    country: str | None
    sector: str | None
    role: Office | None


class Passage(TypedDict):
    """Characters of a story's text, ``end`` not included."""

    start: int
    end: int
    text: str


class PlacedAt(TypedDict):
    """A place of a story on the map, in WGS 84 degrees."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    said: Passage


class PolledSource(TypedDict):
    """A source of stories; ``next_visit`` is null where nothing is polled."""

    slug: str
    name: str
    feed: str | None
    state: str
    next_visit: str | None
    why: str
    failures_in_a_row: int


class PolledSources(TypedDict):
    """All sources, by name."""

    sources: list[PolledSource]


class Problem(TypedDict):
    """What went wrong, in a line."""

    error: str


class Quotes(TypedDict):
    """A stretch of a list of quotes. ``next`` is the cursor of the next one."""

    quotes: list[ToldQuote]
    next: str | None


class Rebuttal(TypedDict):
    """A denial; ``is_direct`` says that its own text ties it to the accusation."""

    denial: ToldQuote
    is_direct: bool


class Refusals(TypedDict):
    """A stretch of the refusals, newest first. ``next`` is the cursor of the next one."""

    refusals: list[RefusedItem]
    next: str | None


class RefusedItem(TypedDict):
    """What came in and became no story, and why."""

    source: str
    reason: str
    where: str
    detail: str
    first_at: str
    last_at: str
    times: int


class Remark(TypedDict):
    """A public correction."""

    at: str
    text: str


class Rendition(TypedDict):
    """The same story in another language. ``of_version`` is the original's version it tells, null for the original.

    ``out_of_date_since`` is the first version of the original that it does not tell.
    """

    code: int
    language: str
    permalink: str
    of_version: int | None
    out_of_date_since: int | None


class Revision(TypedDict):
    """A version of a story: its number and when it was filed."""

    number: int
    filed_at: str
    headline: str
    current: bool


class Shelf(TypedDict):
    """A stretch of the list of stories. ``next`` is the cursor of the next one."""

    stories: list[Listed]
    next: str | None


class SnippetPart(TypedDict):
    """Words around a match; ``matched`` marks those looked for."""

    text: str
    matched: bool


class StoryFindings(TypedDict):
    """The events and quotes of a story's current version, in the order of its text. ``reader`` is null while unread."""

    code: int
    version: int
    reader: str | None
    unread: list[str]
    events: list[ToldEvent]
    quotes: list[ToldQuote]


class StoryGroup(TypedDict):
    """The published stories that tell of one event, the earliest first."""

    id: int
    made_at: str
    stories: list[GroupedStory]


class StoryReading(TypedDict):
    """What was read in a story's current version; ``reading`` is null while it is unread."""

    code: int
    version: int
    reading: dict[str, Any] | None


class TimedAt(TypedDict):
    """When, as TIMEX3's value and as the ISO days it covers, both included."""

    value: str
    first: str | None
    last: str | None
    said: Passage


class Told(TypedDict):
    """A story with all that is known of it; of an edition also what it tells of its original."""

    code: int
    language: str
    permalink: str
    story: dict[str, Any]
    reading: dict[str, Any] | None
    versions: list[Revision]
    corrections: list[Remark]
    editions: list[Rendition]
    of_version: int | None
    out_of_date_since: int | None


class ToldClaim(TypedDict):
    """An accusation, how other stories of the same event put it, and the denials that answer it."""

    accusation: ToldQuote
    variants: list[ToldQuote]
    answers: list[Rebuttal]


class ToldEvent(TypedDict):
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


class ToldQuote(TypedDict):
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


class ToldVersion(TypedDict):
    """A version as it stood: its story whole."""

    code: int
    number: int
    filed_at: str
    current: bool
    story: dict[str, Any]


class Understood(TypedDict):
    """How a piece of the query was understood; ``is_doubt`` says that it was passed over or taken otherwise.

    ``instead`` are pieces that stories are known for, where they are not for this one.
    """

    said: str
    outcome: str
    is_doubt: bool
    instead: list[str]


class Versions(TypedDict):
    """The versions that readers may have seen, oldest first."""

    code: int
    versions: list[Revision]


class Whole(TypedDict):
    """All there is to say of something, as the command line's ``--json`` says it."""

    told: dict[str, Any]


class Withdrawal(TypedDict):
    """The public notice of a withdrawn story."""

    error: str
    code: int
    withdrawn_at: str | None
    reason: str | None


class Dateline:
    """A site's API. ``key`` opens the desk; ``patience`` is how many seconds a used-up rate is waited for."""

    def __init__(self, address: str, *, key: str | None = None, timeout: float = 30.0, patience: float = 0.0) -> None:
        if urlsplit(address).scheme not in ("http", "https"):
            raise ValueError(f"no http or https address: {address}")
        self.address = address.rstrip("/") + "/api/v1"
        self.timeout = timeout
        self.patience = patience
        self._headers = {"User-Agent": "dateline-client/0.1.0"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._kept: OrderedDict[str, tuple[str, Any]] = OrderedDict()

    def stories(
        self, *, language: str | None = None, section: str | None = None, cursor: str | None = None, limit: int = 25
    ) -> Shelf:
        """Published stories, newest first.

        Stories in the order of the dates they state, newest first.
        """
        return cast(
            "Shelf", self._ask("/stories", {"language": language, "section": section, "cursor": cursor, "limit": limit})
        )

    def each_stories(self, *, language: str | None = None, section: str | None = None) -> Iterator[Listed]:
        """All of `stories`, page after page."""
        return cast(
            "Iterator[Listed]", self._walk("/stories", {"language": language, "section": section}, noun="stories")
        )

    def story(self, code: int) -> Told:
        """A story by its code.

        The current version whole, with its reading, the list of its versions, public corrections and editions.
        """
        return cast("Told", self._ask(f"/stories/{_quoted(code)}", {}))

    def versions(self, code: int) -> Versions:
        """A story's versions.

        The versions readers may have seen: the one that was published first, and every later one.

        What was filed and replaced before publication is the desk's own, and is not told.
        """
        return cast("Versions", self._ask(f"/stories/{_quoted(code)}/versions", {}))

    def version(self, code: int, number: int) -> ToldVersion:
        """A version of a story as it stood.

        One of the versions that ``/stories/{code}/versions`` lists, whole.
        """
        return cast("ToldVersion", self._ask(f"/stories/{_quoted(code)}/versions/{_quoted(number)}", {}))

    def reading(self, code: int) -> StoryReading:
        """A story's reading.

        All that was found in the current version, as offsets into its text (see the reference of values).
        """
        return cast("StoryReading", self._ask(f"/stories/{_quoted(code)}/reading", {}))

    def findings(self, code: int) -> StoryFindings:
        """A story's events and quotes.

        Events and quotes of the current version, resolved: names, places, days, the address of each sentence.
        """
        return cast("StoryFindings", self._ask(f"/stories/{_quoted(code)}/findings", {}))

    def entities(
        self,
        *,
        kind: Literal["PER", "ORG", "LOC", "GEO", "MISC"] | None = None,
        q: str | None = None,
        cursor: str | None = None,
        limit: int = 25,
    ) -> Entities:
        """Who and what published stories name.

        Entities in the order of their keys. ``q`` is the beginning of a name, a person's surname, or a whole place.
        """
        return cast("Entities", self._ask("/entities", {"kind": kind, "q": q, "cursor": cursor, "limit": limit}))

    def each_entities(
        self, *, kind: Literal["PER", "ORG", "LOC", "GEO", "MISC"] | None = None, q: str | None = None
    ) -> Iterator[NamedEntity]:
        """All of `entities`, page after page."""
        return cast("Iterator[NamedEntity]", self._walk("/entities", {"kind": kind, "q": q}, noun="entities"))

    def entity(self, key: str) -> Dossier:
        """An entity and its counts by month.

        How often, in which month, it did what (by PLOVER type), had done to it what, and spoke with which stance.
        """
        return cast("Dossier", self._ask(f"/entities/{_quoted(key)}", {}))

    def entity_events(self, key: str, *, cursor: str | None = None, limit: int = 25) -> Events:
        """What an entity did and had done.

        Events with the entity on either side, newest first.
        """
        return cast("Events", self._ask(f"/entities/{_quoted(key)}/events", {"cursor": cursor, "limit": limit}))

    def each_entity_events(self, key: str) -> Iterator[ToldEvent]:
        """All of `entity_events`, page after page."""
        return cast("Iterator[ToldEvent]", self._walk(f"/entities/{_quoted(key)}/events", {}, noun="events"))

    def entity_quotes(self, key: str, *, cursor: str | None = None, limit: int = 25) -> Quotes:
        """What an entity said.

        Quotes whose speaker it is, newest first; officials speak for their state as well.
        """
        return cast("Quotes", self._ask(f"/entities/{_quoted(key)}/quotes", {"cursor": cursor, "limit": limit}))

    def each_entity_quotes(self, key: str) -> Iterator[ToldQuote]:
        """All of `entity_quotes`, page after page."""
        return cast("Iterator[ToldQuote]", self._walk(f"/entities/{_quoted(key)}/quotes", {}, noun="quotes"))

    def entity_partners(self, key: str, *, limit: int = 25) -> Companions:
        """With whom an entity has to do.

        Those with whom it has most events and quotes, the most first.
        """
        return cast("Companions", self._ask(f"/entities/{_quoted(key)}/partners", {"limit": limit}))

    def entity_stories(self, key: str, *, cursor: str | None = None, limit: int = 25) -> NamingStories:
        """Stories that name an entity.

        Stories that name it, newest first.
        """
        return cast("NamingStories", self._ask(f"/entities/{_quoted(key)}/stories", {"cursor": cursor, "limit": limit}))

    def each_entity_stories(self, key: str) -> Iterator[Listed]:
        """All of `entity_stories`, page after page."""
        return cast("Iterator[Listed]", self._walk(f"/entities/{_quoted(key)}/stories", {}, noun="stories"))

    def pair(self, one: str, other: str) -> Pair:
        """Two entities: their balance by month.

        Events between the two, either way, by month and quad; what is denied or merely supposed is not counted.
        """
        return cast("Pair", self._ask(f"/pairs/{_quoted(one)}/{_quoted(other)}", {}))

    def pair_events(self, one: str, other: str, *, cursor: str | None = None, limit: int = 25) -> Events:
        """Events between two entities.

        Events one of them did to the other, newest first.
        """
        return cast(
            "Events", self._ask(f"/pairs/{_quoted(one)}/{_quoted(other)}/events", {"cursor": cursor, "limit": limit})
        )

    def each_pair_events(self, one: str, other: str) -> Iterator[ToldEvent]:
        """All of `pair_events`, page after page."""
        return cast(
            "Iterator[ToldEvent]", self._walk(f"/pairs/{_quoted(one)}/{_quoted(other)}/events", {}, noun="events")
        )

    def pair_quotes(self, one: str, other: str, *, cursor: str | None = None, limit: int = 25) -> Quotes:
        """Quotes between two entities.

        Quotes in which one of them speaks of the other, newest first.
        """
        return cast(
            "Quotes", self._ask(f"/pairs/{_quoted(one)}/{_quoted(other)}/quotes", {"cursor": cursor, "limit": limit})
        )

    def each_pair_quotes(self, one: str, other: str) -> Iterator[ToldQuote]:
        """All of `pair_quotes`, page after page."""
        return cast(
            "Iterator[ToldQuote]", self._walk(f"/pairs/{_quoted(one)}/{_quoted(other)}/quotes", {}, noun="quotes")
        )

    def events(
        self,
        *,
        type_: Literal[
            "AGREE",
            "CONSULT",
            "SUPPORT",
            "CONCEDE",
            "COOPERATE",
            "AID",
            "RETREAT",
            "REQUEST",
            "ACCUSE",
            "REJECT",
            "THREATEN",
            "PROTEST",
            "SANCTION",
            "MOBILIZE",
            "COERCE",
            "ASSAULT",
        ]
        | None = None,
        quad: int | None = None,
        actor: str | None = None,
        recipient: str | None = None,
        country: str | None = None,
        modality: Literal["happened", "ongoing", "planned", "threatened", "denied", "hypothetical"] | None = None,
        from_: str | None = None,
        to: str | None = None,
        cursor: str | None = None,
        limit: int = 25,
    ) -> Events:
        """Events, newest first.

        Who did what to whom, by the day it is dated to. An actor or recipient no story tells of is a 404.
        """
        return cast(
            "Events",
            self._ask(
                "/events",
                {
                    "type": type_,
                    "quad": quad,
                    "actor": actor,
                    "recipient": recipient,
                    "country": country,
                    "modality": modality,
                    "from": from_,
                    "to": to,
                    "cursor": cursor,
                    "limit": limit,
                },
            ),
        )

    def each_events(
        self,
        *,
        type_: Literal[
            "AGREE",
            "CONSULT",
            "SUPPORT",
            "CONCEDE",
            "COOPERATE",
            "AID",
            "RETREAT",
            "REQUEST",
            "ACCUSE",
            "REJECT",
            "THREATEN",
            "PROTEST",
            "SANCTION",
            "MOBILIZE",
            "COERCE",
            "ASSAULT",
        ]
        | None = None,
        quad: int | None = None,
        actor: str | None = None,
        recipient: str | None = None,
        country: str | None = None,
        modality: Literal["happened", "ongoing", "planned", "threatened", "denied", "hypothetical"] | None = None,
        from_: str | None = None,
        to: str | None = None,
    ) -> Iterator[ToldEvent]:
        """All of `events`, page after page."""
        return cast(
            "Iterator[ToldEvent]",
            self._walk(
                "/events",
                {
                    "type": type_,
                    "quad": quad,
                    "actor": actor,
                    "recipient": recipient,
                    "country": country,
                    "modality": modality,
                    "from": from_,
                    "to": to,
                },
                noun="events",
            ),
        )

    def events_plover(
        self,
        *,
        type_: Literal[
            "AGREE",
            "CONSULT",
            "SUPPORT",
            "CONCEDE",
            "COOPERATE",
            "AID",
            "RETREAT",
            "REQUEST",
            "ACCUSE",
            "REJECT",
            "THREATEN",
            "PROTEST",
            "SANCTION",
            "MOBILIZE",
            "COERCE",
            "ASSAULT",
        ]
        | None = None,
        quad: int | None = None,
        actor: str | None = None,
        recipient: str | None = None,
        country: str | None = None,
        modality: Literal["happened", "ongoing", "planned", "threatened", "denied", "hypothetical"] | None = None,
        from_: str | None = None,
        to: str | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Events as PLOVER JSON lines.

        All events that fit, newest first; without ``modality`` those that happened or are going on.
        """
        return self._lines(
            "/events.plover.jsonl",
            {
                "type": type_,
                "quad": quad,
                "actor": actor,
                "recipient": recipient,
                "country": country,
                "modality": modality,
                "from": from_,
                "to": to,
            },
        )

    def events_polecat(
        self,
        *,
        type_: Literal[
            "AGREE",
            "CONSULT",
            "SUPPORT",
            "CONCEDE",
            "COOPERATE",
            "AID",
            "RETREAT",
            "REQUEST",
            "ACCUSE",
            "REJECT",
            "THREATEN",
            "PROTEST",
            "SANCTION",
            "MOBILIZE",
            "COERCE",
            "ASSAULT",
        ]
        | None = None,
        quad: int | None = None,
        actor: str | None = None,
        recipient: str | None = None,
        country: str | None = None,
        modality: Literal["happened", "ongoing", "planned", "threatened", "denied", "hypothetical"] | None = None,
        from_: str | None = None,
        to: str | None = None,
    ) -> Iterator[str]:
        """Events in POLECAT's columns.

        All events that fit, newest first; without ``modality`` those that happened or are going on.
        """
        return self._rows(
            "/events.polecat.tsv",
            {
                "type": type_,
                "quad": quad,
                "actor": actor,
                "recipient": recipient,
                "country": country,
                "modality": modality,
                "from": from_,
                "to": to,
            },
        )

    def quotes(
        self,
        *,
        speaker: str | None = None,
        about: str | None = None,
        stance: str | None = None,
        from_: str | None = None,
        to: str | None = None,
        cursor: str | None = None,
        limit: int = 25,
    ) -> Quotes:
        """Quotes, newest first.

        Who said what, by the day its story was published. ``about`` is one whom the words name.
        """
        return cast(
            "Quotes",
            self._ask(
                "/quotes",
                {
                    "speaker": speaker,
                    "about": about,
                    "stance": stance,
                    "from": from_,
                    "to": to,
                    "cursor": cursor,
                    "limit": limit,
                },
            ),
        )

    def each_quotes(
        self,
        *,
        speaker: str | None = None,
        about: str | None = None,
        stance: str | None = None,
        from_: str | None = None,
        to: str | None = None,
    ) -> Iterator[ToldQuote]:
        """All of `quotes`, page after page."""
        return cast(
            "Iterator[ToldQuote]",
            self._walk(
                "/quotes",
                {"speaker": speaker, "about": about, "stance": stance, "from": from_, "to": to},
                noun="quotes",
            ),
        )

    def claims(self, *, entity: str | None = None, cursor: str | None = None, limit: int = 25) -> Claims:
        """Accusations and what answers them.

        Accusations, newest first, each with how other stories of its event put it and the denials that answer it.

        ``entity`` is one who accuses or is accused.
        """
        return cast("Claims", self._ask("/claims", {"entity": entity, "cursor": cursor, "limit": limit}))

    def each_claims(self, *, entity: str | None = None) -> Iterator[ToldClaim]:
        """All of `claims`, page after page."""
        return cast("Iterator[ToldClaim]", self._walk("/claims", {"entity": entity}, noun="claims"))

    def group(self, number: int) -> StoryGroup:
        """The stories of one event.

        The published stories of a group, the earliest first; ``copy_of`` names the one whose text another repeats.
        """
        return cast("StoryGroup", self._ask(f"/groups/{_quoted(number)}", {}))

    def search(
        self,
        *,
        q: str,
        language: str | None = None,
        order: Literal["relevance", "date"] = "relevance",
        facets: bool = False,
        cursor: str | None = None,
        limit: int = 25,
    ) -> Finds:
        """Stories that a query finds.

        Stories that match, with the words around the first match. No query is an error: ``explained`` says how each
        piece was understood. By date the cursor is stable under new stories; by relevance they may move it.
        """
        return cast(
            "Finds",
            self._ask(
                "/search",
                {"q": q, "language": language, "order": order, "facets": facets, "cursor": cursor, "limit": limit},
            ),
        )

    def each_search(
        self,
        *,
        q: str,
        language: str | None = None,
        order: Literal["relevance", "date"] = "relevance",
        facets: bool = False,
    ) -> Iterator[FoundStory]:
        """All of `search`, page after page."""
        return cast(
            "Iterator[FoundStory]",
            self._walk("/search", {"q": q, "language": language, "order": order, "facets": facets}, noun="hits"),
        )

    def export(self, *, language: str | None = None, cursor: str | None = None) -> Iterator[dict[str, Any]]:
        """All published stories with their readings.

        Stories by their codes, one JSON line each. Broken off, go on behind the ``cursor`` of the last whole line.
        """
        return self._lines("/export", {"language": language, "cursor": cursor})

    def sources(self) -> PolledSources:
        """All sources.

        Where stories come from, with when each is visited next and why then.
        """
        return cast("PolledSources", self._ask("/desk/sources", {}))

    def source(self, slug: str) -> Whole:
        """A source's health.

        Its last visits, what was refused and why it is visited when it is.
        """
        return cast("Whole", self._ask(f"/desk/sources/{_quoted(slug)}", {}))

    def filed(self, *, cursor: str | None = None, limit: int = 25) -> FiledStories:
        """Stories not published yet.

        Filed stories, newest first.
        """
        return cast("FiledStories", self._ask("/desk/stories", {"cursor": cursor, "limit": limit}))

    def each_filed(self) -> Iterator[Listed]:
        """All of `filed`, page after page."""
        return cast("Iterator[Listed]", self._walk("/desk/stories", {}, noun="stories"))

    def story_history(self, code: int) -> Whole:
        """A story's history.

        Every version with what it changed, every place it was seen, every act, whatever the story's state.
        """
        return cast("Whole", self._ask(f"/desk/stories/{_quoted(code)}", {}))

    def refusals(self, *, reason: str | None = None, cursor: str | None = None, limit: int = 25) -> Refusals:
        """What was refused.

        What came in and became no story, with the named reason; the latest first seen first.
        """
        return cast("Refusals", self._ask("/desk/refusals", {"reason": reason, "cursor": cursor, "limit": limit}))

    def each_refusals(self, *, reason: str | None = None) -> Iterator[RefusedItem]:
        """All of `refusals`, page after page."""
        return cast("Iterator[RefusedItem]", self._walk("/desk/refusals", {"reason": reason}, noun="refusals"))

    def acts(self, *, cursor: str | None = None, limit: int = 25) -> Acts:
        """The audit.

        Who did what to which story, newest first.
        """
        return cast("Acts", self._ask("/desk/acts", {"cursor": cursor, "limit": limit}))

    def each_acts(self) -> Iterator[DoneAct]:
        """All of `acts`, page after page."""
        return cast("Iterator[DoneAct]", self._walk("/desk/acts", {}, noun="acts"))

    def _ask(self, path: str, asked: Mapping[str, Any]) -> Any:
        url = self._url(path, asked)
        etag, known = self._kept.get(url, ("", None))
        response = self._open(url, {"If-None-Match": etag} if etag else {})
        if response is None:
            return known
        with _reached(url), response:
            told = json.load(response)
        if etag := response.headers.get("ETag", ""):
            self._kept[url] = etag, told
            self._kept.move_to_end(url)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return told

    def _walk(self, path: str, asked: Mapping[str, Any], *, noun: str) -> Iterator[Any]:
        cursor: str | None = None
        while True:
            told = self._ask(path, {**asked, "cursor": cursor, "limit": 100})
            yield from told[noun]
            cursor = told["next"]
            if cursor is None:
                return

    def _rows(self, path: str, asked: Mapping[str, Any]) -> Iterator[str]:
        url = self._url(path, asked)
        response = self._open(url, {})
        if response is not None:
            with _reached(url), response:
                for line in response:
                    yield line.decode("utf-8").rstrip("\n")

    def _lines(self, path: str, asked: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        return (json.loads(line) for line in self._rows(path, asked))

    def _url(self, path: str, asked: Mapping[str, Any]) -> str:
        told = {name: str(value).lower() if isinstance(value, bool) else value for name, value in asked.items()}
        query = urlencode({name: value for name, value in told.items() if value is not None})
        return f"{self.address}{path}{'?' if query else ''}{query}"

    def _open(self, url: str, headers: Mapping[str, str]) -> HTTPResponse | None:
        """Return the answer, None where it is the one known already. Raises ApiError."""
        while True:
            try:
                request = Request(url, headers={**self._headers, **headers})
                with _reached(url):
                    return cast("HTTPResponse", urlopen(request, timeout=self.timeout))
            except HTTPError as error:
                with error:
                    if error.code == 304:
                        return None
                    problem = _problem(error)
                if not isinstance(problem, TooOften) or problem.wait > self.patience:
                    raise problem from None
            time.sleep(problem.wait)


@contextmanager
def _reached(url: str) -> Iterator[None]:
    """Turn what the network raises into NotReached."""
    try:
        yield
    except HTTPError:  # somebody answered
        raise
    except (OSError, HTTPException) as error:
        reason = str(getattr(error, "reason", None) or error) or type(error).__name__
        raise NotReached(0, {"error": f"{url}: {reason}"}) from error


def _problem(error: HTTPError) -> ApiError:
    try:
        told = json.load(error)
    except ValueError:
        told = {}
    problem = _ERRORS.get(error.code, ApiError)(error.code, told if isinstance(told, dict) else {})
    if isinstance(problem, TooOften):
        wait = error.headers.get("Retry-After", "")
        problem.wait = int(wait) if wait.isdecimal() else 60
    return problem


def _quoted(part: str | int) -> str:
    return quote(str(part), safe="")
