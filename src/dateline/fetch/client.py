"""The guarded client: every address checked, every hop again, every byte and second counted.

The whole of a fetch reads top to bottom in ``Client._fetch``. httpcore speaks HTTP over the Guard's sockets;
it follows no redirect, unpacks nothing and reads no proxy from the environment.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpcore

from dateline.fetch.addresses import Network
from dateline.fetch.errors import FetchError, TooLarge, TooManyHops, TooSlow, Unreachable
from dateline.fetch.limits import Limits
from dateline.fetch.sockets import Deadline, Guard, Resolver, system_resolver
from dateline.fetch.targets import joined, target_of
from dateline.fetch.unpacking import ACCEPTED, unpack

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
WEB_PORTS = frozenset({80, 443})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. ``url`` is where it came from in the end, ``raw_bytes`` what went over the wire as its body.

    ``headers`` are by lower-case name, repeated ones joined by a comma. ``moved`` is the address to use from
    now on, where every redirect from the first on was permanent.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    raw_bytes: int = 0
    hops: tuple[tuple[int, str], ...] = ()
    moved: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Fetches politely and safely. ``agent`` names us and says how to reach whoever runs this.

    ``allowed`` are private networks opened on purpose, ``ports`` the public ports fetched from.
    """

    agent: str = "Dateline"
    limits: Limits = field(default_factory=Limits)
    allowed: tuple[Network, ...] = ()
    ports: frozenset[int] = WEB_PORTS
    resolver: Resolver = system_resolver
    clock: Callable[[], float] = field(default=time.monotonic)

    def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, accept: str = "*/*"
    ) -> Answer:
        """Return the answer to a GET, conditional where validators are given. Raises FetchError."""
        headers = {"Accept": accept, "Accept-Encoding": ACCEPTED}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        return self._fetch("GET", url, headers, b"")

    def post(self, url: str, form: Mapping[str, str]) -> Answer:
        """Return the answer to a form posted. A redirect is not followed: it would repeat the post elsewhere."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": ACCEPTED}
        return self._fetch("POST", url, headers, urlencode(form).encode())

    def post_json(self, url: str, body: bytes, *, headers: Mapping[str, str]) -> Answer:
        """Return the answer to a JSON document posted; a redirect is not followed."""
        told = {"Content-Type": "application/json", "Accept-Encoding": ACCEPTED, **headers}
        return self._fetch("POST", url, told, body)

    def _fetch(self, method: str, url: str, headers: dict[str, str], content: bytes) -> Answer:
        deadline = Deadline(self.limits.total, self.clock)
        hops: list[tuple[int, str]] = []
        moved: str | None = None
        while True:
            answer = self._ask(method, url, headers, content, deadline)
            location = answer.headers.get("location")
            if method != "GET" or answer.status not in REDIRECTS or not location:
                return Answer(
                    url=answer.url,
                    status=answer.status,
                    headers=answer.headers,
                    body=answer.body,
                    raw_bytes=answer.raw_bytes,
                    hops=tuple(hops),
                    moved=moved,
                )
            if len(hops) == self.limits.redirects:
                raise TooManyHops(f"more than {self.limits.redirects} redirects, the last from {answer.url}")
            hops.append((answer.status, answer.url))
            url = joined(answer.url, location)
            if all(status in PERMANENT for status, _ in hops):
                moved = target_of(url).url

    def _ask(self, method: str, url: str, headers: dict[str, str], content: bytes, deadline: Deadline) -> Answer:
        """Send one request and read its answer; the body of a redirect is never read."""
        target = target_of(url)
        guard = Guard(
            limits=self.limits, deadline=deadline, resolver=self.resolver, allowed=self.allowed, ports=self.ports
        )
        sent = [("Host", target.authority), ("User-Agent", self.agent), ("Connection", "close"), *headers.items()]
        if content:
            sent.append(("Content-Length", str(len(content))))
        address = httpcore.URL(
            scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
        )
        try:
            with (
                httpcore.ConnectionPool(network_backend=guard, max_keepalive_connections=0) as pool,
                pool.stream(method, address, headers=sent, content=content or None) as response,
            ):
                told = _headers(response.headers)
                is_redirect = response.status in REDIRECTS and "location" in told
                raw = b"" if is_redirect or response.status in (204, 304) else self._read(response, told)
        except FetchError:
            raise
        except httpcore.TimeoutException as error:
            raise TooSlow(f"{target.host} does not answer in time") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise Unreachable(f"{target.host} did not answer in HTTP: {' '.join(str(error).split())[:150]}") from error
        body = unpack(raw, told.get("content-encoding", ""), limits=self.limits)
        return Answer(url=target.url, status=response.status, headers=told, body=body, raw_bytes=len(raw))

    def _read(self, response: httpcore.Response, headers: Mapping[str, str]) -> bytes:
        stated = headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > self.limits.raw:
            raise TooLarge(f"{int(stated):,} bytes, more than {self.limits.raw:,}")
        raw = bytearray()
        for part in response.iter_stream():
            raw += part
            if len(raw) > self.limits.raw:
                raise TooLarge(f"more than {self.limits.raw:,} bytes")
        return bytes(raw)


def _headers(pairs: list[tuple[bytes, bytes]]) -> dict[str, str]:
    told: dict[str, str] = {}
    for name, value in pairs:
        key, said = name.decode("latin-1").lower(), value.decode("latin-1").strip()
        told[key] = f"{told[key]}, {said}" if key in told else said
    return told
