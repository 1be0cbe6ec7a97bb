"""Findings with what the reading says of them in full: the rows of the index name parties, days and places only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.archive.dossiers import Cited
from dateline.archive.models import Record, Version
from dateline.reading.fingerprints import extent, fingerprint
from dateline.story import Actor, Event, Moment, Place, Quote, Reading, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """An event or a quote, the version of the story that tells it, and what else is read there."""

    record: Record
    version: Version
    story: Story
    reading: Reading
    value: Event | Quote
    fingerprint: str

    @property
    def start(self) -> int:
        return extent(self.value)[0].start

    @property
    def end(self) -> int:
        return max(span.end for span in extent(self.value))

    def actor(self, key: str) -> Actor | None:
        return next((actor for actor in self.reading.actors if actor.key == key), None)

    @property
    def place(self) -> Place | None:
        span = self.value.place if isinstance(self.value, Event) else None
        return next((place for place in self.reading.places if place.span == span), None)

    @property
    def moment(self) -> Moment | None:
        span = self.value.moment if isinstance(self.value, Event) else None
        return next((moment for moment in self.reading.moments if moment.span == span), None)


def witnesses(found: Iterable[Cited]) -> Iterator[Witness]:
    """Yield findings in full, in their order; those that a later reading no longer has are left out.

    Costs one look-up for all stories, and one unpacking of each reading.
    """
    cited = list(found)
    versions = Version.objects.select_related("record").in_bulk({each.record.current_id for each in cited} - {None})
    known: dict[int, dict[str, Witness]] = {}
    for each in cited:
        version = versions.get(each.record.current_id or 0)
        if version is None:
            continue
        if version.pk not in known:
            known[version.pk] = {witness.fingerprint: witness for witness in told_in(version)}
        if witness := known[version.pk].get(each.finding.fingerprint):
            yield witness


def told_in(version: Version) -> Iterator[Witness]:
    """Yield the events and quotes of a version, in the order of its reading."""
    reading = version.as_reading()
    if reading is None:
        return
    story = version.as_story()
    values: list[Event | Quote] = [*reading.events, *reading.quotes]
    for value in values:
        yield Witness(
            record=version.record,
            version=version,
            story=story,
            reading=reading,
            value=value,
            fingerprint=fingerprint(value, story.text),
        )
