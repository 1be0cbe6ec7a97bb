"""A story, a press and a way to take in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dateline.clean.arrivals import arrival
from dateline.story import Stamp, Story

NOW = datetime(2015, 9, 10, 12, 0, tzinfo=UTC)
SITE = "https://dateline.example"


@pytest.fixture
def story() -> Story:
    return Story(
        headline="Trawler seized in the strait",
        text="The coast guard seized a trawler on Wednesday.\n\nIts owner protested.",
        language="en",
        published=Stamp(
            value="2015-09-09T19:15", precision="minute", said="9 September 2015 - 19:15", origin="date line"
        ),
        code="31186",
        url="https://paper.example/en/news/31186/trawler?utm_source=x",
        guid="tag:paper.example,2015:31186",
        site_name="The Paper",
    )


class PlainPress:
    """Prints one plain page per record."""

    digest = "one"
    later = False

    def sheets(self, record: Any) -> Iterable[Any]:
        from dateline.newsroom.press import Sheet

        yield Sheet(
            path=record.path,
            content_type="text/plain",
            body=record.headline.encode(),
            status=200 if record.state == "published" else 410,
        )

    def touched(self, change: Any) -> Iterable[str]:
        return ["/en/"]

    def answered(self, change: Any) -> Iterable[str]:
        return []

    def sheet(self, path: str) -> Any:
        from dateline.newsroom.press import Sheet

        return Sheet(path=path, content_type="text/plain", body=b"front") if path == "/en/" else None

    def addresses(self) -> Iterator[str]:
        from dateline.archive.models import Record

        return iter(["/en/", *(f"/{record.code}" for record in Record.objects.exclude(state="filed"))])


@pytest.fixture
def press() -> PlainPress:
    return PlainPress()


@pytest.fixture
def file(db: None, press: PlainPress) -> Callable[..., Any]:
    """Return a function that takes a story in, with changes to it."""
    from dateline.newsroom.take_in import take_in

    def filed(story: Story, item_format: str = "print", **changes: Any) -> Any:
        changed = replace(story, **changes)
        came = arrival(changed, item_format=item_format, raw=repr(changed).encode(), now=NOW)
        return take_in(came, site_url=SITE, by="test", now=NOW, press=press)

    return filed
