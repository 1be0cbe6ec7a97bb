"""A feed → Items: what it costs beside feedparser alone."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path

from benchmarks.clock import seconds
from dateline.story import Unreadable
from dateline.wire.formats import parse

_WORDS = "The ferry sailed on Tuesday with forty people on board and came back at night. " * 8


def run(folder: Path | None) -> None:
    feeds = _from(folder) if folder else []
    if not feeds:
        feeds = [_generated(number, items=40) for number in range(25)]
        print("25 generated feeds of 40 items")
    else:
        print(f"{len(feeds)} feeds of {folder}")
    cost, yardstick = (
        seconds(lambda: [_ours(feed) for feed in feeds]),
        seconds(lambda: [_alone(feed) for feed in feeds]),
    )
    print(f"cost: {cost / yardstick:.2f} × feedparser alone")


def _from(folder: Path) -> list[bytes]:
    found = [path.read_bytes() for path in sorted(folder.rglob("*.xml")) if path.stat().st_size > 2_000]
    return [data for data in found if b"<rss" in data or b"<feed" in data]


def _ours(data: bytes) -> None:
    with suppress(Unreadable):
        parse(data)


def _alone(data: bytes) -> None:
    import feedparser

    try:
        feedparser.parse(io.BytesIO(data))
    except Exception:
        return  # as it does on a few of the hostile ones


def _generated(seed: int, *, items: int) -> bytes:
    entries = "".join(
        f"<item><title>Story {seed}-{n}</title><link>https://s.example/{seed}/{n}</link><guid>{seed}-{n}</guid>"
        f"<pubDate>Tue, 12 May 2015 15:14:00 GMT</pubDate><category>Sea</category>"
        f"<description><![CDATA[<p>{_WORDS}</p><p>{_WORDS}</p>]]></description></item>"
        for n in range(items)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed {seed}</title>'
        f"<link>https://s.example/</link><description>d</description>{entries}</channel></rss>"
    ).encode()
