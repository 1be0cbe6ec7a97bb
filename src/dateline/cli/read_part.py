"""A part of a bulk file, read: what a worker does. It needs no archive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dateline import __version__
from dateline.clean.arrivals import Arrival, Arrived, arrivals
from dateline.cli.parts import Part, PartEntry
from dateline.story import DatelineError, Item, Unreadable


class OtherVersion(DatelineError):
    """A worker runs another version of Dateline, and would read otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRead:
    """What was read in one entry: the ``answer``, as a JSON line gives it, and what of the story is kept beside it.

    ``raw`` is the entry as it came, where it could not be read.
    """

    where: str
    answer: dict[str, Any]
    story: dict[str, Any]
    raw: str = ""


def same_version(wanted: str) -> None:
    """Raises OtherVersion where this process runs another than ``wanted``."""
    if wanted != __version__:
        raise OtherVersion(f"a worker runs Dateline {__version__}, not {wanted}: install the same on all machines")


def answer_of(number: int, line: str) -> dict[str, Any]:
    """Return the answer to one line of JSON; where it cannot be read, ``{id?, error}``."""
    from dateline.reading.lines import given_in, named, read_line
    from dateline.reading.models import load

    answer: dict[str, Any] = {}
    try:
        given = given_in(line)
        answer = named(given)
        answer = read_line(given, nlp=load("en"))
    except Unreadable as error:
        answer["error"] = str(error)
    except Exception as error:
        # A fault of ours in one story must not cost the other ten thousand; it is told, and the exit status says so.
        answer["error"] = f"our fault: {error!r}"
    if "error" in answer:
        answer["error"] = f"line {number}: {answer['error']}"
    return answer


def read_part(part: Part, *, version: str = __version__) -> list[EntryRead]:
    """Return what was read in each entry, in their order. Raises OtherVersion."""
    same_version(version)
    return [_told(entry) for entry in part.entries]


def _told(entry: PartEntry) -> EntryRead:
    if entry.line is not None:
        answer = answer_of(*entry.line)
        if "error" in answer:
            return EntryRead(where=entry.where, answer=answer, story={}, raw=entry.line[1].rstrip("\n"))
        return EntryRead(where=entry.where, answer=answer, story=json.loads(entry.line[1]))
    if entry.item is None:
        return EntryRead(where=entry.where, answer={"error": f"{entry.where}: {entry.why}"}, story={})
    return _item_told(entry.where, entry.item)


def _item_told(where: str, item: Item) -> EntryRead:
    """Clean and read an item. Its id is its source's own, else its address, else where it stands."""
    from dateline.clean.stories import clean
    from dateline.plain import to_plain
    from dateline.reading.lines import findings_of
    from dateline.reading.reader import read

    answer: dict[str, Any] = {"id": item.guid or item.url or where}
    try:
        story = clean(item)
        answer |= findings_of(read(story))
    except Exception as error:
        told = str(error) if isinstance(error, DatelineError) else f"our fault: {error!r}"
        answer["error"] = f"{where}: {told}"
        return EntryRead(where=where, answer=answer, story={}, raw=json.dumps(to_plain(item), ensure_ascii=False))
    dated = story.published
    given = {
        "text": story.text,
        "title": story.headline,
        "published": f"{dated.value}{dated.zone or ''}" if dated else None,
        "source": story.site_name,
        "url": story.url,
    }
    return EntryRead(where=where, answer=answer, story=given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """Items to be cleaned at ``now`` and, if ``reading``, read."""

    items: Sequence[Item]
    now: datetime
    reading: bool
    version: str = __version__


def arrive(pile: Pile) -> list[Arrived]:
    """Return what each item is, cleaned and read, or the name and the detail of why it is refused.

    Raises OtherVersion.
    """
    same_version(pile.version)
    found = arrivals(pile.items, now=pile.now)
    return [_read(each) if pile.reading and isinstance(each, Arrival) else each for each in found]


def _read(arrival: Arrival) -> Arrival:
    """Return a story with its Reading; without one where it cannot be read: it is filed all the same."""
    from dateline.reading.reader import read

    try:
        return replace(arrival, reading=read(arrival.story))
    except Exception:
        return arrival  # told when it is read again, by the archive's own reader
