"""ANPA-1312: American agencies' text messages framed by control characters."""

from __future__ import annotations

import re

from dateline.story import Batch, Item, Unreadable
from dateline.wire.encoding import decode

# SYN SYN SOH, service and number, US, format; priority and category, keyword line; STX, text, ETX (ANPA 1312, 3).
_MESSAGE = re.compile(r"\x16\x16\x01(?P<head>[^\x02\x03]*)\x02+(?P<text>[^\x03\x04]*)(?P<end>[\x03\x04])?")
_HEADER = re.compile(r"(?P<service>[A-Za-z])(?P<serial>\d{4})")
_PRIORITY = re.compile(r"^\s*(?P<priority>[fbrudahsc])\s*(?P<category>[A-Za-z+-])[^A-Za-z]{1,3}", re.MULTILINE)
_URGENCY = {"f": "1", "b": "2", "u": "3", "r": "4", "d": "5"}  # flash, bulletin, urgent, regular, deferred
_VERSION = re.compile(r",?\s*(\d+(?:st|nd|rd|th) (?:Ld|Add|Sub|Lead)[^,<]*|Writethru[^,<]*)", re.IGNORECASE)
_NOTE = re.compile(r"(?:Eds|Editors?)\s*:\s*(.*)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def looks_like(data: bytes) -> bool:
    """Tell whether bytes begin with the frame of a message."""
    return data.lstrip(b"\r\n\0").startswith(b"\x16\x16\x01")


def parse(data: bytes) -> Batch:
    """Return each message as an item. Raises Unreadable when there is none."""
    items: list[Item] = []
    refused: list[tuple[str, str]] = []
    for number, found in enumerate(_MESSAGE.finditer(decode(data).text), start=1):
        item = _item(found)
        if item.body:
            items.append(item)
        else:
            refused.append((f"message {number}", "a message without text"))
        if not found["end"]:
            refused.append((f"message {number}", "the message breaks off"))
    if not items and not refused:
        raise Unreadable("no ANPA 1312 message")
    return Batch(format="anpa", items=tuple(items), refused=tuple(refused))


def _item(found: re.Match[str]) -> Item:
    header, priority = _HEADER.search(found["head"]), _PRIORITY.search(found["head"])
    lines = found["text"].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = next((at for at, line in enumerate(lines) if line.strip() and not _is_top(line)), len(lines))
    top = [line for line in lines[:start] if line.strip()]
    keywords = _bare(top[0]) if top else ""
    version = _VERSION.search(keywords)
    told = [_bare(line) for line in top[1:]]
    note = next((match[1].strip() for line in told if (match := _NOTE.match(line))), None)
    signed = [line.rstrip("= ") for line in told if line.endswith("=")]
    by = next((at for at, line in enumerate(signed) if re.match(r"by\s", line, re.IGNORECASE)), None)
    byline = None if by is None else signed[by]
    # The credit stands right under the byline; in capitals, it is the story's first subhead.
    credit = next((line for line in signed[0 if by is None else by + 1 :][:1] if not line.isupper()), None)
    heads = [line for line in told if not line.endswith("=") and not _NOTE.match(line) and "Photo" not in line]
    killed = re.search(r"\bkill\b", keywords, re.IGNORECASE) is not None
    return Item(
        format="anpa",
        body=_body(lines[start:]),
        body_type="text",
        guid=f"{header['service']}{header['serial']}" if header else None,
        headline=heads[0] if heads else keywords.split(",")[0] or None,
        byline=byline,
        credit=credit,
        section=priority["category"] if priority else None,
        urgency=_URGENCY.get(priority["priority"]) if priority else None,
        note=note,
        version=version[1].strip() if version else None,
        signal="kill" if killed else "update" if version else None,
        status="canceled" if killed else "usable",
    )


def _is_top(line: str) -> bool:
    """Tell whether a line is one of the lines above the text: they end in a return sign, or begin with a caret."""
    return line.startswith("^") or line.rstrip().endswith("<")


def _bare(line: str) -> str:
    return " ".join(_CONTROL.sub("", line).strip(" ^<").split())


def _body(lines: list[str]) -> str:
    paragraphs: list[str] = []
    for line in lines:
        said = " ".join(_CONTROL.sub(" ", line).split())
        is_subhead = _is_top(line)
        said = said.strip("^<= ") if is_subhead else said
        if not said or is_subhead or line.startswith(("\t", "   ")) or not paragraphs:
            paragraphs.append(said)
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {said}".strip()
    # "``" and "''" are how the code writes quotation marks, "_" its dash.
    text = "\n\n".join(each for each in paragraphs if each)
    return text.replace("``", "“").replace("''", "”")
