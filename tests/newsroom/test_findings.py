"""The index of findings is the Reading's own, of every kind, and is rebuilt at will."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dateline.reading.fingerprints import fingerprint
from tests.conftest import NOW


def rows(record: Any) -> list[tuple[Any, ...]]:
    fields = ("kind", "fingerprint", "start", "end", "label", "value", "entity__key")
    return sorted(record.findings.values_list(*fields), key=repr)


def test_every_kind_of_finding_is_indexed_and_rebuilt(paper: None) -> None:
    from dateline.archive.models import Record
    from dateline.newsroom.read import read
    from dateline.reading import reader

    seen: Counter[str] = Counter()
    for record in Record.objects.published().in_language("en").with_current():
        read(record.current, reader=reader.read, by="test", now=NOW)
        story, reading = record.current.as_story(), record.current.as_reading()
        before = rows(record)
        found = Counter(kind for kind, *_ in before)
        kinds = ("mentions", "moments", "places", "quotes", "events")
        assert found == Counter({kind[:-1]: len(getattr(reading, kind)) for kind in kinds if getattr(reading, kind)})
        seen.update(found)
        named = {actor.key for actor in reading.actors if actor.named}
        events = {row[1]: row for row in before if row[0] == "event"}
        for event in reading.events:
            _, _, start, end, label, value, entity = events[fingerprint(event, story.text)]
            assert (start, end, value) == (event.span.start, event.span.end, event.type)
            assert label == event.span.of(story.text)[:500]
            assert entity == (event.actors[0] if event.actors and event.actors[0] in named else None)
        record.findings.all().delete()
        read(record.current, reader=lambda story, *, known, kept=reading: kept, by="test", now=NOW)
        assert rows(record) == before
    assert min(seen[kind] for kind in ("mention", "moment", "place", "quote", "event")) > 10
