"""The formats, and the one way in: bytes → Batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from dateline.story import Batch, Unreadable
from dateline.wire import (
    anpa,
    atom,
    iptc7901,
    jsonfeed,
    jsonlines,
    mail,
    markdown,
    newsml1,
    newsmlg2,
    ninjs,
    nitf,
    opml,
    page,
    pdf,
    press_review,
    print_page,
    rss,
    sitemap,
    text,
    warc,
    wxr,
)
from dateline.wire.sniff import bulk_format, sniff

FORMATS: dict[str, ModuleType] = {
    "print": print_page,
    "review": press_review,
    "page": page,
    "rss": rss,
    "atom": atom,
    "nitf": nitf,
    "ninjs": ninjs,
    "wxr": wxr,
    "markdown": markdown,
    "text": text,
    "pdf": pdf,
    "jsonfeed": jsonfeed,
    "jsonlines": jsonlines,
    "newsml1": newsml1,
    "newsmlg2": newsmlg2,
    "iptc7901": iptc7901,
    "anpa": anpa,
    "mail": mail,
    "sitemap": sitemap,
    "opml": opml,
    "warc": warc,
}


# A feed, an export or a list may truthfully hold nothing.
MAY_BE_EMPTY = frozenset({"rss", "atom", "jsonfeed", "wxr", "warc", "sitemap", "opml"})
LARGEST = 64 * 2**20  # bytes; one document is far smaller, and bulk files are read part by part
_HEAD = 64 * 1024


def parse(data: bytes, *, name: str = "") -> Batch:
    """Return what a document holds. Raises Unreadable, in one line, when it is in no form read here."""
    form = sniff(data, name=name)
    try:
        batch: Batch = FORMATS[form].parse(data)
    except RecursionError as error:
        raise Unreadable(f"{form} nested too deep") from error
    if not (batch.items or batch.refused or batch.passed or batch.feeds):
        if form not in MAY_BE_EMPTY:
            raise Unreadable(f"{form} with nothing in it")
        return replace(batch, passed=(("whole", "a feed without items"),))
    return batch


def batches(path: Path) -> Iterator[Batch]:
    """Yield what a file holds: a bulk file part by part, at constant memory, any other as one. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            file.seek(0)
            form = bulk_format(head) or ""
            stream = getattr(FORMATS.get(form), "stream", None)
            if stream is not None:
                yield from stream(file, parse) if form == "warc" else stream(file)
                return
            if path.stat().st_size > LARGEST:
                raise Unreadable(f"larger than {LARGEST // 2**20} MiB")
            yield parse(file.read(), name=path.name)
    except OSError as error:
        raise Unreadable(str(error.strerror or error)) from error
