"""A world of its own: run inside a network namespace, where every address there is leads to one server.

    unshare --net --mount python -m tests.fetch.lab

Public addresses answer as a web site that does its worst; every other address is a canary, and to connect to one is
a hit. Names are resolved by a server of ours, that changes its mind. Prints what happened as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from multiprocessing.managers import ListProxy
from pathlib import Path
from typing import Any

from dnslib import AAAA, QTYPE, RR, A
from dnslib.server import BaseResolver, DNSServer

from dateline.fetch.client import Client
from dateline.fetch.errors import FetchError
from dateline.fetch.limits import Limits
from dateline.fetch.websub import subscribe
from tests.fetch.lying import Lying
from tests.memory import peak_mib

TABLE = tomllib.loads((Path(__file__).parent / "addresses.toml").read_text("utf-8"))
PUBLIC = "93.184.216.34"
FLIPS = 1000
LIMITS = Limits(connect=2, total=3)  # in size as by default
TROUBLES = ("endless", "bomb", "twice", "twice-and-away", "hundred", "huge", "huge-unsaid", "short", "drip", "no-http")
PRIVATE = ("169.254.169.254", "10.0.0.1", "[::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]")


def set_up() -> None:
    """Make every address there is one of ours. Refuses to run where there is a way out."""
    routes = subprocess.run(["ip", "route", "show", "default"], capture_output=True, text=True, check=True).stdout
    links = subprocess.run(["ip", "-o", "link"], capture_output=True, text=True, check=True).stdout.splitlines()
    if routes.strip() or len(links) != 1:
        raise SystemExit("the lab runs in a network namespace of its own only")
    for words in (
        "link set lo up",
        "route add local 0.0.0.0/0 dev lo",
        "-6 route add local ::/0 dev lo",
        "-6 address add fe80::1/64 dev lo",
    ):
        subprocess.run(["ip", *words.split()], check=True)
    with tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False) as file:
        file.write("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    subprocess.run(["mount", "--bind", file.name, "/etc/resolv.conf"], check=True)


class World(Lying):
    """What answers at every address: the site at the public ones, the canary anywhere else."""

    seen: ListProxy[tuple[str, str]] | list[tuple[str, str]] = []

    def setup(self) -> None:
        super().setup()
        address = self.connection.getsockname()[0].removeprefix("::ffff:")
        self.seen.append(("public" if address == PUBLIC else "canary", address))

    def _hundred(self) -> None:
        """A feed of 100 MB, whole and well formed."""
        part = b"<item><title>One more</title><description>" + b"words " * 17000 + b"</description></item>"
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Connection", "close")
        self.end_headers()
        for _ in range(1024):
            self.wfile.write(part)

    def _again(self) -> None:
        self._say(status=302, Location=f"http://{self.headers['Host']}/fine")

    def _away(self) -> None:
        self._say(status=302, Location=self.path.partition("?")[2])


class Server(ThreadingHTTPServer):
    address_family = socket.AF_INET6
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *args: Any) -> None:
        """Clients that hang up are what this is for."""


class Names(BaseResolver):
    """``flip…`` is public at the first question and this machine at the next; ``mixed`` is both at once."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    def resolve(self, request: Any, handler: Any) -> Any:
        reply = request.reply()
        name, kind = str(request.q.qname).rstrip(".").lower(), QTYPE[request.q.qtype]
        if kind == "A":
            self.asked[name] += 1
            flip = PUBLIC if self.asked[name] == 1 else "127.0.0.1"
            found = {"flip": [flip], "mixed": [PUBLIC, "10.0.0.1"], "inner": ["10.0.0.1"], "public": [PUBLIC]}
            for address in found.get(re.split("[-.]", name)[0], []):
                reply.add_answer(RR(request.q.qname, QTYPE.A, rdata=A(address), ttl=0))
        elif kind == "AAAA" and name.startswith("inner"):
            reply.add_answer(RR(request.q.qname, QTYPE.AAAA, rdata=AAAA("::1"), ttl=0))
        return reply


def serve(seen: ListProxy[tuple[str, str]], ready: Any) -> None:
    World.seen = seen
    World.protocol_version = "HTTP/1.1"
    server = Server(("::", 80), World)
    names = DNSServer(Names(), address="127.0.0.1", port=53, logger=_Silent())
    names.start_thread()
    ready.set()
    server.serve_forever()


class _Silent:
    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *args, **kwargs: None


def outcome(fetch: Callable[[], object]) -> str:
    try:
        fetch()
    except FetchError as error:
        return type(error).__name__
    return "answered"


def unguarded() -> Iterator[str]:
    """Yield what a client without a guard is answered: the lab must be able to fail."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for url in ("http://127.0.0.1/fine", "http://169.254.169.254/fine", "http://[::1]/fine", "http://inner/fine"):
        with opener.open(url, timeout=3) as answer:
            yield str(answer.status)


def tries(client: Client) -> Iterator[tuple[str, str]]:
    """Yield each thing tried, with what came of it."""
    site = f"http://{PUBLIC}"
    yield "a public site", outcome(lambda: client.get(f"{site}/fine"))
    yield "a public name", outcome(lambda: client.get("http://public.example/fine"))
    spellings = [*TABLE["spellings"], *spellings_of(os.environ.get("DATELINE_DATA"))]
    for url in spellings:
        yield f"direct {url}", outcome(lambda url=url: client.get(url))
        yield f"redirect {url}", outcome(lambda url=url: client.get(f"{site}/away?{url}"))
    for address in PRIVATE:
        told = {"topic": site, "callback": site, "secret": "s"}
        yield f"hub {address}", outcome(lambda at=address, to=told: subscribe(client, hub=f"http://{at}/", **to))
    for name in ("inner.example", "mixed.example"):
        yield f"name {name}", outcome(lambda name=name: client.get(f"http://{name}/"))
    for trouble in TROUBLES:
        began = time.monotonic()
        yield trouble, outcome(lambda trouble=trouble: client.get(f"{site}/{trouble}"))
        assert time.monotonic() - began < LIMITS.total + 2, f"{trouble} took longer than the deadline"


def spellings_of(data: str | None) -> list[str]:
    """Return the addresses and their spellings in a folder of test data, as web addresses."""
    folder = Path(data or "") / "hostile" / "addresses"
    if not data or not folder.exists():
        return []
    told = json.loads((folder / "ip_table.json").read_text())["rows"]
    denied = [str(each["ip"]) for each in told if each["expect"] == "deny"]
    forms = (folder / "url_forms.txt").read_text().splitlines()
    return [f"http://[{ip}]/" if ":" in ip else f"http://{ip}/" for ip in denied] + [each for each in forms if each]


def main() -> None:
    set_up()
    with multiprocessing.Manager() as manager:
        seen, ready = manager.list(), multiprocessing.Event()
        world = multiprocessing.Process(target=serve, args=(seen, ready), daemon=True)
        world.start()
        assert ready.wait(10)
        control = list(unguarded())
        reached = [at for kind, at in seen if kind == "canary"]
        del seen[:]
        client = Client(limits=LIMITS)
        outcomes = dict(tries(client))
        flips = Counter(outcome(lambda n=n: client.get(f"http://flip-{n}.example/again")) for n in range(FLIPS))
        told = {
            "control": control,
            "control reached": reached,
            "outcomes": outcomes,
            "flips": flips,
            "public hits": sum(kind == "public" for kind, _ in seen),
            "canary hits": [at for kind, at in seen if kind == "canary"],
            "peak MiB": peak_mib(),
        }
        world.terminate()
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
