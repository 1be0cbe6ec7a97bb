"""iCalendar (RFC 5545), written: whole days only, as what news tells of the future knows no hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_WIDEST = 75  # octets of a line, its end not counted
_UTC = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "TZNAME:UTC",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """What is to happen on the ISO days ``first`` to ``last``, both included. ``told_at`` has a zone."""

    uid: str
    first: str
    last: str
    summary: str
    told_at: datetime
    description: str = ""
    url: str = ""
    place: str = ""


def dump(entries: Iterable[CalendarEntry], *, name: str, product: str) -> bytes:
    """Return a calendar; ``product`` names what wrote it. One without entries holds a zone: it may not be empty."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_text(product)}", f"X-WR-CALNAME:{_text(name)}"]
    told = [line for entry in entries for line in _lines(entry)]
    lines += [*(told or _UTC), "END:VCALENDAR"]
    return b"".join(_folded(line) for line in lines)


def _lines(entry: CalendarEntry) -> list[str]:
    last = date.fromisoformat(entry.last)
    after = last + timedelta(days=1) if last < date.max else last  # the end is the first day that is no part of it
    told = [
        "BEGIN:VEVENT",
        f"UID:{_text(entry.uid)}",
        f"DTSTAMP:{entry.told_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{entry.first.replace('-', '')}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY:{_text(entry.summary)}",
    ]
    told += [f"DESCRIPTION:{_text(entry.description)}"] if entry.description else []
    told += [f"LOCATION:{_text(entry.place)}"] if entry.place else []
    told += [f"URL:{_address(entry.url)}"] if entry.url else []
    return [*told, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _text(said: str) -> str:
    """Return a text as a value: what means something to the format is escaped, controls are blanks."""
    escaped = said.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = escaped.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\\n".join("".join(char if char.isprintable() else " " for char in line) for line in lines)


def _address(url: str) -> str:
    return "".join(char for char in url if char.isprintable())


def _folded(line: str) -> bytes:
    """Return a line of at most 75 octets, and the rest on lines that open with a blank; no character is cut."""
    pieces: list[bytes] = []
    piece = b""
    for char in line:
        octets = char.encode("utf-8", "replace")
        if len(piece) + len(octets) > _WIDEST:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
