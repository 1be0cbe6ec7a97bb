"""The only sockets there are: each connects to an address that was checked, and each read knows when time is up."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from dateline.fetch.addresses import Network, denied
from dateline.fetch.errors import Denied, TooSlow, Unreachable
from dateline.fetch.limits import Limits

Resolver = Callable[[str, int], list[str]]
_MOST_ADDRESSES = 4  # of one name that are tried in turn


def system_resolver(host: str, port: int) -> list[str]:
    """Return the addresses of a name, as the system resolves it. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Deadline:
    """The moment a fetch must be over, on ``clock`` (seconds that never go back)."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self.seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Return the seconds left. Raises TooSlow when there are none."""
        left = self._end - self._clock()
        if left <= 0:
            raise TooSlow(f"not done after {self.seconds:g} seconds")
        return left


class Guard(httpcore.NetworkBackend):
    """Resolve, check every address found, and connect to one that was checked: a name is resolved just once."""

    def __init__(
        self,
        *,
        limits: Limits,
        deadline: Deadline,
        resolver: Resolver,
        allowed: tuple[Network, ...],
        ports: frozenset[int],
    ) -> None:
        self._limits = limits
        self._deadline = deadline
        self._resolver = resolver
        self._allowed = allowed
        self._ports = ports

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        last: OSError | None = None
        for address in self._checked(host, port)[:_MOST_ADDRESSES]:
            try:
                made = socket.create_connection((address, port), min(self._limits.connect, self._deadline.left()))
            except OSError as error:
                last = error
                continue
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return TimedStream(made, self._deadline)
        if isinstance(last, TimeoutError):
            raise TooSlow(f"{host} does not answer") from last
        raise Unreachable(f"{host} cannot be connected to: {last}") from last

    def _checked(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host. Raises Denied when any of them is not for us."""
        addresses = self._resolved(host, port)
        for address in addresses:
            if why := denied(address, allowed=self._allowed):
                named = address if host == address else f"{host} is {address}"
                raise Denied(f"{named}: {why}; DATELINE_ALLOW_PRIVATE opens it")
            # A network opened on purpose is open on every port; elsewhere only the web's.
            if port not in self._ports and denied(address) is None:
                raise Denied(f"port {port} of {host} is not fetched from; DATELINE_ALLOW_PORTS opens it")
        return addresses

    def _resolved(self, host: str, port: int) -> list[str]:
        # getaddrinfo knows no time-out: it runs in a thread that is left behind when time is up.
        found: list[str] = []
        failed: list[Exception] = []

        def look() -> None:
            try:
                found.extend(self._resolver(host, port))
            except (OSError, UnicodeError) as error:
                failed.append(error)

        worker = threading.Thread(target=look, daemon=True)
        worker.start()
        worker.join(min(self._limits.connect, self._deadline.left()))
        if worker.is_alive():
            raise TooSlow(f"the name {host} is not resolved in time")
        if failed or not found:
            raise Unreachable(f"no such host: {host}") from (failed[0] if failed else None)
        return found


class TimedStream(httpcore.NetworkStream):
    """A connection whose every read and write ends with the deadline: a drip cannot outlast it."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection = connection
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._connection.settimeout(self._deadline.left())
        try:
            return self._connection.recv(max_bytes)
        except TimeoutError as error:
            raise TooSlow(f"not done after {self._deadline.seconds:g} seconds") from error
        except OSError as error:
            raise Unreachable(f"the connection broke: {error}") from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._connection.settimeout(self._deadline.left())
        try:
            self._connection.sendall(buffer)
        except TimeoutError as error:
            raise TooSlow(f"not done after {self._deadline.seconds:g} seconds") from error
        except OSError as error:
            raise Unreachable(f"the connection broke: {error}") from error

    def close(self) -> None:
        self._connection.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self._connection.settimeout(self._deadline.left())
        try:
            wrapped = ssl_context.wrap_socket(self._connection, server_hostname=server_hostname)
        except TimeoutError as error:
            raise TooSlow(f"no secure connection after {self._deadline.seconds:g} seconds") from error
        except (OSError, ValueError) as error:
            self._connection.close()
            raise Unreachable(f"no secure connection: {error}") from error
        return TimedStream(wrapped, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._connection.getpeername() if info == "server_addr" else None
