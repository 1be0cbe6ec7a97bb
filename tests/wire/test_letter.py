"""A letter as the programs of its readers see it: bytes."""

from __future__ import annotations

from datetime import UTC, datetime

from dateline.wire.letter import Letter, dump


def test_the_way_out_is_a_bare_address_on_one_line() -> None:
    address = f"https://dateline.a-newspaper-with-a-long-name.example/unsubscribe/17/{'a1-_' * 16}"
    letter = Letter(
        id="delivery-1.20151213@dateline.example",
        sender="desk@paper.example",
        sender_name="The Dateline Test",
        to="reader@paper.example",
        subject="Ships: " + "سفینه " * 30,
        text="x",
        html="<p>x",
        language="en",
        at=datetime(2015, 12, 13, tzinfo=UTC),
        unsubscribe=address,
    )
    head = dump(letter).partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert f"List-Unsubscribe: <{address}>".encode() in head
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head
    assert b"Content-Language: en" in head
    assert all(len(line) <= 78 for line in head if not line.startswith(b"List-Unsubscribe:"))
