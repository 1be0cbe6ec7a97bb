"""Answers a second of one core, beside a handler written by hand (Starlette, sqlite3, uvicorn) in the same run.

Server and load have a core each, all is on loopback. The archive holds ``stories`` rows, each with its pressed page;
of the last ones there are none, so that Django must make them, and a query has it make lists. Nothing is kept between
two such answers. What the handler does, a row by its number in a template, the print page does: it adds a QR code.
"""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from random import Random

from benchmarks.load import get, per_second
from benchmarks.published import published

ROUNDS = 3
_SEEN = 2_000  # stories asked for in turn
_CORRECTED = 25
_NGINX = """\
user {user}; worker_processes 1; daemon off; pid {home}/nginx.pid; error_log {home}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; keepalive_requests 10000000; default_type text/html; etag on;
  client_body_temp_path {home}/t1; proxy_temp_path {home}/t2; fastcgi_temp_path {home}/t3;
  uwsgi_temp_path {home}/t4; scgi_temp_path {home}/t5;
  server {{ listen 127.0.0.1:{port}; root {home}/baked; location / {{ try_files $uri $uri/index.html =404; }} }}
}}
"""


def run(folder: Path | None, *, stories: int = 200_000) -> None:
    if len(os.sched_getaffinity(0)) < 2:
        print("needs two cores: one for the server, one for the load")
        return
    ours, other = sorted(os.sched_getaffinity(0))[:2]
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        published(home, stories, unpressed=_SEEN)
        os.sched_setaffinity(0, {ours})
        rates: dict[str, list[float]] = {}
        by_hand()
        corrected()
        ways = list(asked(home, stories))
        for _ in range(ROUNDS):
            for name, command, path, requests in ways:
                with serving(command, home, other) as port:
                    per_second(port, [get(path)], seconds=0.2)
                    rates.setdefault(name, []).append(per_second(port, requests, seconds=2))
        yardstick = statistics.median(rates["hand-written"])
        print(f"{stories:,} stories; one core; median of {ROUNDS} rounds; hand-written: {yardstick:,.0f}/s = 1")
        for name, found in rates.items():
            print(f"{name}: {statistics.median(found) / yardstick:.2f} ×  ({statistics.median(found):,.0f}/s)")


def asked(home: Path, stories: int) -> Iterator[tuple[str, list[str], str, list[bytes]]]:
    """Yield each way with its server, an address to warm up with and the requests of the load."""
    from dateline.archive.models import Record, Rendering
    from dateline.archive.renderings import unpack

    dice = Random(5)
    pages = Rendering.objects.exclude(path__endswith="/print").order_by("pk")[:_SEEN]
    known = {page.path: page.etag for page in pages}
    records = list(Record.objects.filter(renderings=None, state="published")[:_SEEN])
    codes = [dice.randrange(1001, 1001 + stories) for _ in range(_SEEN)]
    hand = ["uvicorn", "benchmarks.yardstick:app", "--log-level", "warning", "--no-access-log", "--port", "{port}"]
    plain = ["--loop", "asyncio", "--http", "h11"]
    granian = [
        "granian", "--interface", "wsgi", "--log-level", "warning", "--no-access-log", "--blocking-threads", "1",
        "--port", "{port}", "dateline.conf.wsgi:application",
    ]  # fmt: skip
    first, made, last = next(iter(known)), records[0].path, records[0]
    yield "hand-written", [*hand, *plain], f"/{codes[0]}", [get(f"/{code}") for code in codes]
    if find_spec("httptools") and find_spec("uvloop"):
        yield "hand-written, on uvloop and httptools", hand, f"/{codes[0]}", [get(f"/{code}") for code in codes]
    yield "pressed story page", granian, first, [get(path, Accept_Encoding="br, gzip") for path in known]
    again = [get(path, If_None_Match=etag, Accept_Encoding="br, gzip") for path, etag in known.items()]
    yield "the same, not modified", granian, first, again
    prints = [get(f"{record.path}/print") for record in records]
    yield (
        "made by Django: print page (as the hand-written: a row by its number + a template)",
        granian,
        f"{made}/print",
        prints,
    )
    yield (
        "made by Django: story page, with all that was found in it",
        granian,
        made,
        [get(each.path) for each in records],
    )
    for name, path in (
        ("front page, 40 stories", "/en/"),
        ("a section's month, up to 50 stories", f"/en/section/{last.section_slug}/{last.published_at:%Y/%m}"),
        ("a day, up to 50 stories", f"/en/day/{last.published_at:%Y-%m-%d}"),
        (f"corrections, {_CORRECTED}", "/en/corrections"),
    ):
        yield f"made by Django: {name}", granian, f"{path}?x=0", [get(f"{path}?x={n}") for n in range(50)]
    if nginx := shutil.which("nginx"):
        body = unpack(bytes(Rendering.objects.get(path=first).body))
        for path in known:
            page = home / "baked" / path[1:] / "index.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_bytes(body)
        yield "nginx, the same from a folder", [nginx, "-c", f"{home}/nginx.conf"], first, [get(path) for path in known]
    else:
        print("nginx: not installed, so the limit is not shown")


@contextmanager
def serving(command: list[str], home: Path, core: int) -> Iterator[int]:
    """Run a server on a core and a free port of its own until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    (home / "nginx.conf").write_text(_NGINX.format(home=home, port=port, user=getpass.getuser()))
    words = [word.format(port=port) for word in command]
    if not words[0].startswith("/"):
        words = [sys.executable, "-m", *words]
    env = {**os.environ, "YARDSTICK": str(home / "dateline.sqlite3")}
    server = subprocess.Popen(words, env=env, preexec_fn=lambda: os.sched_setaffinity(0, {core}))  # noqa: PLW1509
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def by_hand() -> None:
    """Make the table that the handler written by hand asks: the same stories, its own columns, its own index."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE yardstick AS SELECT code AS id, story ->> 'headline' AS headline, story ->> 'text' AS text,"
            " story ->> 'credit' AS credit, story ->> 'language' AS language, published_at AS published"
            " FROM archive_record JOIN archive_version ON archive_version.id = current_id"
        )
        cursor.execute("CREATE UNIQUE INDEX yardstick_id ON yardstick (id)")


def corrected() -> None:
    """Correct some stories whose pages are pressed, and stay as they are."""
    from dateline.archive.models import Correction, Record

    Correction.objects.bulk_create(
        Correction(record=record, kind="correction", note="A number was wrong.", by="benchmark", at=record.changed_at)
        for record in Record.objects.order_by("pk")[1 : 1 + _CORRECTED]
    )
