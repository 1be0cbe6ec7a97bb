"""The records of a WARC file, one by one, and their payloads without the encodings of HTTP."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from dateline.story import Unreadable
from dateline.wire.trees import one_line

LARGEST = 16 * 2**20  # bytes of a record that are kept, and that its payload may unpack to
_HEAD = 64 * 1024  # bytes of a record's own header
_STATUS = re.compile(rb"HTTP/[\d.]+\s+(\d{3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """A record's own headers, and as much of its block as is kept; ``beyond`` counts the bytes that are not."""

    place: str
    headers: StatusAndHeaders
    block: bytes = b""
    beyond: int = 0

    def said(self, name: str) -> str:
        return one_line(str(self.headers.get_header(name) or ""))

    @property
    def url(self) -> str:
        return str(self.headers.get_header("WARC-Target-URI") or "").strip()

    @property
    def where(self) -> str:
        return one_line(self.url) or "no address"

    @property
    def status(self) -> str | None:
        """The status of the HTTP response in it, None where it holds none."""
        found = _STATUS.match(self.block)
        return found[1].decode() if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcFlaw:
    """A stretch of an archive that is no whole record. ``place`` is "" where it belongs to none."""

    place: str = ""
    where: str
    why: str


def records_of(file: BinaryIO) -> Iterator[WarcRecord | WarcFlaw]:
    """Yield the records of an archive and what stands between them. Raises Unreadable when it has no record."""
    archive, number = _Archive(file), 0
    while True:
        at = archive.at
        line, junk = archive.next_record()
        if not line and not number:
            raise Unreadable(f"a web archive without a record{f': {archive.fault}' if archive.fault else ''}")
        if junk:
            yield WarcFlaw(where=f"byte {at:,}", why=f"{junk:,} bytes that are no record")
        if not line:
            break
        number += 1
        yield _record(archive, line, f"record {number}")
    if archive.fault:
        yield WarcFlaw(where=f"byte {archive.at:,}", why=archive.fault)


class _Unpacked(io.RawIOBase):
    """The bytes of a file, gunzipped where it is gzipped; ``fault`` says why they end too early.

    warcio takes no archive that was gzipped as a whole, and says nothing of one that is damaged.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.fault: str | None = None
        head = file.read(2)
        file.seek(-len(head), io.SEEK_CUR)
        self._take = gzip.GzipFile(fileobj=file).read1 if head == b"\x1f\x8b" else file.read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = b""
        try:
            data = b"" if self.fault else self._take(len(buffer))
        except EOFError:
            self.fault = "the packed archive breaks off here"
        except (gzip.BadGzipFile, zlib.error):
            self.fault = "the packed archive is damaged here"
        buffer[: len(data)] = data
        return len(data)


class _Archive:
    """An archive's lines and bytes. ``at`` is the offset of the next byte, in the unpacked archive.

    While ``left`` is set, lines end after so many bytes: a header without an end must not fill the memory.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._source = _Unpacked(file)
        self._buffer = io.BufferedReader(self._source, _HEAD)
        self.at = 0
        self.left: int | None = None

    @property
    def fault(self) -> str | None:
        return self._source.fault

    def read(self, size: int) -> bytes:
        data = self._buffer.read(size)
        self.at += len(data)
        return data

    def readline(self, size: int | None = None) -> bytes:
        line = self._buffer.readline(min(each for each in (size, self.left, _HEAD) if each is not None))
        self.at += len(line)
        if self.left is not None:
            self.left -= len(line)
        return line

    def next_record(self) -> tuple[bytes, int]:
        """Return the first line of the next record, b"" at the end, and how many bytes before it are no record's."""
        junk = 0
        while line := self.readline():
            if line.startswith(b"WARC/"):
                break
            junk += len(line) if line.strip() else 0
        return line, junk


