"""Content-Encoding undone, never beyond the limits: a bomb costs what the limits say and no more."""

from __future__ import annotations

import io
import zlib

from dateline.fetch.errors import BadEncoding, TooLarge
from dateline.fetch.limits import Limits

ACCEPTED = "gzip, br, zstd"
_STEP = 256 * 1024
# RFC 8878, 4.: what a decoder of web content should be ready to keep in memory.
_ZSTD_WINDOW = 8 * 2**20


def unpack(raw: bytes, encoding: str, *, limits: Limits) -> bytes:
    """Return a body without its Content-Encoding. Raises BadEncoding, or TooLarge when it grows too much."""
    if not raw:
        return b""  # a 304 and a redirect may say how the body is packed that they do not have
    names = [name for name in (part.strip().lower() for part in encoding.split(",")) if name not in ("", "identity")]
    if len(names) > 1:
        raise BadEncoding(f"packed more than once: {encoding[:80]}")
    if not names:
        return raw
    unpacker = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd}.get(names[0])
    if unpacker is None:
        raise BadEncoding(f"packed as {names[0][:40]}, which is not unpacked here")
    most = limits.unpacked
    if len(raw) * limits.ratio < most:
        most = max(len(raw) * limits.ratio, limits.ratio_from)
    body = unpacker(raw, most)
    if len(body) > most:
        raise TooLarge(f"{len(raw):,} bytes that unpack to more than {most:,}")
    return body


def _inflated(raw: bytes, most: int, bits: int) -> bytes:
    """Return at most one byte more than ``most`` of a zlib stream; gzip may hold several members."""
    out = bytearray()
    while raw:
        stream = zlib.decompressobj(bits)
        try:
            out += stream.decompress(raw, most + 1 - len(out))
        except zlib.error as error:
            # Zeros and junk after the last member are common and harmless.
            if out:
                break
            raise BadEncoding(f"broken: {error}") from error
        if len(out) > most:
            break
        if not stream.eof:
            raise BadEncoding("packed data that breaks off")
        raw = stream.unused_data if bits == 31 else b""
    return bytes(out)


def _gzip(raw: bytes, most: int) -> bytes:
    return _inflated(raw, most, 31)


def _deflate(raw: bytes, most: int) -> bytes:
    """HTTP's deflate is zlib's form (RFC 9110, 8.4.1.2); some servers send it bare."""
    try:
        return _inflated(raw, most, 15)
    except BadEncoding:
        return _inflated(raw, most, -15)


def _brotli(raw: bytes, most: int) -> bytes:
    import brotli

    stream = brotli.Decompressor()
    out = bytearray()
    try:
        out += stream.process(raw, output_buffer_limit=_STEP)
        while not stream.is_finished() and len(out) <= most:
            more = stream.process(b"", output_buffer_limit=_STEP)
            if not more:
                raise BadEncoding("packed data that breaks off")
            out += more
    except brotli.error as error:
        raise BadEncoding("broken brotli data") from error
    return bytes(out)


def _zstd(raw: bytes, most: int) -> bytes:
    import zstandard

    reader = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).stream_reader(
        io.BytesIO(raw), read_across_frames=True
    )
    out = bytearray()
    try:
        while len(out) <= most and (more := reader.read(_STEP)):
            out += more
    except zstandard.ZstdError as error:
        raise BadEncoding(f"broken zstd data: {error}") from error
    return bytes(out)
