"""An address as it was written → what is connected to. One strict reading, so that no two parts read it differently."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import quote, urljoin, urlsplit

import idna

from dateline.fetch.errors import Denied

_LONGEST = 2000
_SCHEMES = {"http": 80, "https": 443}
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?")
# Every label a number: an IPv4 address in one of the spellings inet_aton takes (127.1, 0x7f.1, 2130706433).
_NUMBERS = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?")
_UNSEEN = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a request goes. ``host`` is ASCII: a name, or an address in its one canonical spelling."""

    scheme: str
    host: str
    port: int
    path: str
    is_address: bool

    @property
    def authority(self) -> str:
        """Return host and port as the Host header says them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _SCHEMES[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def target_of(url: str) -> Target:
    """Return where ``url`` leads. Raises Denied for anything but a plain http(s) address without a user name."""
    url = url.strip(" \t\r\n")
    if len(url) > _LONGEST:
        raise Denied(f"an address of more than {_LONGEST} characters")
    if _UNSEEN.search(url):
        raise Denied("an address with control characters, spaces or backslashes in it")
    if not re.match(r"https?://[^/?#]", url, re.IGNORECASE):
        raise Denied("no http or https address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Denied(f"an address that does not parse: {error}") from error
    if "@" in parts.netloc:
        raise Denied("an address with a user name in it")
    host, is_address = _host(parts.hostname or "", bracketed="[" in parts.netloc)
    path = quote(parts.path or "/", safe="/:@!$&'()*+,;=~%-._") + (
        f"?{quote(parts.query, safe='/?:@!$&()*+,;=~%-._[]|')}" if parts.query else ""
    )
    scheme = parts.scheme.lower()
    return Target(scheme=scheme, host=host, port=port or _SCHEMES[scheme], path=path, is_address=is_address)


def joined(base: str, location: str) -> str:
    """Return where a Location header leads from ``base``. Raises Denied when it leads nowhere."""
    try:
        return urljoin(base, location.strip())
    except ValueError as error:
        raise Denied(f"a redirect that does not parse: {error}") from error


def _host(said: str, *, bracketed: bool) -> tuple[str, bool]:
    if "%" in said:
        raise Denied("an address with an escape or a zone in its host")
    if bracketed:
        try:
            return IPv6Address(said).compressed, True
        except ValueError as error:
            raise Denied(f"no IPv6 address: {said}") from error
    if not said:
        raise Denied("an address without a host")
    try:
        name = idna.encode(said, uts46=True, transitional=False).decode("ascii") if not said.isascii() else said
    except (idna.IDNAError, UnicodeError) as error:
        raise Denied(f"no host name: {said[:80]}") from error
    name = name.lower()
    if _NUMBERS.fullmatch(name):
        try:
            return socket.inet_ntoa(socket.inet_aton(name.rstrip("."))), True
        except OSError as error:
            raise Denied(f"no host name: {said[:80]}") from error
    if not _NAME.fullmatch(name) or len(name) > 254:
        raise Denied(f"no host name: {said[:80]}")
    return name.rstrip("."), False
