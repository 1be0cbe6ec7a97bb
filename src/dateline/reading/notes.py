"""What the readers hand on to each other while they read one story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.story import Actor, Event, Mention, Moment, Place, Quote, Role, Story
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


def _nobody(surname: str) -> str | None:
    """Know no one: a story read by itself."""


@dataclass(slots=True)
class Notes:
    """A story under reading. ``doc`` is the parse of ``Story.text``, None in a language without a parser.

    ``captions`` are parses of what stands around the text (figure captions): they may tell who holds an office, but
    nothing in them is a finding. ``known`` gives the full name of the one person whom the archive knows by a surname
    (folded), None where it knows none or several. ``stand_ins`` maps spans such as "the secretary of state" to the
    actor they stand for.
    """

    story: Story
    doc: Doc | None = None
    captions: tuple[Doc, ...] = ()
    known: Callable[[str], str | None] = _nobody
    actors: dict[str, Actor] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    moments: tuple[Moment, ...] = ()
    places: tuple[Place, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    unread: tuple[str, ...] = ()
    stand_ins: dict[Span, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.story.text

    @property
    def language(self) -> str:
        return self.story.language

    def give_role(self, key: str, role: Role) -> None:
        """Note an office of an actor; the fuller of two statements of it stays."""
        actor = self.actors[key]
        known = actor.role
        if known is None:
            self.actors[key] = replace(actor, role=role, country=actor.country or role.country)
        elif known.office == role.office and known.country is None and role.country:
            self.actors[key] = replace(actor, role=role, country=role.country)
