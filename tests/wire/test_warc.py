"""Web archives: every way they are packed, damaged or too large, and the ones we write."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator

from dateline.clean.stories import clean
from dateline.story import Batch, Figure, Stamp, Story, Unreadable
from dateline.wire import rss, warc
from dateline.wire.channel import Channel, FeedEntry
from dateline.wire.warc_records import LARGEST, differs

DATA = Path(__file__).parents[1] / "data/wire"
VISITS = (DATA / "visits.warc").read_bytes()
EXPECTED = json.loads((DATA / "visits.json").read_text("utf-8"))
RECORDS = [b"WARC/1.1" + each for each in VISITS.split(b"WARC/1.1")[1:]]
PAGE = b"<html><head><title>Tide</title></head><body><p>" + b"The tide came in. " * 40 + b"</p></body></html>"
CHANNEL = Channel(
    title="Desk\r\nInjected: yes",
    url="https://desk.example/",
    feed_url="https://desk.example/feed",
    language="en",
    updated="2015-05-12T16:00:00+00:00",
)
STORY = Story(
    headline="Ferry <back> & forth",
    text="The ferry sailed on Tuesday at four in the morning, with two hundred people and nine cars on board.\n\n"
    '"No storm & no fog," the captain said <twice>, and asked the crew to cast off the last of the ropes.\n\n'
    "It came back on Wednesday evening with the same people, and one car less than it had taken out.",
    language="en",
    published=Stamp(value="2015-05", precision="month", said="May 2015", origin="line"),
    byline="Rosa Tilling",
    credit="Pier Agency",
    summary="Back & forth.",
    section="Sea",
    tags=("Ferries", "Alden"),
    figures=(Figure(url="https://desk.example/pier.jpg", caption="The pier.", credit="Ida Moor", after=1),),
    code="7",
    guid="tag:desk.example,2015:7",
    url="https://desk.example/en/news/7/ferry",
    site_name="Desk & Sons",
    note="Corrects the number of cars.",
    urgency=3,
    status="withheld",
)


def entry(story: Story, number: int = 7) -> FeedEntry:
    return FeedEntry(
        story=story,
        id=f"https://desk.example/{number}",
        permalink=story.url or "",
        updated="2015-05-12T18:00:00+02:00",
        code=story.code,
    )


def response(body: bytes, *headers: str, uri: str = "https://a.example/") -> bytes:
    block = "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html", *headers, "", "")).encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def bare_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


def chunked(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)


@pytest.mark.parametrize(
    "data",
    [VISITS, gzip.compress(VISITS), b"".join(map(gzip.compress, RECORDS))],
    ids=["plain", "gzipped whole", "gzipped by record"],
)
def test_an_archive_holds_what_stands_beside_it(data: bytes) -> None:
    assert warc.looks_like(data)
    batch = warc.parse(data)
    assert [list(each) for each in batch.refused] == EXPECTED["refused"]
    assert [list(each) for each in batch.passed] == EXPECTED["passed"]
    for item, wanted in zip(batch.items, EXPECTED["items"], strict=True):
        assert {key: getattr(item, key) for key in wanted} == wanted


def test_feeds_in_an_archive_are_read_by_who_knows_them() -> None:
    parts = {part.place: part for part in warc.stream(io.BytesIO(VISITS), parse=rss.parse)}
    assert [item.headline for item in parts["record 9"].items] == ["Tide table lost"]
    assert (parts["record 9"].format, parts["record 9"].url) == ("rss", "https://post.example/")
    assert "record 10" not in parts  # JSON that is no feed is counted


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE), ("Content-Encoding: gzip",)),
        (zlib.compress(PAGE), ("Content-Encoding: deflate",)),
        (bare_deflate(PAGE), ("Content-Encoding: deflate",)),
        (brotli.compress(PAGE), ("Content-Encoding: br",)),
        (chunked(gzip.compress(PAGE)), ("Content-Encoding: gzip", "Transfer-Encoding: chunked")),
        (PAGE, ("Content-Encoding: gzip", "Transfer-Encoding: chunked")),
        (PAGE, ("Content-Encoding: br",)),
        (PAGE, ("Content-Encoding: deflate",)),
    ],
    ids=["gzip", "deflate", "bare deflate", "br", "chunked", "not chunked", "not br", "not deflate"],
)
def test_the_encodings_of_http_are_undone(body: bytes, headers: tuple[str, ...]) -> None:
    (item,) = warc.parse(response(body, *headers)).items
    assert item.body == PAGE.decode()


def test_an_encoding_that_only_http_states_is_heeded() -> None:
    body = "<html><body><p>Порт закрыт на зиму.</p></body></html>".encode("koi8-r")
    data = response(body).replace(b"text/html\r\n", b"text/html; charset=koi8-r\r\n")
    length = len(data.partition(b"\r\n\r\n")[2]) - 4
    data = data.replace(f"Content-Length: {length - 16}".encode(), f"Content-Length: {length}".encode())
    (item,) = warc.parse(data).items
    assert "Порт закрыт на зиму." in item.body


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("packed", [False, True])
def test_of_half_an_archive_what_is_whole_is_kept(cut: float, packed: bool) -> None:
    data = warc.dump(
        [entry(replace(STORY, headline=f"Ferry {number}"), number) for number in range(9)],
        channel=CHANNEL,
        packed=packed,
    )
    whole, half = warc.parse(data), warc.parse(data[: int(len(data) * cut)])
    assert 0 < len(half.items) < 9
    assert half.items[:-1] == whole.items[: len(half.items) - 1]
    assert half.refused
    assert "breaks off" in half.refused[-1][1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (response(b"<html>" + b" " * LARGEST), "larger than 16 MiB"),
        (response(gzip.compress(b" " * (LARGEST + 1)), "Content-Encoding: gzip"), "unpacks to more than 16 MiB"),
        (response(brotli.compress(b" " * (LARGEST + 1)), "Content-Encoding: br"), "unpacks to more than 16 MiB"),
        (b"WARC/1.0\r\nA: " + b"b" * 2**21 + b"\r\n" + response(PAGE), "no length"),
        (b"WARC/9.9\r\n\r\n" + response(PAGE), "no version"),
        (b"WARC/1.0\r\nContent-Length: -3\r\n\r\n" + response(PAGE), "no length: -3"),
    ],
)
def test_what_is_too_large_or_damaged_is_refused_alone(data: bytes, said: str) -> None:
    batch = warc.parse(data + response(PAGE, uri="https://a.example/next"))
    assert said in batch.refused[0][1]
    assert batch.items[-1].url == "https://a.example/next"


def test_pictures_of_any_size_are_passed() -> None:
    data = response(b"\xff" * (LARGEST + 9)).replace(b"text/html", b"image/png")
    assert warc.parse(data) == Batch(format="warc", items=(), passed=(("1 record", "image/png"),))


@pytest.mark.parametrize(
    "data", [b"", b"WARC", b"filedesc://old.arc 0 0 text/plain 7\n", gzip.compress(b"no archive", mtime=0)]
)
def test_what_is_no_archive_is_unreadable(data: bytes) -> None:
    assert not warc.looks_like(data)
    with pytest.raises(Unreadable, match="without a record"):
        warc.parse(data)


@pytest.mark.parametrize(
    ("digest", "wrong"),
    [
        ("sha1:A3BXXQQ6SKT2I6IYYDHFXZYSCRYEDOAB", None),
        ("md5:1bc29b36f623ba82aaf6724fd3b16718", False),
        ("MD5:1BC29B36F623BA82AAF6724FD3B16718", False),
        ("md5:G8KbNvYjuoKq9nJP07FnGA==", False),
        ("md5:DPBJWNXWEO5IFKXWOJH5HMLHDA======", False),
        ("md5:1bc29b36f623ba82aaf6724fd3b16719", True),
        ("sha0:nothing", False),
        ("nothing", False),
    ],
)
def test_digests_are_told_in_any_alphabet(digest: str, wrong: bool | None) -> None:
    assert differs(digest, b"md5" if wrong is not None else b"other") is (True if wrong is None else wrong)


def test_a_story_reads_back_from_its_metadata_and_from_its_page_alone() -> None:
    data = warc.dump([entry(STORY)], channel=CHANNEL)
    (item,) = warc.parse(data).items
    story = clean(item)
    names = warc.KEEPS - {"published"}
    assert {name: getattr(story, name) for name in names} == {name: getattr(STORY, name) for name in names}
    assert story.published is not None
    assert story.published.value == "2015-05"
    (page,) = warc.parse(data.replace(b"x.mediacloud-indexer", b"x.mediacloud-another")).items
    alone = clean(page)
    assert page.body_type == "page"
    for name in ("headline", "text", "byline", "credit", "section", "tags", "figures", "code", "url", "site_name"):
        assert getattr(alone, name) == getattr(STORY, name), name


@pytest.mark.parametrize("packed", [False, True])
def test_what_we_write_is_laid_out_as_media_cloud_reads_it(packed: bool) -> None:
    data = warc.dump([entry(STORY), entry(replace(STORY, url=None), 8)], channel=CHANNEL, packed=packed)
    assert data == warc.dump([entry(STORY), entry(replace(STORY, url=None), 8)], channel=CHANNEL, packed=packed)
    kinds, before = [], ""
    for record in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        kinds.append(record.rec_type)
        held = record.raw_stream.read()
        assert record.rec_headers["WARC-Date"] == "2015-05-12T16:00:00Z"
        if record.rec_type == "metadata":
            assert record.rec_headers["WARC-Refers-To"] == before
            assert {"rss_entry", "http_metadata", "content_metadata"} <= json.loads(held).keys()
        elif record.rec_type == "warcinfo":
            assert b"\nInjected" not in held
        before = record.rec_headers["WARC-Record-ID"]
    assert kinds == ["warcinfo", "response", "metadata", "resource", "metadata"]


@pytest.mark.parametrize(
    "told", [b"{", b"[]", b'{"dateline": 3}', b'{"dateline": {"tags": 5, "body": "x"}}', b"[" * 90_000]
)
def test_metadata_that_tell_nothing_leave_the_page(told: bytes) -> None:
    page = response(PAGE).replace(b"WARC-Type", b"WARC-Record-ID: <a:1>\r\nWARC-Type")
    head = (
        "WARC/1.0\r\nWARC-Type: metadata\r\nWARC-Refers-To: <a:1>\r\n"
        f"Content-Type: application/x.mediacloud-indexer+json\r\nContent-Length: {len(told)}\r\n\r\n"
    )
    (item,) = warc.parse(page + head.encode() + told + b"\r\n\r\n").items
    assert item.body == PAGE.decode()
