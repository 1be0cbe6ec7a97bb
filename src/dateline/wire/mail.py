"""E-mail (RFC 5322, MIME) and mbox files of it: newsletters and press mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr
from typing import BinaryIO

from dateline.story import Batch, Item, Unreadable
from dateline.wire.encoding import decode

_HEADER = re.compile(
    rb"(?:From \S+ .*\r?\n)?(?:[A-Za-z][A-Za-z0-9-]{1,40}:[ \t].*\r?\n(?:[ \t].*\r?\n)*){2,}", re.IGNORECASE
)
_NEEDED = re.compile(
    rb"^(?:From|Subject|Message-ID|Date|Return-Path|Received|MIME-Version):", re.IGNORECASE | re.MULTILINE
)
_STARTS = re.compile(rb"(?:\A|\n\r?\n)(?=From \S+ .*\d\d:\d\d)")
_LARGEST = 32 << 20  # bytes of one message


def looks_like(data: bytes) -> bool:
    """Tell whether bytes begin as a message or an mbox does: with headers that mail has."""
    found = _HEADER.match(data[:20_000].lstrip())
    return found is not None and len({each.lower() for each in _NEEDED.findall(found[0])}) >= 2


def parse(data: bytes) -> Batch:
    """Return each message as an item. Raises Unreadable when there is none."""
    items: list[Item] = []
    refused: list[tuple[str, str]] = []
    passed: list[tuple[str, str]] = []
    for number, message in enumerate(_messages(data), start=1):
        try:
            item, attached = _item(message)
        except Exception as error:  # the email package lets LookupError, ValueError and others through on odd mail
            refused.append((f"message {number}", f"mail that does not parse: {type(error).__name__}"))
            continue
        passed += [(f"message {number}", f"an attachment: {what}") for what in attached]
        if item.body.strip():
            items.append(item)
        else:
            refused.append((f"message {number}", "mail without text"))
    if not items and not refused:
        raise Unreadable("a mailbox with nothing in it")
    return Batch(format="mail", items=tuple(items), refused=tuple(refused), passed=tuple(passed))


def stream(file: BinaryIO) -> Iterator[Batch]:
    """Yield a batch for each message of an mbox, read one at a time."""
    held, number, blank = bytearray(), 0, True
    for line in file:
        if blank and line.startswith(b"From ") and held:
            number += 1
            yield _placed(bytes(held), number)
            held.clear()
        blank = not line.strip()
        if len(held) <= _LARGEST:
            held += line
    if held.strip():
        yield _placed(bytes(held), number + 1)


def _placed(message: bytes, number: int) -> Batch:
    if len(message) > _LARGEST:
        return Batch(
            format="mail",
            items=(),
            refused=(("the message", f"larger than {_LARGEST // 2**20} MiB"),),
            place=f"message {number}",
        )
    return replace(parse(message), place=f"message {number}")


def _messages(data: bytes) -> Iterator[bytes]:
    data = data.lstrip()
    if not data.startswith(b"From "):
        yield data
        return
    for part in _STARTS.split(data):
        if part.strip():
            # The separator line is no header; ">From " in the text was quoted by whoever wrote the file.
            yield re.sub(rb"(?m)^>(>*From )", rb"\1", part.split(b"\n", 1)[-1])


def _item(data: bytes) -> tuple[Item, list[str]]:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    part = message.get_body(preferencelist=("html", "plain"))
    name, address = parseaddr(_said(message, "From") or "")
    attached = [f"{each.get_content_type()} {each.get_filename() or ''}".strip() for each in message.iter_attachments()]
    listed = re.search(r"https?://[^\s<>]+", _said(message, "List-Archive") or _said(message, "List-Post") or "")
    item = Item(
        format="mail",
        body=_content(part) if part is not None else "",
        body_type="html" if part is not None and part.get_content_type() == "text/html" else "text",
        guid=_said(message, "Message-ID"),
        headline=_said(message, "Subject"),
        published=_said(message, "Date"),
        byline=name or address or None,
        language=_said(message, "Content-Language"),
        site_name=_listed(_said(message, "List-ID")),
        site_url=listed[0] if listed else None,
    )
    return item, attached


def _said(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None


def _listed(said: str | None) -> str | None:
    """Return the name of a List-ID: the words before its brackets, else what is in them."""
    if not said:
        return None
    return said.split("<")[0].strip(' "') or said.strip(" <>")


def _content(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, KeyError):  # a charset that is none
        payload = part.get_payload(decode=True)
        return decode(payload).text if isinstance(payload, bytes) else ""
