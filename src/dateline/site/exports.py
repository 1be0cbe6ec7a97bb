"""What a query finds, in the forms it can be taken away in: feeds, a calendar, tables, JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import quote

from django.conf import settings

from dateline import __version__
from dateline.archive.models import Record
from dateline.archive.search import stream
from dateline.reading.fingerprints import fingerprint
from dateline.site import shelves
from dateline.site.language import name_of
from dateline.story import DatelineError, Story
from dateline.text.queries import Field, Query
from dateline.text.query_reader import narrowed
from dateline.wire import atom, icalendar, jsonfeed, rss
from dateline.wire.channel import UNDATED, Channel, FeedEntry

IN_A_FEED = 50
IN_A_CALENDAR = 1_000
COLUMNS = (
    "code",
    "permalink",
    "language",
    "published",
    "headline",
    "section",
    "credit",
    "byline",
    "dateline",
    "summary",
    "text",
)
_AT_ONCE = 1_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class NotInstalled(DatelineError):
    """A form needs a library that is not there; the message says how to get it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A form a query can be taken away in. ``write`` yields its bytes; ``most`` stories go into it, None for all."""

    name: str
    content_type: str
    write: Callable[[Query, str | None, int | None], Iterator[bytes]]
    is_table: bool = False


def entry(record: Record) -> FeedEntry:
    """Return a record as feeds show it."""
    assert record.current is not None
    return FeedEntry(
        story=record.current.as_story(),
        id=identity(record),
        permalink=shelves.address(record.path),
        updated=record.changed_at.isoformat(timespec="seconds"),
        code=str(record.code),
    )


def identity(record: Record) -> str:
    # The short address: it outlives every slug and every template.
    return f"{settings.DATELINE_SITE_URL}/{record.code}"


def _found(query: Query, language: str | None, most: int | None, *, with_readings: bool = False) -> Iterator[Record]:
    return islice(stream(query, language=language, with_readings=with_readings), most)


def _feed(form: str, dump: Callable[..., bytes]) -> Callable[[Query, str | None, int | None], Iterator[bytes]]:
    def write(query: Query, language: str | None, most: int | None) -> Iterator[bytes]:
        records = list(_found(query, language, min(most or IN_A_FEED, IN_A_FEED)))
        spoken = language or settings.DATELINE_LANGUAGE
        changed = max((record.changed_at for record in records), default=None)
        asked = f"?q={quote(query.said)}"
        channel = Channel(
            title=f"{query.said} – {settings.DATELINE_SITE_NAME} – {name_of(spoken)}",
            url=shelves.address(f"/{spoken}/search{asked}"),
            feed_url=shelves.address(f"/{spoken}/search.{form}{asked}"),
            language=spoken,
            updated=changed.isoformat(timespec="seconds") if changed else UNDATED,
        )
        yield dump([entry(record) for record in records], channel=channel)

    return write


def _row(record: Record) -> dict[str, Any]:
    assert record.current is not None
    story: Story = record.current.as_story()
    stamp = story.published
    told = {name: getattr(story, name) or "" for name in COLUMNS[4:]}
    return {
        "code": record.code,
        "permalink": shelves.address(record.path),
        "language": record.language,
        "published": stamp.value + ((stamp.zone or "") if "T" in stamp.value else "") if stamp else "",
        **told,
    }


def _csv(query: Query, language: str | None, most: int | None) -> Iterator[bytes]:
    """Yield a table with a byte order mark, by which spreadsheets know UTF-8; what they would run as a formula they
    get as text, behind an apostrophe."""
    line = io.StringIO()
    writer = csv.DictWriter(line, COLUMNS)
    line.write("\ufeff")
    writer.writeheader()
    for record in _found(query, language, most):
        cells = _row(record)
        writer.writerow({name: f"'{said}" if str(said).startswith(_FORMULA) else said for name, said in cells.items()})
        yield _taken(line)
    yield _taken(line)


def _taken(line: io.StringIO) -> bytes:
    said = line.getvalue().encode("utf-8", "replace")
    line.seek(0)
    line.truncate()
    return said


def _jsonl(query: Query, language: str | None, most: int | None) -> Iterator[bytes]:
    for record in _found(query, language, most, with_readings=True):
        assert record.current is not None
        told = {
            "code": record.code,
            "permalink": shelves.address(record.path),
            "language": record.language,
            "version": record.current.number,
            "story": record.current.story,
            "reading": record.current.reading,
        }
        yield (json.dumps(told, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _parquet(query: Query, language: str | None, most: int | None) -> Iterator[bytes]:
    arrow, parquet = _pyarrow()
    schema = arrow.schema([("code", arrow.int64()), *((name, arrow.string()) for name in COLUMNS[1:])])
    found = _found(query, language, most)
    with TemporaryFile() as file:
        with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            while rows := [_row(record) for record in islice(found, _AT_ONCE)]:
                writer.write_table(arrow.Table.from_pylist(rows, schema))
        file.seek(0)
        while piece := file.read(1 << 16):
            yield piece


def offered() -> list[str]:
    """Return the forms that this installation can make, by name."""
    return [name for name in EXPORTS if name != "parquet" or find_spec("pyarrow") is not None]


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise NotInstalled(
            "Parquet needs pyarrow: install dateline[parquet] (here: pip install '.[parquet]')"
        ) from error
    return pyarrow, pyarrow.parquet


def _calendar(query: Query, language: str | None, most: int | None) -> Iterator[bytes]:
    planned = narrowed(query, Field(name="is", words=("planned",)))
    records = _found(planned, language, min(most or IN_A_CALENDAR, IN_A_CALENDAR), with_readings=True)
    entries = {each.uid: each for record in records for each in _plans(record)}
    name = f"{query.said} – {settings.DATELINE_SITE_NAME}"
    yield icalendar.dump(entries.values(), name=name, product=f"-//Dateline//Dateline {__version__}//EN")


def _plans(record: Record) -> Iterable[icalendar.CalendarEntry]:
    """Yield what a story says is planned for certain days."""
    assert record.current is not None
    story, reading = record.current.as_story(), record.current.as_reading()
    if reading is None:
        return
    moments = {moment.span: moment for moment in reading.moments}
    places = {place.span: place for place in reading.places}
    for event in reading.events:
        moment = moments.get(event.moment) if event.moment else None
        if event.modality != "planned" or moment is None or not moment.first or not moment.last:
            continue
        place = places.get(event.place) if event.place else None
        yield icalendar.CalendarEntry(
            uid=f"{fingerprint(event, story.text)}.{record.code}@{settings.DATELINE_SITE_URL.partition('://')[2]}",
            first=moment.first,
            last=moment.last,
            summary=" ".join(event.span.of(story.text).split()),
            told_at=record.changed_at,
            description=f"{story.headline}\n{shelves.address(record.path)}",
            url=shelves.address(record.path),
            place=place.name if place else "",
        )


EXPORTS = {
    each.name: each
    for each in (
        Export(name="rss", content_type="application/rss+xml; charset=utf-8", write=_feed("rss", rss.dump)),
        Export(name="atom", content_type="application/atom+xml; charset=utf-8", write=_feed("atom", atom.dump)),
        Export(name="json", content_type="application/feed+json", write=_feed("json", jsonfeed.dump)),
        Export(name="ics", content_type="text/calendar; charset=utf-8", write=_calendar),
        Export(name="csv", content_type="text/csv; charset=utf-8", write=_csv, is_table=True),
        Export(name="jsonl", content_type="application/jsonl; charset=utf-8", write=_jsonl, is_table=True),
        Export(name="parquet", content_type="application/vnd.apache.parquet", write=_parquet, is_table=True),
    )
}
