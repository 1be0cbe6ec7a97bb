"""What the API answers with. The plain form of a Story and a Reading is the machine interface's own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema


class Listed(Schema):
    """A story in a list. ``published`` is as the story states it, ``published_origin`` where that was found.

    Both are null where it states none: ``day`` is then the day it came in.
    """

    code: int
    language: str
    headline: str
    permalink: str
    section: str | None = None
    credit: str | None = None
    published: str | None = None
    published_origin: str | None = None
    day: str
    changed_at: datetime


class Shelf(Schema):
    """A stretch of the list of stories. ``next`` is the cursor of the next one."""

    stories: list[Listed]
    next: str | None = None


class Revision(Schema):
    """A version of a story: its number and when it was filed."""

    number: int
    filed_at: datetime
    headline: str
    current: bool


class Remark(Schema):
    """A public correction."""

    at: datetime
    text: str


class Rendition(Schema):
    """The same story in another language. ``of_version`` is the original's version it tells, null for the original.

    ``out_of_date_since`` is the first version of the original that it does not tell.
    """

    code: int
    language: str
    permalink: str
    of_version: int | None = None
    out_of_date_since: int | None = None


class Told(Schema):
    """A story with all that is known of it; of an edition also what it tells of its original."""

    code: int
    language: str
    permalink: str
    story: dict[str, Any]
    reading: dict[str, Any] | None = None
    versions: list[Revision]
    corrections: list[Remark]
    editions: list[Rendition]
    of_version: int | None = None
    out_of_date_since: int | None = None


class ToldVersion(Schema):
    """A version as it stood: its story whole."""

    code: int
    number: int
    filed_at: datetime
    current: bool
    story: dict[str, Any]


class Versions(Schema):
    """The versions that readers may have seen, oldest first."""

    code: int
    versions: list[Revision]


class StoryReading(Schema):
    """What was read in a story's current version; ``reading`` is null while it is unread."""

    code: int
    version: int
    reading: dict[str, Any] | None


class SnippetPart(Schema):
    """Words around a match; ``matched`` marks those looked for."""

    text: str
    matched: bool


class FoundStory(Schema):
    """A story that a search found, with the words around the first match."""

    story: Listed
    snippet: list[SnippetPart]


class FacetCount(Schema):
    """A value that stories found have, the query that narrows to it, and whether this query already does."""

    value: str
    label: str
    count: int
    query: str
    is_on: bool


class FacetCounts(Schema):
    """The values of one field of the query language, the most frequent first."""

    field: str
    values: list[FacetCount]


class Understood(Schema):
    """How a piece of the query was understood; ``is_doubt`` says that it was passed over or taken otherwise.

    ``instead`` are pieces that stories are known for, where they are not for this one.
    """

    said: str
    outcome: str
    is_doubt: bool
    instead: list[str]


class Finds(Schema):
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


class Problem(Schema):
    """What went wrong, in a line."""

    error: str


class Withdrawal(Schema):
    """The public notice of a withdrawn story."""

    error: str
    code: int
    withdrawn_at: datetime | None = None
    reason: str | None = None
