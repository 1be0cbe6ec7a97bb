"""`dateline work` as processes: several at once, stopped cleanly and not; nothing lost, nothing doubled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from socket import socket
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from tests.databases import archive_at
from tests.soak.prose import invented
from tests.waiting import PATIENCE, until

FEEDS = 6
# What the archive holds, as one line of JSON; with "--free" it first ends every lease.
LOOK = """
import json, sys
from dateline.cli.opening import open_archive
open_archive()
from dateline.archive.models import Poll, Record, Sighting, Source, Task
if "--free" in sys.argv:
    Source.objects.update(claimed_until=None)
    Task.objects.update(claimed_until=None)
print(json.dumps({
    "polls": list(Poll.objects.values_list("source__slug", "outcome")),
    "headlines": sorted(Record.objects.values_list("headline", flat=True)),
    "versions": sum(record.versions.count() for record in Record.objects.all()),
    "codes": list(Record.objects.values_list("code", flat=True)),
    "paths": [record.path for record in Record.objects.all()],
    "unread": Task.objects.filter(kind="read").count(),
}))
"""


class Publisher(BaseHTTPRequestHandler):
    """One feed a port: a story of its own, and one that all carry. ``slow`` holds the answer back that long."""

    slow = 0.0
    asked: list[int] = []

    def do_GET(self) -> None:
        port = self.server.server_address[1]
        if self.path == "/robots.txt":
            self.send_error(404)
            return
        self.asked.append(port)
        time.sleep(self.slow)
        body = _feed(str(port)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None: ...

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True


def _feed(name: str) -> str:
    told = [("Own", f"of {name}", Random(name)), ("Shared", "by all", Random("all"))]
    items = "".join(
        f"<item><title>{kind} story {whose}</title><guid>{kind} {name}</guid>"
        f"<description>{' '.join(' '.join(each) for each in invented(rng).paragraphs)}</description></item>"
        for kind, whose, rng in told
    )
    return f'<rss version="2.0"><channel><title>Paper {name}</title>{items}</channel></rss>'


@pytest.fixture
def ports() -> Iterator[list[int]]:
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Publisher) for _ in range(FEEDS)]
    for server in servers:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
    Publisher.slow, Publisher.asked = 0.0, []
    yield [server.server_port for server in servers]
    for server in servers:
        server.shutdown()


@dataclass(frozen=True, kw_only=True)
class Site:
    """A web process."""

    process: subprocess.Popen[bytes]
    port: int

    def page(self, path: str) -> str:
        with urlopen(f"http://127.0.0.1:{self.port}{quote(path)}", timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def answers(self) -> bool:
        try:
            return bool(self.page("/en/"))
        except HTTPError:
            return True
        except OSError:
            return False


class Office:
    """An archive with a source for each feed."""

    def __init__(self, home: Path, ports: list[int]) -> None:
        self.env = {
            **os.environ,
            **archive_at(home),
            "DATELINE_SITE_URL": "https://dateline.example",
            "DATELINE_ALLOW_PRIVATE": "127.0.0.1",
        }
        self.env.pop("DATELINE_PURE", None)
        self.run("init")
        opml = "".join(f'<outline type="rss" text="Paper {port}" xmlUrl="http://127.0.0.1:{port}/"/>' for port in ports)
        home.mkdir(exist_ok=True)
        (home / "all.opml").write_text(f'<opml version="2.0"><body>{opml}</body></opml>')
        self.run("source", "import", str(home / "all.opml"))

    def run(self, *words: str) -> str:
        return self._python("-m", "dateline.cli.main", *words)

    def look(self, *words: str) -> dict[str, Any]:
        return dict(json.loads(self._python("-c", LOOK, *words)))

    @contextmanager
    def worker(self, *words: str) -> Iterator[subprocess.Popen[str]]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dateline.cli.main", "work", "--hands", "3", *words],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    @contextmanager
    def site(self) -> Iterator[Site]:
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", "dateline.cli.main", "serve", "--port", str(port), "--workers", "1"],
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        site = Site(process=process, port=port)
        try:
            until(site.answers, alive=lambda: process.poll() is None)
            yield site
        finally:
            process.terminate()
            process.wait()

    def _python(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words], env=self.env, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def test_two_workers_do_all_of_it_once(tmp_path: Path, ports: list[int]) -> None:
    office = Office(tmp_path, ports)
    with office.worker("--no-read") as one, office.worker("--no-read") as other:
        until(
            lambda: len(office.look()["polls"]) == FEEDS,
            alive=lambda: one.poll() is None and other.poll() is None,
        )
        for worker in (one, other):
            worker.send_signal(signal.SIGTERM)
            said, _ = worker.communicate(timeout=PATIENCE)
            assert (worker.returncode, "nothing was left half done" in said) == (0, True), said
            assert "Traceback" not in said
    told = office.look()
    assert sorted(Publisher.asked) == sorted(ports)
    assert sorted(told["polls"]) == sorted([f"paper-{port}", "read"] for port in ports)
    assert told["headlines"] == [*(f"Own story of {port}" for port in sorted(map(str, ports))), "Shared story by all"]
    assert told["versions"] == FEEDS + 1
    assert told["unread"] == FEEDS + 1


def test_a_worker_that_is_killed_leaves_nothing_half_done(tmp_path: Path, ports: list[int]) -> None:
    office = Office(tmp_path, ports)
    Publisher.slow = 1.5
    with office.worker("--no-read") as worker:
        until(lambda: len(Publisher.asked) >= 2, alive=lambda: worker.poll() is None)
        worker.kill()
        worker.wait()
    Publisher.slow = 0.0
    told = office.look("--free")
    assert told["versions"] == len(told["headlines"])
    assert len(told["polls"]) < FEEDS
    with office.worker("--no-read") as worker:
        # A host that was being asked when the worker died is left alone for a minute.
        until(lambda: FEEDS - len(office.look()["polls"]) <= 3, alive=lambda: worker.poll() is None)
        worker.send_signal(signal.SIGINT)
        worker.communicate(timeout=PATIENCE)
        assert worker.returncode == 0
    told = office.look()
    assert len({slug for slug, _ in told["polls"]}) == len(told["polls"])
    assert len(told["headlines"]) == len(told["polls"]) + 1 == told["versions"]
    assert told["headlines"].count("Shared story by all") == 1


def test_two_web_processes_show_what_two_workers_file(tmp_path: Path, ports: list[int]) -> None:
    office = Office(tmp_path, ports)
    with office.worker() as one, office.worker() as other, office.site() as first, office.site() as second:
        processes = (one, other, first.process, second.process)
        until(
            lambda: len(told := office.look()["polls"]) == FEEDS and not office.look()["unread"] and told,
            alive=lambda: all(each.poll() is None for each in processes),
        )
        office.run("publish", *map(str, office.look()["codes"]))
        pages: list[str] = []

        def show_the_same() -> bool:
            # The workers go on: what they group between two answers is on the next ones of both.
            pages[:] = map(first.page, office.look()["paths"])
            return pages == [second.page(path) for path in office.look()["paths"]]

        until(show_the_same, alive=lambda: all(each.poll() is None for each in processes))
    assert len(pages) == FEEDS + 1
    assert all("by all" in page or "Own story of" in page for page in pages)
