"""A letter to one reader, as a message of mail (RFC 5322; text and HTML side by side), and how to be rid of more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from unicodedata import category


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is written to whom. ``id`` names it for ever; ``unsubscribe`` is the address that ends such letters."""

    id: str
    sender: str
    sender_name: str
    to: str
    subject: str
    text: str
    html: str
    language: str
    at: datetime
    unsubscribe: str


def dump(letter: Letter) -> bytes:
    """Return the message. A line end in what strangers wrote breaks no header: it is written as a space."""
    message = EmailMessage(policy=_Unbroken(linesep="\r\n"))
    name, _, host = letter.sender.rpartition("@")
    message["From"] = MailAddress(display_name=_line(letter.sender_name), username=name, domain=host)
    message["To"] = letter.to
    message["Subject"] = _line(letter.subject)
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.id}>"
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_whole(letter.text), cte="quoted-printable")
    message.add_alternative(_whole(letter.html), subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.language  # now: contents that are set take such headers away
    return message.as_bytes()


class _Unbroken(EmailPolicy):
    """Leave the addresses that programs read on one line: broken up they would be encoded, and nobody decodes them."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name in ("List-Unsubscribe", "List-Unsubscribe-Post"):
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


def _line(text: str) -> str:
    # Not all that does not print is cut: Persian is spelt with a joiner of no width.
    return " ".join("".join(" " if category(char) in ("Cc", "Cs", "Zl", "Zp") else char for char in text).split())


def _whole(text: str) -> str:
    # Half a character, which a broken feed may hold, cannot be sent.
    return text.encode("utf-8", "replace").decode()
