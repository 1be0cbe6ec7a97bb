"""robots.txt by RFC 9309: what it says of us, and for how long we may believe it. Parsed by protego."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from dateline.fetch.client import Answer, Client
from dateline.fetch.errors import FetchError

Access = Literal["rules", "all", "none"]
PRODUCT = "Dateline"
_LARGEST = 500 * 1024  # RFC 9309, 2.5: parsers read at least 500 KiB
_BELIEVED = timedelta(hours=24)  # 2.4: no longer than a day
_RETRIED = timedelta(hours=1)
_SLOWEST = 300.0  # seconds; a larger crawl delay would keep a feed from ever being read


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """A host's robots.txt: ``text`` holds under ``rules``; ``all`` and ``none`` are what its absence means."""

    access: Access
    text: str = ""
    until: datetime

    def allows(self, url: str) -> bool:
        """Tell whether ``url`` may be fetched."""
        if self.access != "rules":
            return self.access == "all"
        return bool(_parsed(self.text).can_fetch(url, PRODUCT))

    @property
    def delay(self) -> float:
        """Return the seconds between two requests that the host asks for (Crawl-delay; not in the RFC)."""
        stated = _parsed(self.text).crawl_delay(PRODUCT) if self.access == "rules" else None
        return min(float(stated or 0.0), _SLOWEST)


def robots_of(url: str, *, client: Client, now: datetime) -> Robots:
    """Fetch and return the robots.txt that governs ``url``.

    RFC 9309, 2.3.1: missing (4xx) means all is allowed, out of order (5xx or no answer) means nothing is.
    """
    parts = urlsplit(url)
    try:
        answer = client.get(f"{parts.scheme}://{parts.netloc}/robots.txt", accept="text/plain")
    except FetchError:
        return Robots(access="none", until=now + _RETRIED)
    return read_robots(answer, now=now)


def read_robots(answer: Answer, *, now: datetime) -> Robots:
    """Return what an answer to a request for robots.txt means."""
    if 200 <= answer.status < 300:
        text = answer.body[:_LARGEST].decode("utf-8", errors="replace").lstrip("\ufeff").replace("\0", "")
        return Robots(access="rules", text=text, until=now + _BELIEVED)
    if 400 <= answer.status < 500 and answer.status != 429:
        return Robots(access="all", until=now + _BELIEVED)
    return Robots(access="none", until=now + _RETRIED)


def _parsed(text: str):  # type: ignore[no-untyped-def]
    from protego import Protego

    return Protego.parse(text)
