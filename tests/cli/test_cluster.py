"""Reading and taking in on the workers of an engine: the same answers; a worker that is killed costs nothing."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from benchmarks.processes import Family
from pyarrow import parquet
from tests.databases import archive_at
from tests.waiting import until

from dateline.story import Stamp, Story
from dateline.wire import warc
from dateline.wire.channel import Channel
from dateline.wire.conversion import entry_of

STORIES = 96
PAGES = 12
SITE = "https://bridge.example"
PART = 4
LOOK = """
import json
from dateline.cli.opening import open_archive
open_archive()
from dateline.archive.models import Finding, Record, Sighting, Version
print(json.dumps({
    "headlines": sorted(Record.objects.values_list("headline", flat=True)),
    "versions": Version.objects.count(),
    "sightings": Sighting.objects.count(),
    "read": Version.objects.exclude(reading=None).count(),
    "found": Finding.objects.values("record").distinct().count(),
}))
"""


def _line(number: int) -> dict[str, Any]:
    # No two alike: what is alike is one story to the archive.
    towns = ["Lindmere", "Oster", "Havel", "Tarsk", "Brenn", "Quill", "Sorn", "Ulver", "Marsh", "Pike"]
    word = "".join(chr(97 + (number * step) % 26) for step in (3, 5, 7, 11))
    told = [
        f"Officials in {towns[(number + step) % 10]} said on Tuesday that {word}{step} bridge {number * 7 + step} "
        f"would close after Germany accused France of blocking shipment {number + step * 31}."
        for step in range(8)
    ]
    return {
        "id": f"story {number}",
        "title": f"Bridge {number} closes",
        "text": "\n\n".join(told),
        "published": "2015-05-12",
    }


@dataclass(frozen=True, kw_only=True)
class Head:
    """An engine that runs, as on the first of several machines; ``pid`` is the process that all of it is under."""

    address: str
    pid: int


@pytest.fixture(scope="module")
def head() -> Iterator[Head]:
    """Start an engine of two workers on loopback as docs/how-to/scale-out.md does; end it with all it started."""
    folder = tempfile.mkdtemp(prefix="dateline-")  # the engine's sockets need a short path
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    command = [
        *(sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block", "--disable-usage-stats"),
        *("--node-ip-address=127.0.0.1", f"--port={port}", "--num-cpus=2", "--include-dashboard=false"),
        *(f"--object-store-memory={128 * 2**20}", f"--temp-dir={folder}"),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_AUTH_MODE", "token")
        patch.setenv("RAY_AUTH_TOKEN", secrets.token_hex(32))
        patch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")  # on loopback alone (see ``Engine``)
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert process.stdout is not None
        try:
            said = list(takewhile(lambda line: "runtime started" not in line, process.stdout))
            assert process.poll() is None, "".join(said)
            yield Head(address=f"127.0.0.1:{port}", pid=process.pid)
        finally:
            for pid in {process.pid, *Family(process.pid).members()}:
                _kill(pid)
            process.communicate()
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "stories.jsonl"
    path.write_text("".join(json.dumps(_line(number)) + "\n" for number in range(STORIES)), "utf-8")
    return path


@contextmanager
def started(*words: str, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """Run a command of its own; end it, whatever happens, with all that it started."""
    command = [sys.executable, "-m", "dateline.cli.main", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env)
    family: set[int] = set()
    try:
        yield process
        family = set(Family(process.pid).members())
    finally:
        for pid in {process.pid, *family, *Family(process.pid).members()}:
            _kill(pid)
        process.communicate()


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def at_work(pid: int, what: str) -> list[int]:
    """Return the workers under a process that are at it now: the engine names them so."""
    return [pid for pid in Family(pid).members() if _command(pid).startswith(f"ray::{what}")]


def _command(pid: int) -> str:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_text()
    except OSError:
        return ""


def finished(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=600)
    assert process.returncode == 0, said
    return said


def ids_in(folder: Path) -> Counter[str]:
    return Counter(
        name for path in folder.glob("stories-*.parquet") for name in parquet.read_table(path)["id"].to_pylist()
    )


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Return the environment of an archive of its own."""
    told = {**os.environ, **archive_at(tmp_path / "home"), "DATELINE_SITE_URL": "https://dateline.example"}
    told.pop("DATELINE_PURE", None)
    _run(told, "-m", "dateline.cli.main", "init")
    return told


