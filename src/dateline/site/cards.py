"""Stories as lists show them, and how a front page is made up of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline.site.pages import Section
from dateline.story import Stamp
from dateline.text.direction import Direction, direction_of_language

SECOND = 4
IN_COLUMN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A story in a list. ``gist`` is its summary or first paragraph, ``more`` the paragraph after that.

    ``came_in`` is the day that one without a date stands under.
    """

    code: int
    path: str
    headline: str
    gist: str
    language: str
    published: Stamp | None
    came_in: date | None = None
    more: str = ""
    credit: str | None = None
    section: Section | None = None
    corrected: bool = False

    @property
    def direction(self) -> Direction:
        return direction_of_language(self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A front page: each story stands on it once."""

    lead: Card | None
    second: tuple[Card, ...]
    columns: tuple[tuple[Section, tuple[Card, ...]], ...]
    others: tuple[Card, ...]


def front(cards: Sequence[Card]) -> Front:
    """Make up the front page from the newest stories, newest first.

    The newest leads and the next four stand beside it; the rest go into a column for each section, sections in the
    order of their newest story. A section with one story left, and stories without a section, are kept together.
    """
    lead, second, rest = cards[0] if cards else None, cards[1 : 1 + SECOND], cards[1 + SECOND :]
    by_section: dict[Section, list[Card]] = {}
    for card in rest:
        if card.section:
            by_section.setdefault(card.section, []).append(card)
    columns = {section: found[:IN_COLUMN] for section, found in by_section.items() if len(found) > 1}
    placed = {card.code for found in columns.values() for card in found}
    return Front(
        lead=lead,
        second=tuple(second),
        columns=tuple((section, tuple(found)) for section, found in columns.items()),
        others=tuple(card for card in rest if card.code not in placed),
    )
