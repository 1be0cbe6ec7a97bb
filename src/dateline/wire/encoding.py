"""Bytes → text, with how it was decided: mark, what the bytes are, what was declared, guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Names under which browsers read something else (WHATWG Encoding, "names and labels").
_READ_AS = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "unicode": "utf-8",
    # A document that says UTF-16 in ASCII letters is not in UTF-16.
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}
# Codecs of Python that are no character encodings of documents, or that are unsafe in one.
_TEXT_CODEC = re.compile(r"(cp|windows|iso|koi8|utf_?-?8|gb|big5|euc|shift|mac|latin|hz|johab|ptcp|tis)", re.IGNORECASE)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']|<meta[^>]{0,300}?charset\s*=\s*["']?([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_UTF8_RUN = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# The commonest letters and signs beyond ASCII of the languages each code page is used for.
_COMMON = {
    "cp1252": "éèàüöäñçóíáßêôûâãõøåæ’‘“”–—…«» ",
    "cp1251": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїє–—«»„“№ ",
    "cp1256": "اليمنرتوبةعدسفهكقحجشصطخذثزضغظئءىأإآؤپچژگ،؟؛ ",
    "koi8-r": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text with the ``encoding`` it was read in, what was ``declared``, and ``why`` that one was taken."""

    text: str
    encoding: str
    declared: str | None
    why: str

    @property
    def misdeclared(self) -> bool:
        """Tell whether the document names one encoding and is in another."""
        return self.declared is not None and _codec(self.declared) != _codec(self.encoding)


def decode(data: bytes) -> Decoded:
    """Return the text of a document; bytes that fit nothing become U+FFFD.

    Valid UTF-8 with letters beyond ASCII outweighs any declaration: another encoding hardly ever
    looks like it by chance.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = data.decode(name, errors="replace")
            return Decoded(text=text, encoding=name.removesuffix("-sig"), declared=None, why="byte order mark")
    if wide := _wide(data):
        return Decoded(text=data.decode(wide, errors="replace"), encoding=wide, declared=None, why="zero bytes")
    declared = declared_in(data)
    if declared and declared.lower().startswith("iso-2022"):  # all its bytes are ASCII, so UTF-8 always fits
        return Decoded(
            text=data.decode(declared, errors="replace"), encoding=declared, declared=declared, why="declared"
        )
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8", declared=declared, why="valid UTF-8")
    except UnicodeDecodeError:
        return _not_utf8(data, declared)


def declared_in(data: bytes) -> str | None:
    """Return the encoding a document declares, if Python has a text codec of that name."""
    found = _DECLARED.search(data[:4096])
    if not found:
        return None
    name = (found[1] or found[2]).decode("ascii")
    return name if _codec(name) else None


def _codec(name: str) -> str | None:
    name = _READ_AS.get(name.lower(), name)
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return found if _TEXT_CODEC.match(found) else None


def _wide(data: bytes) -> str | None:
    """Name the UTF-16 that unmarked bytes are in: every other byte of markup in it is zero."""
    head = data[:400]
    if len(head) < 4:
        return None
    half = len(head) // 2
    if head[0::2].count(0) > half * 0.4 and head[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    if head[1::2].count(0) > half * 0.4 and head[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    return None


def _not_utf8(data: bytes, declared: str | None) -> Decoded:
    # Ten good sequences to one bad byte: UTF-8 with an accident, not another encoding.
    good = _UTF8_RUN.findall(data)
    high = sum(byte >= 0x80 for byte in data)
    if good and high - sum(map(len, good)) <= len(good) // 10:
        text = data.decode("utf-8", errors="replace")
        return Decoded(text=text, encoding="utf-8", declared=declared, why="UTF-8 with bad bytes")
    codec = _codec(declared) if declared else None
    if codec and codec != "utf-8":
        try:
            return Decoded(text=data.decode(codec), encoding=codec, declared=declared, why="declared")
        except UnicodeDecodeError:
            pass
    codec = max(_COMMON, key=lambda name: _likeness(data, name))
    return Decoded(
        text=data.decode(codec, errors="replace"), encoding=codec, declared=declared, why="guessed by its letters"
    )


def _likeness(data: bytes, codec: str) -> float:
    """Return the share of a code page's common letters among the bytes beyond ASCII."""
    high = bytes(byte for byte in data[:200_000] if byte >= 0x80)
    text = high.decode(codec, errors="replace")
    return sum(char in _COMMON[codec] for char in text) / max(1, len(text))