def _record(archive: _Archive, line: bytes, place: str) -> WarcRecord | WarcFlaw:
    """Return the record that begins with ``line``; the archive then stands behind it."""
    archive.left = _HEAD
    try:
        opened = ArcWarcRecordLoader().parse_record_stream(archive, line, "warc", no_record_parse=True)
    except ArchiveLoadFailed:
        if not line.endswith(b"\n"):
            return WarcFlaw(place=place, where="its first line", why=f"breaks off at byte {archive.at:,}")
        version = one_line(line.decode("ascii", "replace"))
        return WarcFlaw(place=place, where="its first line", why=f"no version of WARC that is read here: {version}")
    finally:
        archive.left = None
    record = WarcRecord(place=place, headers=opened.rec_headers)
    said = record.said("Content-Length")
    if not re.fullmatch(r"\d{1,18}", said, re.ASCII):
        return WarcFlaw(place=place, where=record.where, why=f"no length: {said}" if said else "no length")
    length, beyond = int(said), 0
    block = archive.read(min(length, LARGEST))
    while more := archive.read(min(length - len(block) - beyond, _HEAD)):
        beyond += len(more)
    if missing := length - len(block) - beyond:
        why = f"breaks off at byte {archive.at:,}: {missing:,} bytes are missing"
        return WarcFlaw(place=place, where=record.where, why=why)
    return WarcRecord(place=place, headers=opened.rec_headers, block=block, beyond=beyond)


def http_of(record: WarcRecord) -> tuple[StatusAndHeaders | None, bytes]:
    """Return the HTTP header of a record, None where it has none, and what follows it."""
    if not record.block.startswith(b"HTTP/"):
        return None, record.block
    rest = io.BytesIO(record.block)
    headers = StatusAndHeadersParser(["HTTP/"], verify=False).parse(rest)
    return headers, rest.read()


def decoded(payload: bytes, http: StatusAndHeaders | None) -> bytes:
    """Return a payload without its transfer and content encodings. Raises Unreadable for what is not undone here.

    Crawlers often keep these headers and store the payload without the encodings they name.
    """
    if http is None:
        return payload
    if "chunked" in str(http.get_header("Transfer-Encoding") or "").lower():
        payload = ChunkedDataReader(io.BytesIO(payload)).read()
    names = str(http.get_header("Content-Encoding") or "").lower().split(",")
    for name in reversed([each.strip() for each in names]):
        if name in ("gzip", "x-gzip"):
            payload = _inflated(payload, 31)
        elif name == "deflate":  # zlib's form (RFC 9110, 8.4.1.2), or bare, as some servers send it
            payload = _inflated(_inflated(payload, 15), -15)
        elif name == "br":
            payload = _brotli(payload)
        elif name not in ("", "identity", "none", "utf-8"):
            raise Unreadable(f"packed as {one_line(name)}, which is not unpacked here")
        if len(payload) > LARGEST:
            raise Unreadable(f"unpacks to more than {LARGEST // 2**20} MiB")
    return payload


def _inflated(payload: bytes, bits: int) -> bytes:
    stream = zlib.decompressobj(bits)
    try:
        content = stream.decompress(payload, LARGEST + 1)
    except zlib.error:
        return payload
    # Without a header any bytes may look packed: only a stream that ends as it should is one.
    return content if bits > 0 or (stream.eof and not stream.unused_data) or len(content) > LARGEST else payload


def _brotli(payload: bytes) -> bytes:
    import brotli

    stream, out = brotli.Decompressor(), bytearray()
    try:
        out += stream.process(payload, output_buffer_limit=_HEAD)
        while len(out) <= LARGEST and (more := stream.process(b"", output_buffer_limit=_HEAD)):
            out += more
    except brotli.error:
        return bytes(out) or payload
    return bytes(out)


def differs(digest: str, *data: bytes) -> bool:
    """Tell whether a digest, in hexadecimal, base 32 or base 64, fits none of the data."""
    name, _, value = digest.partition(":")
    try:
        sums = [hashlib.new(name.strip().lower(), each, usedforsecurity=False).digest() for each in data]
    except (ValueError, TypeError):  # no digest, or of a kind Python does not know
        return False
    value = value.strip().rstrip("=").replace("-", "+").replace("_", "/")
    return not any(
        value.lower() in (each.hex(), base64.b32encode(each).decode().rstrip("=").lower())
        or value == base64.b64encode(each).decode().rstrip("=")
        for each in sums
    )
