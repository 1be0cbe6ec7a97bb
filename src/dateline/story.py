"""The values every room speaks in.

All are frozen, slotted and keyword-only. None of them touches a database, a clock or a
setting. Offsets are code points into ``Story.text`` unless a field says otherwise.

Errors form one tree::

    DatelineError
    ├── Unreadable   the bytes are in no form we read (empty, binary, half a file, …)
    └── Refused      readable, but no story (its reason has a name, and is counted)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.text.spans import Span

Kind = Literal["PER", "ORG", "LOC", "MISC"]
Status = Literal["usable", "withheld", "canceled"]


class DatelineError(Exception):
    """Say what went wrong in one line; the caller adds where."""


class Unreadable(DatelineError):
    """The input is in no form that is read here."""


class Refused(DatelineError):
    """The input reads, but holds no story. ``reason`` is the name it is counted under."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{detail} ({reason})")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An image with its caption and credit.

    ``after`` counts the paragraphs that stand before it. ``width`` and ``height`` are CSS
    pixels. ``missing`` says that a caption survived and its image did not.
    """

    url: str | None = None
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None
    width: int | None = None
    height: int | None = None
    after: int = 0
    missing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A date a story carries about itself, no more precise than it was stated.

    ``value`` is ISO 8601 cut to its precision (``2015``, ``2015-05``, ``2015-05-12``,
    ``2015-05-12T15:14``), always in the Gregorian calendar. ``zone`` is ``+HH:MM``, or None when
    none was stated. ``said`` is the text it came from and ``origin`` the field or line that held it.
    """

    value: str
    precision: Literal["year", "month", "day", "minute", "second"]
    zone: str | None = None
    said: str
    origin: str

    @property
    def day(self) -> str | None:
        """The calendar day as stated (no zone applied), or None when less precise."""
        return self.value[:10] if len(self.value) >= 10 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What was mended, where, and how to put it back.

    ``raw`` covers ``before`` in the Item's body; ``at`` is where ``after`` stands in
    ``Story.text`` (None when it stands in another field, named by ``rule``).
    """

    kind: str
    before: str
    after: str
    rule: str
    raw: Span | None = None
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A story in another language, as the source of this one names it: by its address or identifier.

    ``standing`` is what the source says of the named one: that it is the ``original``, a ``translation`` of this one,
    an ``alternate`` (of which neither is said), or the ``default`` among several alternates.
    """

    name: str
    standing: Literal["original", "translation", "alternate", "default"]
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A thing found in a source, untouched: every field holds the source's own characters.

    ``format`` is the wire format it came in; ``body_type`` says how ``body`` is marked up:
    ``text`` (blank line between paragraphs), ``html`` (a fragment), ``page`` (a whole web page),
    ``print`` (the lines of a print page, pasted or extracted) or ``link`` (empty: the story stands at ``url``).
    ``signal`` is what an agency says an item is beside its status: ``update``, ``correction``, ``kill``, ….
    """

    format: str
    body: str
    body_type: Literal["text", "html", "page", "print", "link"]
    guid: str | None = None
    url: str | None = None
    headline: str | None = None
    summary: str | None = None
    published: str | None = None
    updated: str | None = None
    dateline: str | None = None
    byline: str | None = None
    credit: str | None = None
    language: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    site_name: str | None = None
    site_url: str | None = None
    code: str | None = None
    status: Status = "usable"
    version: str | None = None
    note: str | None = None
    corrects: str | None = None
    embargo: str | None = None
    urgency: str | None = None
    signal: str | None = None
    translations: tuple[Translation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed as a list of feeds or a page names it. ``folder`` is where a list keeps it ("World/Asia")."""

    url: str
    title: str | None = None
    site_url: str | None = None
    folder: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one document of a source held, in its order.

    ``refused`` pairs a place in the document ("item 3") with the reason it could not be read; ``passed``
    counts what is no story by its own word ("5 items", "attachment"). ``place`` says where in a bulk file this
    part of it stands ("record 17"). ``hub`` and ``topic`` are a feed's WebSub links, ``refresh`` the seconds it asks
    to be left alone; ``feeds`` are the feeds a list names.
    """

    format: str
    items: tuple[Item, ...]
    title: str | None = None
    url: str | None = None
    language: str | None = None
    refused: tuple[tuple[str, str], ...] = ()
    passed: tuple[tuple[str, str], ...] = ()
    place: str = ""
    hub: str | None = None
    topic: str | None = None
    refresh: int | None = None
    feeds: tuple[FeedLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters of a text and where they stand in its markup: one by one where both are equally long."""

    text: Span
    html: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """A text as sanitised HTML: ``runs`` cover every character of the text but what divides its paragraphs."""

    html: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What an Item says, clean.

    ``text`` is the body: paragraphs without markup, joined by one blank line (``\\n\\n``).
    ``language`` is a BCP 47 primary tag, ``und`` when unknown. ``credit`` names the agency or paper
    a story is credited to, ``byline`` the people who wrote it. ``code`` is the story code
    its page stated, ``guid`` the source's own identifier. ``note`` is the source's note to
    readers or editors; ``corrects`` the guid or address of the story this one corrects. ``urgency`` is IPTC's,
    1 (flash) to 9; ``embargo`` the hour before which it may not be published. ``markup`` is the same text with
    the source's emphasis, links, lists and quotations.
    """

    headline: str
    text: str
    language: str = "und"
    published: Stamp | None = None
    updated: Stamp | None = None
    dateline: str | None = None
    byline: str | None = None
    credit: str | None = None
    summary: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    code: str | None = None
    guid: str | None = None
    url: str | None = None
    site_name: str | None = None
    site_url: str | None = None
    status: Status = "usable"
    version: str | None = None
    note: str | None = None
    corrects: str | None = None
    embargo: Stamp | None = None
    urgency: int | None = None
    signal: str | None = None
    translations: tuple[Translation, ...] = ()
    markup: Markup | None = None
    repairs: tuple[Repair, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.text.split("\n\n")) if self.text else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """An office held, as the text says it. ``country`` is ISO 3166-1 alpha-3."""

    office: str
    country: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One who is named or described in a story. ``key`` is unique in the story: ``per:john-kerry``.

    ``sector`` is PLOVER's (GOV, MIL, REB, OPP …), where the text or the lists tell it.
    """

    key: str
    kind: Kind
    name: str
    role: Role | None = None
    country: str | None = None
    named: bool = True
    sector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name where it stands. ``entity`` is an Actor's key."""

    span: Span
    kind: Kind
    entity: str | None = None
    role: Role | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date as said. ``type`` and ``value`` follow TimeML's TIMEX3.

    ``first`` and ``last`` are the ISO days it covers, both included, None where it covers no fixed days.
    ``clock`` names what it was resolved against: ``stated`` (needs nothing), ``dateline`` (the story's
    own date), ``moment`` (one said before), ``none`` (not resolved).
    """

    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    first: str | None = None
    last: str | None = None
    clock: Literal["stated", "dateline", "moment", "none"] = "stated"
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place name on the map. ``lat``/``lon`` are WGS 84 degrees, None when found but not placed.

    ``demonym`` says that a people or an adjective is named ("Russian", "Londoners"), and put where its place lies.
    """

    span: Span
    name: str
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    geonameid: int | None = None
    demonym: bool = False
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words or a claim given to a speaker.

    Spans are in text order; a broken quotation has several content spans. ``speaker`` is an
    Actor's key; ``answers`` covers the content of the claim a denial answers.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Literal["direct", "mixed", "indirect"]
    speaker: str | None = None
    stance: str = "say"
    answers: Span | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who did what to whom, in PLOVER's terms. ``actors`` and ``recipients`` are Actor keys.

    ``place`` and ``moment`` are the spans of a Place and a Moment of the same Reading; ``also``
    holds the other sentences that tell of the same event.
    """

    span: Span
    type: str
    quad: int
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    mode: str | None = None
    place: Span | None = None
    moment: Span | None = None
    modality: Literal["happened", "ongoing", "planned", "threatened", "denied", "hypothetical"] = "happened"
    also: tuple[Span, ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was found in one Story, with the reader's version.

    ``unread`` names the readers that have no data for the story's language, so that
    an empty list is never mistaken for "nothing there".
    """

    reader: str
    language: str
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    moments: tuple[Moment, ...] = ()
    places: tuple[Place, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    unread: tuple[str, ...] = ()
