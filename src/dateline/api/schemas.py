"""What the API answers with. The plain form of a Story and a Reading is the machine interface's own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema


class Listed(Schema):
    """A story in a list."""

    code: int
    language: str
    headline: str
    permalink: str
    section: str | None = None
    credit: str | None = None
    published: str | None = None
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


class FoundStory(Schema):
    """A story that a search found, with the words around the first match; ``matched`` marks the words looked for."""

    story: Listed
    snippet: list[tuple[str, bool]]


class Finds(Schema):
    """What a search found: how many stories (where ``is_capped``, or more), and the best of them."""

    total: int
    is_capped: bool
    hits: list[FoundStory]


class Problem(Schema):
    """What went wrong, in a line."""

    error: str


class Withdrawal(Schema):
    """The public notice of a withdrawn story."""

    error: str
    code: int
    withdrawn_at: datetime | None = None
    reason: str | None = None