EACH_ONCE = Counter(f"story {number}" for number in range(STORIES))


@pytest.mark.unstored
def test_the_answers_are_those_of_one_process(head: Head, tmp_path: Path) -> None:
    told = [json.dumps(_line(number)) for number in range(5)] + ["", "{no", '{"id": "x"}', '{"text": 7}']
    path = tmp_path / "some.jsonl"
    path.write_text("\n".join(told) + "\n", "utf-8")
    command = [sys.executable, "-m", "dateline.cli.main", "read", "--jsonl", str(path)]
    alone, far = (
        subprocess.run([*command, *more], capture_output=True, text=True, check=False, timeout=600)
        for more in ([], ["--cluster", head.address])
    )
    assert far.stdout == alone.stdout
    assert len(far.stdout.splitlines()) == 8
    assert far.stderr == alone.stderr
    assert far.returncode == alone.returncode == 1


@pytest.mark.unstored
def test_a_killed_worker_costs_no_story(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ("read", "--jsonl", str(lines), "--out", str(out), "--part", str(PART), "--cluster", "local:2")
    with started(*words) as process:
        until(
            lambda: list(out.glob("stories-*")) and at_work(process.pid, "table_part"),
            alive=lambda: process.poll() is None,
        )
        os.kill(at_work(process.pid, "table_part")[0], signal.SIGKILL)
        assert len(list(out.glob("stories-*"))) < STORIES / PART, "it was killed too late to tell anything"
        assert not [address for address in listening(process.pid) if not address.startswith(("127.", "::1"))]
        finished(process)
    assert ids_in(out) == EACH_ONCE
    assert not list(out.glob("refused-*"))
    assert not list(out.glob(".*.unfinished"))


@pytest.mark.unstored
def test_a_killed_run_goes_on_where_it_stopped(head: Head, lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ("read", "--jsonl", str(lines), "--out", str(out), "--part", str(PART), "--cluster", head.address)
    with started(*words) as process:
        until(lambda: len(list(out.glob("stories-*"))) >= 2, alive=lambda: process.poll() is None)
        process.kill()
        process.wait()
    before = {path: path.stat().st_mtime_ns for path in out.glob("stories-*.parquet")}
    assert len(before) < STORIES / PART
    with started(*words) as process:
        said = finished(process)
    assert f"{len(before)} parts were there before" in said
    assert all(path.stat().st_mtime_ns == at for path, at in before.items())
    assert ids_in(out) == EACH_ONCE


@pytest.mark.parametrize("killed", ["worker", "all"])
def test_taking_in_loses_and_doubles_nothing(head: Head, lines: Path, env: dict[str, str], killed: str) -> None:
    words = ("take-in", str(lines), "--cluster", head.address)
    with started(*words, env=env) as process:
        until(lambda: at_work(head.pid, "arrive"), alive=lambda: process.poll() is None)
        os.kill(at_work(head.pid, "arrive")[0] if killed == "worker" else process.pid, signal.SIGKILL)
        if killed == "worker":
            assert f"{STORIES} new" in finished(process)
    with started(*words, env=env) as process:
        said = finished(process)
    assert killed == "all" or f"{STORIES} seen again" in said
    told = json.loads(_run(env, "-c", LOOK))
    assert told.pop("headlines") == sorted(f"Bridge {number} closes" for number in range(STORIES))
    assert told == dict.fromkeys(("versions", "sightings", "read", "found"), STORIES)


@pytest.fixture
def archive_of_pages(tmp_path: Path) -> Path:
    """Write a packed web archive of some pages, of which one was visited twice."""
    stories = [_story(number) for number in range(PAGES)]
    channel = Channel(title="The Bridge", url=SITE, feed_url=SITE, language="en", updated="2015-05-12T00:00:00Z")
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(warc.dump(map(entry_of, [*stories, stories[0]]), channel=channel, packed=True))
    return path


def _story(number: int) -> Story:
    line = _line(number)
    return Story(
        headline=line["title"],
        text=line["text"],
        language="en",
        published=Stamp(value=line["published"], precision="day", said="", origin="test"),
        url=f"{SITE}/news/{number}",
        site_name="The Bridge",
        site_url=SITE,
    )


def test_a_web_archive_is_read_by_an_engine_that_runs(head: Head, archive_of_pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ("read", "--jsonl", str(archive_of_pages), "--out", str(out), "--part", "5", "--cluster", head.address)
    with started(*words) as process:
        finished(process)
    tables = [parquet.read_table(path) for path in out.glob("stories-*.parquet")]
    read = [row for table in tables for row in table.to_pylist()]
    assert Counter(row["title"] for row in read) == Counter(
        [*(f"Bridge {number} closes" for number in range(PAGES)), "Bridge 0 closes"]
    )
    assert all(row["findings"] for row in read)


def test_a_web_archive_is_taken_in_by_an_engine_that_runs(
    head: Head, archive_of_pages: Path, env: dict[str, str]
) -> None:
    words = ("take-in", str(archive_of_pages), "--cluster", head.address)
    for outcome in (f"{PAGES} new, 1 seen again", f"{PAGES + 1} seen again"):
        with started(*words, env=env) as process:
            assert outcome in finished(process)
    told = json.loads(_run(env, "-c", LOOK))
    assert told.pop("headlines") == sorted(f"Bridge {number} closes" for number in range(PAGES))
    assert told == dict.fromkeys(("versions", "sightings", "read", "found"), PAGES)


def test_an_engine_that_is_not_there_is_named(lines: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        address = f"127.0.0.1:{found.getsockname()[1]}"
    hasty = {**os.environ, "RAY_gcs_server_request_timeout_seconds": "2"}
    with started("read", "--jsonl", str(lines), "--cluster", address, env=hasty) as process:
        said, _ = process.communicate(timeout=600)
    assert process.returncode == 2
    assert f"--cluster {address}" in said


def _run(env: dict[str, str], *words: str) -> str:
    return subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, check=True).stdout


def listening(pid: int) -> list[str]:
    """Return the addresses on which a process and all that it started wait for others."""
    mine = {
        found[1]
        for member in Family(pid).members()
        for link in _links(Path("/proc") / str(member) / "fd")
        if (found := re.match(r"socket:\[(\d+)\]", link))
    }
    told = []
    for table in ("tcp", "tcp6"):
        for row in (Path("/proc/net") / table).read_text().splitlines()[1:]:
            fields = row.split()
            if fields[3] == "0A" and fields[9] in mine:
                told.append(_address(fields[1].partition(":")[0]))
    assert told
    return told


def _links(folder: Path) -> list[str]:
    try:
        return [str(path.readlink()) for path in folder.iterdir()]
    except OSError:
        return []


def _address(packed: str) -> str:
    """Return an address as the kernel's table packs it: words of four bytes, each the other way round."""
    words = [bytes.fromhex(packed[at : at + 8])[::-1] for at in range(0, len(packed), 8)]
    if len(words) == 1 or words[:3] == [bytes(4), bytes(4), b"\0\0\xff\xff"]:
        return ".".join(map(str, words[-1]))
    return "::1" if b"".join(words) == bytes(15) + b"\1" else b"".join(words).hex()


BAD: list[tuple[Callable[[Path], tuple[str, ...]], str]] = [
    (lambda path: ("--cluster", "local:0"), "--cluster local:0: local or local:N"),
    (lambda path: ("--cluster", "ray://127.0.0.1:1"), "from a machine that belongs to the engine"),
    (lambda path: ("--cluster", "local", "--jobs", "2"), "--jobs: the workers of --cluster read"),
    (lambda path: ("--out", str(path / "out")), "--out: only with --cluster"),
    (lambda path: ("--cluster", "local", "--part", "4"), "--part: only with --out"),
    (lambda path: ("--cluster", "local", "--out", str(path / "stories.jsonl")), "stories.jsonl: File exists"),
]


@pytest.mark.unstored
@pytest.mark.parametrize(("words", "why"), BAD)
def test_what_is_wrong_is_told_before_anything_is_done(
    words: Callable[[Path], tuple[str, ...]], why: str, lines: Path, tmp_path: Path
) -> None:
    with started("read", "--jsonl", str(lines), *words(tmp_path)) as process:
        said, _ = process.communicate(timeout=600)
    assert process.returncode == 2
    assert why in said
