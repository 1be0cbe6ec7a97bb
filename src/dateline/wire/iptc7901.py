"""IPTC 7901: agencies' text messages framed by control characters."""

from __future__ import annotations

import re

from dateline.story import Batch, Item, Unreadable
from dateline.wire.encoding import decode

# SOH, header lines, STX, text, ETX (IPTC 7901, 5): service and serial, priority, category, word count, free text.
_MESSAGE = re.compile(r"\x01(?P<head>[^\x02\x03]*)\x02(?P<text>[^\x03\x04]*)(?P<end>[\x03\x04])?(?P<sent>[^\x01\n]*)")
_HEADER = re.compile(
    r"^\s*(?P<service>[A-Za-z]{2,6})(?P<serial>\d{2,5})\s+(?P<priority>\d)\s+(?P<category>\S{1,4})\s+(?P<count>\d+)(?P<rest>.*)$",
    re.MULTILINE,
)
# After the text, day, hour and minute of sending: "212101 GMT Nov 18".
_SENT = re.compile(r"\d{6} [A-Z]{1,4} \w{3,9}\.? \d{2,4}")
# What stands over a headline: "1ST LEAD", "URGENT", "KILL".
_LEAD = re.compile(r"[A-Z0-9 .:/()-]{3,40}")
_KILL = re.compile(r"\b(?:kill|withdraw|annul|storno|achtung: .{0,20}zurückgezogen)\w*\b", re.IGNORECASE)


def looks_like(data: bytes) -> bool:
    """Tell whether bytes hold a message: SOH, a header of this form, STX."""
    text = data[:4_000].decode("latin-1")
    found = _MESSAGE.search(text)
    return found is not None and _HEADER.search(found["head"]) is not None


def parse(data: bytes) -> Batch:
    """Return each message as an item. Raises Unreadable when there is none."""
    items: list[Item] = []
    refused: list[tuple[str, str]] = []
    for number, found in enumerate(_MESSAGE.finditer(decode(data).text), start=1):
        header = _HEADER.search(found["head"])
        if header is None:
            refused.append((f"message {number}", "a message without a header"))
        else:
            items.append(_item(found, header))
            if not found["end"]:
                refused.append((f"message {number}", "the message breaks off"))
    if not items and not refused:
        raise Unreadable("no IPTC 7901 message")
    return Batch(format="iptc7901", items=tuple(items), refused=tuple(refused))


def _item(found: re.Match[str], header: re.Match[str]) -> Item:
    keywords = [line.strip() for line in found["head"][header.end() :].splitlines() if line.strip()]
    lines = found["text"].replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    lead = lines.pop(0).strip() if len(lines) > 1 and _LEAD.fullmatch(lines[0].strip()) else None
    byline, lines = _byline(lines)
    headline, body = _parted(lines)
    return Item(
        format="iptc7901",
        body=body,
        body_type="text",
        guid=f"{header['service']}{header['serial']}",
        headline=headline or (keywords[0] if keywords else None),
        byline=byline,
        section=header["category"],
        tags=tuple(part for part in re.split(r"[/,]\s*", keywords[0]) if part) if keywords else (),
        credit=(re.match(r"[^A-Za-z]*[a-z]{4,6}\s+([A-Za-z]{2,20})\b", header["rest"]) or [None, None])[1],
        published=(_SENT.search(found["sent"]) or [None])[0],
        urgency=header["priority"],
        signal="update" if lead and not _KILL.search(lead) else None,
        status="canceled" if lead and _KILL.search(lead) else "usable",
        note=lead,
    )


def _byline(lines: list[str]) -> tuple[str | None, list[str]]:
    """Take out the line that names the writer: "By Ida Moor, dpa ="."""
    for at, line in enumerate(lines[:6]):
        if found := re.fullmatch(r"\s*((?:By|Von|Par|Por)\s.{2,120}?)\s*=\s*", line):
            return found[1], [*lines[:at], *lines[at + 1 :]]
    return None, lines


def _parted(lines: list[str]) -> tuple[str | None, str]:
    """Return the headline (the lines before the first indented or blank one) and the paragraphs after it."""
    end = next((at for at, line in enumerate(lines) if at and (not line.strip() or line.startswith("   "))), 0)
    headline = " ".join(line.strip() for line in lines[:end]).rstrip("= ") or None
    paragraphs: list[str] = []
    for line in lines[end:]:
        if line.startswith("  ") or not line.strip() or not paragraphs:
            paragraphs.append(line.strip())
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {line.strip()}".strip()
    return headline, "\n\n".join(each for each in paragraphs if each)
