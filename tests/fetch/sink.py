"""A mail server that keeps what it is given, on loopback, and says what it is told to say."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Sink:
    """What was handed over, as (recipients, message), and what is answered instead of "ok" to a command."""

    port: int = 0
    offers: tuple[str, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[list[str], bytes]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@contextmanager
def sink(**said: str) -> Iterator[Sink]:
    kept = Sink(answers=said)

    class Talk(socketserver.StreamRequestHandler):
        timeout = 10

        def handle(self) -> None:
            self._say(kept.answers.get("hello", "220 sink"))
            to: list[str] = []
            while line := self.rfile.readline(2000):
                words = line.decode("ascii", "replace").strip()
                kept.said.append(words)
                verb = words.split(" ")[0].lower()
                if answer := kept.answers.get(verb):
                    self._say(answer)
                elif verb == "ehlo":
                    self._say("\r\n".join([*(f"250-{each}" for each in kept.offers), "250 8BITMIME"]))
                elif verb == "data":
                    self._say("354 go on")
                    body = b""
                    while not body.endswith(b"\r\n.\r\n"):
                        body += self.rfile.readline(2000)
                    if answer := kept.answers.get("end"):
                        self._say(answer)
                    else:
                        kept.taken.append((to, body[:-3].replace(b"\r\n..", b"\r\n.")))
                        self._say("250 taken")
                elif verb == "quit":
                    self._say("221 bye")
                    return
                else:
                    if verb == "rcpt":
                        to.append(words.partition("<")[2].partition(">")[0])
                    self._say("250 ok")

        def _say(self, words: str) -> None:
            self.wfile.write(words.encode() + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        kept.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join(timeout=10)
