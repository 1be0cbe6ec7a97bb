"""Nothing private is connected to, and no answer takes more than its limits."""

from __future__ import annotations

import gzip
import json
import os
import threading
import tomllib
import zlib
from collections.abc import Iterator
from dataclasses import replace
from http.server import ThreadingHTTPServer
from pathlib import Path

import brotli
import pytest
import zstandard

from dateline.fetch.addresses import denied, networks
from dateline.fetch.client import Client
from dateline.fetch.errors import BadEncoding, Denied, FetchError, TooLarge, TooManyHops, TooSlow, Unreachable
from dateline.fetch.limits import Limits
from dateline.fetch.unpacking import unpack
from tests.fetch.lying import ZEROS, Lying

TABLE = tomllib.loads((Path(__file__).parent / "addresses.toml").read_text("utf-8"))
MORE = Path(os.environ.get("DATELINE_DATA", "/nowhere")) / "hostile" / "addresses" / "ip_table.json"
if MORE.exists():
    for row in json.loads(MORE.read_text())["rows"]:
        TABLE["denied" if row["expect"] == "deny" else "allowed"].append(row["ip"])
LIMITS = Limits(connect=2, total=3, raw=2 * 2**20, unpacked=2 * 2**20, redirects=3)


@pytest.mark.parametrize("address", TABLE["denied"])
def test_what_is_private_is_denied(address: str) -> None:
    assert denied(address)


@pytest.mark.parametrize("address", TABLE["allowed"])
def test_what_is_public_is_allowed(address: str) -> None:
    assert denied(address) is None


def test_a_network_opened_on_purpose_is_allowed() -> None:
    opened = networks("127.0.0.1, 10.1.0.0/16")
    assert denied("10.1.2.3", allowed=opened) is None
    assert denied("10.2.0.1", allowed=opened)
    with pytest.raises(ValueError, match="nonsense"):
        networks("nonsense")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), Lying)
    made.daemon_threads = True
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()


@pytest.fixture
def client() -> Client:
    return Client(limits=LIMITS, allowed=networks("127.0.0.1"))


@pytest.mark.parametrize("url", TABLE["spellings"])
def test_no_spelling_gets_through(url: str) -> None:
    with pytest.raises((Denied, Unreachable)):
        Client(limits=LIMITS).get(url)


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("to-private", Denied),
        ("to-file", Denied),
        ("endless", TooManyHops),
        ("bomb", TooLarge),
        ("twice", BadEncoding),
        ("huge", TooLarge),
        ("huge-unsaid", TooLarge),
        ("short", Unreachable),
        ("drip", TooSlow),
        ("no-http", Unreachable),
    ],
)
def test_trouble_has_a_name(path: str, error: type[FetchError], server: str, client: Client) -> None:
    with pytest.raises(error):
        client.get(f"{server}/{path}")


def test_the_body_of_a_redirect_is_not_read(server: str, client: Client) -> None:
    answer = client.get(f"{server}/twice-and-away")
    assert (answer.body, answer.moved) == (b"words", None)


def test_a_permanent_move_is_told(server: str, client: Client) -> None:
    answer = client.get(f"{server}/moved")
    assert (answer.moved, answer.hops[0][0], answer.headers["etag"]) == (f"{server}/fine", 301, '"1"')


def test_a_name_is_resolved_once_and_judged_whole(server: str, client: Client) -> None:
    asked: list[str] = []

    def flipping(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34", "10.0.0.1"] if len(asked) == 1 else ["127.0.0.1"]

    with pytest.raises(Denied, match=r"10\.0\.0\.1"):
        replace(client, resolver=flipping).get("http://mixed.example/")
    assert asked == ["mixed.example"]


def test_a_port_that_is_not_the_web_is_denied(client: Client) -> None:
    with pytest.raises(Denied, match="port 25"):
        replace(client, resolver=lambda host, port: ["93.184.216.34"]).get("http://mail.example:25/")


@pytest.mark.parametrize(
    ("encoding", "raw"),
    [
        ("gzip", gzip.compress(ZEROS)),
        ("deflate", zlib.compress(ZEROS)),
        ("br", brotli.compress(ZEROS, quality=5)),
        ("zstd", zstandard.ZstdCompressor().compress(ZEROS)),
    ],
)
def test_bombs_stop_at_the_limit(encoding: str, raw: bytes) -> None:
    with pytest.raises(TooLarge):
        unpack(raw, encoding, limits=LIMITS)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "compress", "gzip, br"])
def test_what_is_not_packed_so_is_named(encoding: str) -> None:
    with pytest.raises(BadEncoding):
        unpack(b"these are plain words and no packed ones", encoding, limits=LIMITS)


@pytest.mark.parametrize("encoding", ["", "identity", "gzip", "x-gzip", "deflate", "br", "zstd"])
def test_what_is_packed_well_is_unpacked(encoding: str) -> None:
    said = "Слова, words, واژه‌ها ".encode() * 50
    packed = {
        "gzip": gzip.compress,
        "x-gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": brotli.compress,
        "zstd": zstandard.ZstdCompressor().compress,
    }.get(encoding, bytes)
    assert unpack(packed(said), encoding, limits=LIMITS) == said
