"""The model feed over HTTP, on loopback, answered as well and as badly as servers do; every answer is logged.

``/feed…`` is the feed, ``/tick?n=3`` lets time pass, all else is not found (so robots.txt forbids nothing).
"""

from __future__ import annotations

import gzip
import json
import threading
from collections import Counter
from dataclasses import dataclass, replace
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import parse_qs, urlsplit

from tests.soak.model_feed import Issue, ModelFeed
from tests.soak.rendering import TYPES, cut_after, render

_HONEST = {"honest": 6, "gzip": 3, "bare": 1}
# What a server may do, by its manner; the figures are weights.
MANNERS: dict[str, dict[str, int]] = {
    "honest": _HONEST,
    "rough": {
        **{kind: weight * 6 for kind, weight in _HONEST.items()},
        "500": 3,
        "503": 3,
        "429": 2,
        "silent": 3,
        "hung": 1,
        "short": 4,
        "short gzip": 2,
        "cut": 4,
        "301": 2,
        "302": 3,
        "maintenance": 2,
        "empty": 2,
    },
}
# Ways to lie about change; a server that lies does so for a while.
LIES = ("always 304", "one etag", "one etag, 304", "one date")
_SPELL = 8
_OFTEN = 0.75  # of the answers in a spell are lies
STILL = '"the-one-and-only"'
_PAGE = b"""<!DOCTYPE html><html lang="en"><head><title>Back soon</title></head><body><h1>Back soon</h1>
<p>We are improving our servers tonight. All our services will be available again in the morning, and the editors
thank everybody who reads us for their patience while the engineers finish their work.</p></body></html>"""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the feed. ``issue`` is what could be read in it, None where nothing could.

    ``asked`` is the If-None-Match that came with the question, ``etag`` what went out.
    """

    number: int
    path: str
    kind: str
    status: int
    issue: Issue | None = None
    asked: str = ""
    etag: str = ""
    retry_after: int = 0


class FeedServer(ThreadingHTTPServer):
    """Serves a model on an ephemeral port of 127.0.0.1, in a thread, until ``stop``."""

    daemon_threads = True

    def __init__(self, model: ModelFeed, *, manner: str = "honest", lying: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.model = model
        self.manner = manner
        self.lying = lying
        self.answers: list[Answer] = []
        self.half: set[str] = set()
        self.lock = threading.Lock()
        self.ended = threading.Event()
        self._rng = Random(f"server {model.seed}")
        self._spell = ("", 0)
        self._moves = 0
        self._next: str | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/feed.xml"

    @property
    def counts(self) -> Counter[str]:
        return Counter(answer.kind for answer in self.answers)

    def start(self) -> FeedServer:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def stop(self) -> None:
        self.ended.set()
        self.shutdown()
        self.server_close()

    def tick(self, times: int = 1) -> None:
        with self.lock:
            for _ in range(times):
                self.model.tick()

    def choose(self) -> str:
        """Return how the next question is answered. Call it with the lock held."""
        if self._next:
            kind, self._next = self._next, None
            return kind
        rng = self._rng
        if self.lying and not self._spell[1]:
            self._spell = (rng.choice(LIES), _SPELL)
        if self.lying:
            self._spell = (self._spell[0], self._spell[1] - 1)
            if rng.random() < _OFTEN:
                return self._spell[0]
        weights = MANNERS[self.manner]
        return rng.choices(list(weights), list(weights.values()))[0]

    def moved(self, status: str) -> str:
        """Return where the feed is found from now on, or for once; it answers there at once."""
        self._next = "honest"
        if status == "302":
            return "/feed/elsewhere.xml"
        self._moves += 1
        return f"/feed-{self._moves}.xml"

    def log(self, answer: Answer) -> None:
        with self.lock:
            self.answers.append(replace(answer, number=len(self.answers)))


class _Handler(BaseHTTPRequestHandler):
    server: FeedServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *told: object) -> None:
        """Say nothing: ``answers`` is the log."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/tick":
            self.server.tick(int(parse_qs(parts.query).get("n", ["1"])[0]))
            self._send(200, json.dumps({"clock": self.server.model.clock.isoformat()}).encode(), {})
        elif parts.path.startswith("/feed"):
            self._feed()
        else:
            self._send(404, b"", {})

    def _feed(self) -> None:
        with self.server.lock:
            kind = self.server.choose()
            issue = self.server.model.issue()
            where = self.server.moved(kind) if kind in ("301", "302") else ""
            wait = self.server._rng.choice((300, 900, 2400, 3600))
        if kind in ("301", "302"):
            self._tell(kind, int(kind), b"", {"Location": where})
        elif kind in ("500", "503", "429"):
            waiting = {} if kind == "500" else {"Retry-After": str(wait)}
            self._tell(kind, int(kind), b"Not now.", waiting, retry_after=int(waiting.get("Retry-After", 0)))
        elif kind in ("silent", "hung"):
            self._log(kind, 0)
            if kind == "hung":
                self.server.ended.wait(10)
            self.close_connection = True
        elif kind == "maintenance":
            self._tell(kind, 200, _PAGE, {"Content-Type": "text/html"})
        elif kind == "empty":
            self._tell(kind, 200, b"", {"Content-Type": TYPES[issue.form]})
        else:
            self._document(kind, issue)

    def _document(self, kind: str, issue: Issue) -> None:
        body = render(issue)
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        dated = format_datetime(issue.clock, usegmt=True)
        asked, since = self.headers.get("If-None-Match", ""), self.headers.get("If-Modified-Since", "")
        told = {"Content-Type": TYPES[issue.form]}
        if kind.startswith("one etag"):
            etag = STILL
        if kind == "one date":
            etag, dated = "", "Fri, 01 Mar 2024 06:00:00 GMT"
        if kind != "bare":
            told |= {"ETag": etag} if etag else {}
            told |= {"Last-Modified": dated}
        known = asked == etag if asked else since == dated
        always = kind == "always 304" and (asked or since)
        if always or (known and kind not in ("bare", "one etag", "one date")):
            self._tell(kind, 304, b"", told, asked=asked)
            return
        if kind == "cut":
            self._cut(issue, body, told, asked)
        elif kind == "short":
            self._short(kind, body, told)
        elif kind in ("gzip", "short gzip"):
            told["Content-Encoding"] = "gzip"
            packed = gzip.compress(body, 6, mtime=0)
            if kind == "gzip":
                self._tell(kind, 200, packed, told, issue=issue, asked=asked)
            else:
                self._short(kind, packed, told)
        else:
            self._tell(kind, 200, body, told, issue=issue, asked=asked)

    def _cut(self, issue: Issue, body: bytes, told: dict[str, str], asked: str) -> None:
        """Break off within an entry so that nothing in HTTP shows it; the validators are the whole's."""
        whole = 1 + len(issue.showings) // 2
        self.server.half.add(told["ETag"])
        part = replace(issue, showings=issue.showings[:whole], tombstones=())
        self._log("cut", 200, issue=part, asked=asked, etag=told["ETag"])
        self._write(200, cut_after(body, whole), {**told, "Connection": "close"})
        self.close_connection = True

    def _short(self, kind: str, body: bytes, told: dict[str, str]) -> None:
        """Promise more than is sent."""
        self._log(kind, 200, etag=told["ETag"])
        self._write(200, body[: len(body) // 2], {**told, "Content-Length": str(len(body))})
        self.close_connection = True

    def _tell(
        self,
        kind: str,
        status: int,
        body: bytes,
        told: dict[str, str],
        *,
        issue: Issue | None = None,
        asked: str = "",
        retry_after: int = 0,
    ) -> None:
        # Logged before it is sent: whoever has the answer finds it in the log.
        self._log(kind, status, issue=issue, asked=asked, etag=told.get("ETag", ""), retry_after=retry_after)
        self._send(status, body, told)

    def _log(
        self,
        kind: str,
        status: int,
        *,
        issue: Issue | None = None,
        asked: str = "",
        etag: str = "",
        retry_after: int = 0,
    ) -> None:
        self.server.log(Answer(0, self.path, kind, status, issue, asked, etag, retry_after))

    def _send(self, status: int, body: bytes, told: dict[str, str]) -> None:
        length = {} if status == 304 else {"Content-Length": str(len(body))}
        self._write(status, body, {**told, **length})

    def _write(self, status: int, body: bytes, told: dict[str, str]) -> None:
        try:
            self.send_response(status)
            for name, value in told.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            # Whoever asked has been killed.
            self.close_connection = True
