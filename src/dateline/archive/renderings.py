"""Pressed pages: how their bytes are kept, found and handed out."""

from __future__ import annotations

import gzip
from hashlib import sha256

import brotli
from django.db import connection

QUALITY = 7  # 9 saves 0.1 % more on a story page and takes fifteen times as long.
IN_HASTE = 4  # half the time of 7 (0.5 ms for 40 kB), and 5 % more bytes
_FIND = "SELECT status, content_type, etag, body FROM archive_rendering WHERE path = %s"
# What the driver raises when it is asked without Django between.
DriverError: type[Exception] = connection.Database.Error  # type: ignore[attr-defined]
Kept = tuple[int, str, str, bytes]


def pack(body: bytes) -> bytes:
    """Return the bytes a Rendering keeps."""
    return bytes(brotli.compress(body, quality=QUALITY, mode=brotli.MODE_TEXT))


def pack_now(body: bytes, encoding: str) -> bytes:
    """Return an answer's bytes in an encoding of ours, packed while its reader waits."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=IN_HASTE, mode=brotli.MODE_TEXT))
    return gzip.compress(body, compresslevel=IN_HASTE, mtime=0)


def unpack(kept: bytes) -> bytes:
    """Return the page that ``pack`` packed."""
    return bytes(brotli.decompress(kept))


def etag_of(body: bytes) -> str:
    """Return the ETag of a page: weak, as one page has several encodings."""
    return f'W/"{sha256(body).hexdigest()[:32]}"'


def pressed(path: str) -> Kept | None:
    """Return status, content type, ETag and packed body of the page kept under ``path``.

    By one prepared look-up, past the ORM: this is all that a front-page rush costs. Raises the driver's own errors.
    """
    connection.ensure_connection()
    find = _FIND.replace("%s", "?") if connection.vendor == "sqlite" else _FIND
    row: Kept | None = connection.connection.execute(find, (path,)).fetchone()
    return row


def encoded(kept: bytes, accepted: str) -> tuple[bytes, str]:
    """Return the body for an Accept-Encoding header and the encoding chosen ("" for none)."""
    chosen = encoding_for(accepted)
    if chosen == "br":
        return kept, chosen
    body = unpack(kept)
    return (gzip.compress(body, compresslevel=6, mtime=0), chosen) if chosen else (body, "")


def encoding_for(accepted: str) -> str:
    """Return which of our encodings an Accept-Encoding header likes best, "" for none (RFC 9110, 12.5.3).

    Of those it likes as well, the smallest. Identity is never refused: a page in plain bytes beats none.
    """
    if not accepted:
        return ""
    liked: dict[str, float] = {}
    for offer in accepted.lower().split(","):
        name, _, weight = offer.partition(";")
        liked[name.strip()] = _weight(weight)
    others = liked.get("*", 0.0)
    brotli_liked = liked.get("br", others)
    gzip_liked = liked.get("gzip", liked.get("x-gzip", others))
    plain_liked = liked.get("identity", 0.0)
    best = max(brotli_liked, gzip_liked)
    if best <= 0 or best < plain_liked:
        return ""
    return "br" if brotli_liked >= gzip_liked else "gzip"


def _weight(said: str) -> float:
    """Return the q-value of an offer; what is none counts as not wanted."""
    name, is_stated, value = said.strip().partition("=")
    if name.strip() != "q" or not is_stated:
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
