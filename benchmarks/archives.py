"""WARC → Items: what it costs beside warcio alone reading each record with its payload."""

from __future__ import annotations

import io
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from benchmarks.clock import seconds
from dateline.story import Stamp, Story
from dateline.wire import warc
from dateline.wire.channel import UNDATED, Channel
from dateline.wire.conversion import entry_of

_PAGES = 500


def run(folder: Path | None) -> None:
    for what, archive in (("plain", _archive(packed=False)), ("gzipped record by record", _archive(packed=True))):
        cost = seconds(lambda archive=archive: sum(1 for _ in warc.stream(io.BytesIO(archive))))
        yardstick = seconds(lambda archive=archive: _alone(archive))
        rate = _PAGES / cost
        print(f"{what}: {cost / yardstick:.2f} × warcio alone, {rate:,.0f} pages a second")


def _alone(data: bytes) -> int:
    return sum(len(record.content_stream().read()) for record in ArchiveIterator(io.BytesIO(data)))


def _archive(*, packed: bool) -> bytes:
    stamp = Stamp(value="2015-05-12T15:14:00", precision="second", zone="+00:00", said="", origin="generated")
    stories = [
        Story(
            headline=f"Story {n}",
            text="\n\n".join(f"Paragraph {p} of story {n} tells of the ferry and its pier. " * 10 for p in range(8)),
            language="en",
            published=stamp,
            url=f"https://pier.example/{n}",
        )
        for n in range(_PAGES)
    ]
    channel = Channel(title="Pier", url="https://pier.example/", feed_url="", language="en", updated=UNDATED)
    return warc.dump(map(entry_of, stories), channel=channel, packed=packed)
