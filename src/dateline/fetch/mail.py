"""Mail, sent through the one server that the operator names: ``smtp://user:password@host:587`` or ``smtps://…``.

The server is the operator's own choice, so it may stand in a private network; what is guarded is how long it may take.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote, urlsplit

from dateline.fetch.errors import FetchError

_SECONDS = 20.0  # for each step: all of them together stay below a worker's lease
_LARGEST = 5 * 2**20  # bytes of a message
_PORTS = {"smtp": 25, "smtps": 465}
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class NotSent(FetchError):
    """Mail that did not leave; nobody has it."""

    reason = "not-sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailer:
    """Hands messages to a server. ``smtps`` is secure from the start, ``smtp`` as soon as the server offers it.

    A password is never sent over an open connection, but to this machine.
    """

    host: str
    port: int
    is_secure: bool = False
    user: str = ""
    password: str = ""
    sender: str = ""

    @classmethod
    def of(cls, url: str, *, sender: str) -> Self:
        """Return the mailer that an address names. Raises ValueError, without its password, for what is none."""
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("no mail server: say smtp://host:port or smtps://user:password@host")
        return cls(
            host=parts.hostname,
            port=parts.port or _PORTS[parts.scheme],
            is_secure=parts.scheme == "smtps",
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            sender=sender,
        )

    def send(self, message: bytes, *, to: str) -> None:
        """Hand a message over. Raises NotSent with what the server said; then nobody has it."""
        if len(message) > _LARGEST:
            raise NotSent(f"a message of {len(message):,} bytes, more than {_LARGEST:,}")
        try:
            with self._connected() as server:
                server.sendmail(self.sender, [to], message)
        except smtplib.SMTPRecipientsRefused as error:
            raise NotSent(f"{self.host} does not take mail for {to}: {_said(error.recipients.get(to))}") from error
        except smtplib.SMTPResponseException as error:
            raise NotSent(f"{self.host}: {_said((error.smtp_code, error.smtp_error))}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(f"{self.host}:{self.port}: {' '.join(str(error).split())[:200]}") from error

    def _connected(self) -> smtplib.SMTP:
        secure = ssl.create_default_context()
        if self.is_secure:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=secure)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=_SECONDS)
        try:
            self._greet(server, secure)
        except BaseException:
            server.close()
            raise
        return server

    def _greet(self, server: smtplib.SMTP, secure: ssl.SSLContext) -> None:
        server.ehlo()
        is_open = not self.is_secure
        if is_open and server.has_extn("starttls"):
            server.starttls(context=secure)
            server.ehlo()
            is_open = False
        if self.user:
            if is_open and self.host not in _HERE:
                raise NotSent(f"{self.host} offers no secure connection, and the password is not sent over an open one")
            server.login(self.user, self.password)


def _said(answer: tuple[int, bytes | str] | None) -> str:
    code, words = answer or (0, "")
    told = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(f"{code} {told}".split())[:200]
