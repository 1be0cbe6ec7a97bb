"""Bytes to text: marks, declarations true and false, and none."""

from __future__ import annotations

import codecs

import pytest

from dateline.wire.encoding import decode

RUSSIAN = "Паром вернулся в порт, сообщил капитан во вторник вечером."
GERMAN = "Die Fähre läuft wieder; »schön«, sagte der Kapitän über das Gerät."
PERSIAN = "کشتی در روز سه‌شنبه به بندر بازگشت."
ARABIC = "عادت العبارة إلى الميناء يوم الثلاثاء، قال القبطان."


@pytest.mark.parametrize(
    ("text", "codec", "declared", "misdeclared"),
    [
        (RUSSIAN, "utf-8", "utf-8", False),
        (RUSSIAN, "utf-8", "windows-1251", True),
        (RUSSIAN, "cp1251", "windows-1251", False),
        (RUSSIAN, "cp1251", "utf-8", True),
        (RUSSIAN, "cp1251", None, False),
        (RUSSIAN, "koi8-r", None, False),
        (GERMAN, "cp1252", "iso-8859-1", False),
        (GERMAN, "cp1252", "utf-8", True),
        (GERMAN, "utf-8", "iso-8859-1", True),
        (ARABIC, "cp1256", None, False),
        (PERSIAN, "utf-16-le", None, False),
        (PERSIAN, "utf-8", "no-such-codec", False),
    ],
)
def test_text_comes_back(text: str, codec: str, declared: str | None, misdeclared: bool) -> None:
    head = (
        f'<?xml version="1.0" encoding="{declared}"?>' if declared else "<html><title>a page in some encoding</title>"
    )
    found = decode((head + text).encode(codec))
    assert found.text == head + text
    assert found.misdeclared is misdeclared


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_mark_outweighs_everything(mark: bytes, codec: str) -> None:
    assert decode(mark + f'<?xml encoding="koi8-r"?>{PERSIAN}'.encode(codec)).text.endswith(PERSIAN)


def test_one_bad_byte_does_not_turn_a_document_into_another_encoding() -> None:
    found = decode((RUSSIAN * 3).encode() + b"\xff" + RUSSIAN.encode())
    assert found.encoding == "utf-8"
    assert found.text.count("\ufffd") == 1
