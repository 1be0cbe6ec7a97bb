"""Story → Reading: one parse, then a visible tuple of readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.reading import moments as moment_reader
from dateline.reading import places as place_reader
from dateline.reading.events import events
from dateline.reading.models import load
from dateline.reading.names import names
from dateline.reading.notes import Notes
from dateline.reading.plain_places import plain_places
from dateline.reading.quotes import quotes
from dateline.reading.roles import roles
from dateline.story import Mention, Reading, Story

if TYPE_CHECKING:
    from spacy.language import Language

READER = "4"


def moments(notes: Notes) -> bool:
    """Find dates and durations."""
    people = [mention.span for mention in notes.mentions if mention.kind == "PER"]
    story = notes.story
    found = moment_reader.moments(story.text, published=story.published, language=story.language, people=people)
    notes.moments = found or ()
    return found is not None


def places(notes: Notes) -> bool:
    """Put place names on the map."""
    if notes.doc is None:
        return plain_places(notes)
    notes.places = place_reader.places(notes)
    return True


# In this order: each may use what those before it noted. A reader returns False where it has no data for the language.
READERS: tuple[Callable[[Notes], bool], ...] = (names, roles, moments, places, quotes, events)


Known = Callable[[str], str | None]


def read(story: Story, *, nlp: Language | None = None, known: Known | None = None) -> Reading:
    """Read a story. ``nlp`` is the parser to use (default: the language's own, where there is one).

    ``known`` gives the full name of the one person an archive knows by a surname, so that who is named by surname only
    is the same person in every story.
    """
    return reading_of(annotate(story, nlp=nlp, known=known))


def annotate(story: Story, *, nlp: Language | None = None, known: Known | None = None) -> Notes:
    """Return a story with its parse and all that the readers noted."""
    nlp = nlp or load(story.language)
    # The model reads text of its own language only; to any other it would give nonsense with confidence.
    # A text beyond its limit (a million characters) would take gigabytes; it is told as unread instead.
    fits = nlp is not None and nlp.lang == story.language and len(story.text) <= nlp.max_length
    notes = Notes(story=story) if known is None else Notes(story=story, known=known)
    if nlp is not None and fits:
        captions = [caption for figure in story.figures if (caption := figure.caption)]
        notes.doc, *others = nlp.pipe([story.text, *captions])
        notes.captions = tuple(others)
    notes.unread = tuple(reader.__name__ for reader in READERS if not reader(notes))
    return notes


def reading_of(notes: Notes) -> Reading:
    """Return what was noted as the Reading that is kept."""
    return Reading(
        reader=READER,
        language=notes.language,
        actors=tuple(notes.actors.values()),
        mentions=tuple(_with_office(mention, notes) for mention in sorted(notes.mentions, key=lambda each: each.span)),
        moments=notes.moments,
        places=notes.places,
        quotes=notes.quotes,
        events=notes.events,
        unread=notes.unread,
    )


def _with_office(mention: Mention, notes: Notes) -> Mention:
    """Return a mention with the office its bearer holds elsewhere in the story, where it states none itself."""
    actor = notes.actors.get(mention.entity or "")
    return replace(mention, role=actor.role) if actor is not None and mention.role is None else mention
