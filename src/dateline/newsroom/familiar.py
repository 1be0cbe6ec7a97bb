"""What a batch of stories has in common with the archive, asked for all of them at once.

``recognise`` alone says which record a story belongs to. This says of which stories that need not be asked: one that
shares no name, no words and no likeness with any other is new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dateline.archive.codes import code_in
from dateline.archive.rows import asked_for
from dateline.archive.sketches import alike, holders
from dateline.clean.arrivals import Arrival
from dateline.text.urls import is_front


class Familiar:
    """The names and words that the archive knows of a batch; what comes in is added as it does."""

    def __init__(self, arrivals: Sequence[Arrival], *, site_url: str) -> None:
        self._site_url = site_url
        names = {name for arrival in arrivals for name in _names(arrival)}
        guids = {name for kind, name in names if kind == "guid"}
        pages = {name for kind, name in names if kind == "page"}
        codes = {name for kind, name in names if kind == "code"}
        words = {arrival.words for arrival in arrivals}
        self._known = {
            *(("guid", guid) for (guid,) in asked_for("SELECT guid FROM archive_sighting WHERE guid IN (%s)", guids)),
            *(("page", page) for (page,) in asked_for("SELECT page FROM archive_sighting WHERE page IN (%s)", pages)),
            *(
                ("code", code)
                for (code,) in asked_for("SELECT foreign_code FROM archive_sighting WHERE foreign_code IN (%s)", codes)
            ),
            *(
                ("words", said)
                for (said,) in asked_for("SELECT digest FROM archive_version WHERE digest IN (%s)", words)
            ),
        }
        self._held = holders(value for arrival in arrivals for value in arrival.sketch)

    def has(self, arrival: Arrival) -> bool:
        """Tell whether a story may be known, or does something to one that is."""
        story = arrival.story
        if story.status != "usable" or story.corrects or code_in(story.url or "", self._site_url) is not None:
            return True
        return not self._known.isdisjoint(_names(arrival)) or bool(alike(arrival.sketch, self._held))

    def add(self, arrival: Arrival) -> None:
        self._known.update(_names(arrival))
        for value in arrival.sketch:
            self._held.setdefault(value, []).append(-id(arrival))


def _names(arrival: Arrival) -> Iterator[tuple[str, str]]:
    story = arrival.story
    yield "words", arrival.words
    if story.guid:
        yield "guid", arrival.guid
    if story.code:
        yield "code", story.code
    if story.url and not is_front(story.url):
        yield "page", arrival.page


def known_digests(digests: Iterable[str]) -> set[str]:
    """Return those of the digests under which an item came in before."""
    return {digest for (digest,) in asked_for("SELECT digest FROM archive_sighting WHERE digest IN (%s)", digests)}
