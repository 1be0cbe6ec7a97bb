"""The formats, and the one way in: bytes → Batch."""

from __future__ import annotations

from types import ModuleType

from dateline.story import Batch, Unreadable
from dateline.wire import atom, jsonfeed, ninjs, nitf, page, pdf, print_page, rss, text, wxr
from dateline.wire.sniff import sniff

FORMATS: dict[str, ModuleType] = {
    "print": print_page,
    "page": page,
    "rss": rss,
    "atom": atom,
    "nitf": nitf,
    "ninjs": ninjs,
    "wxr": wxr,
    "text": text,
    "pdf": pdf,
    "jsonfeed": jsonfeed,
}


def parse(data: bytes, *, name: str = "") -> Batch:
    """Return what a document holds. Raises Unreadable, in one line, when it is in no form read here."""
    form = sniff(data, name=name)
    if not hasattr(FORMATS.get(form), "parse"):
        raise Unreadable(f"{form}, which is not read here")
    try:
        batch: Batch = FORMATS[form].parse(data)
    except RecursionError as error:
        raise Unreadable(f"{form} nested too deep") from error
    if not batch.items and not batch.refused and form not in ("rss", "atom", "wxr"):
        raise Unreadable(f"{form} with nothing in it")
    return batch
