"""A bounded load: so many kept-alive connections, each with one question under way, on one core."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterator
from itertools import cycle


def per_second(port: int, requests: list[bytes], *, seconds: float = 3.0, connections: int = 8) -> float:
    """Return the answers a second that a server on loopback gives. Every answer must say its length, or be a 304."""
    questions = cycle(requests)
    waiting = select.epoll()
    links = {}
    wanted: dict[int, int] = {}
    for _ in range(connections):
        link = socket.create_connection(("127.0.0.1", port), timeout=20)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        links[link.fileno()] = (link, bytearray())
        wanted[link.fileno()] = 0
        waiting.register(link, select.EPOLLIN)
        link.sendall(next(questions))
    answered, start = 0, time.perf_counter()
    end = start + seconds
    while (at := time.perf_counter()) < end:
        for number, _ in waiting.poll(5):
            link, got = links[number]
            piece = link.recv(262144)
            if not piece:
                raise ConnectionError("the server hung up")
            got += piece
            wanted[number] = wanted[number] or size_of(got)
            if wanted[number] and len(got) >= wanted[number]:
                got.clear()
                wanted[number] = 0
                answered += 1
                link.sendall(next(questions))
    for link, _ in links.values():
        link.close()
    return answered / (at - start)


def size_of(got: bytearray) -> int:
    """Return how long the whole answer is, 0 while its head is not there. Raises ValueError for an error's answer."""
    head = got.find(b"\r\n\r\n")
    if head < 0:
        return 0
    status = bytes(got[9:12])
    if status not in (b"200", b"304", b"410"):
        raise ValueError(bytes(got[:head]).decode("latin-1"))
    if status == b"304":
        return head + 4
    told = bytes(got[:head]).lower()
    return head + 4 + int(told.partition(b"\r\ncontent-length:")[2].partition(b"\r")[0])


def get(path: str, **headers: str) -> bytes:
    """Return a GET request for a path; ``headers`` with ``_`` for ``-``."""
    return "".join(lines(path, headers)).encode()


def lines(path: str, headers: dict[str, str]) -> Iterator[str]:
    yield f"GET {path} HTTP/1.1\r\nHost: localhost\r\n"
    for name, value in headers.items():
        yield f"{name.replace('_', '-')}: {value}\r\n"
    yield "\r\n"
