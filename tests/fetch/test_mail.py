"""Mail: handed over whole, or an error that says what the server said."""

from __future__ import annotations

import socket

import pytest

from dateline.fetch.mail import Mailer, NotSent
from tests.fetch.sink import sink

MESSAGE = b"Subject: Hello\r\n\r\nA line.\r\n.\r\nAnother.\r\n"


def mailer(port: int, **more: str) -> Mailer:
    return Mailer(host="127.0.0.1", port=port, sender="desk@dateline.example", **more)  # type: ignore[arg-type]


def test_a_message_arrives_whole() -> None:
    with sink() as kept:
        mailer(kept.port).send(MESSAGE, to="reader@paper.example")
    assert kept.taken == [(["reader@paper.example"], MESSAGE)]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"rcpt": "550 no such reader"}, "550 no such reader"),
        ({"mail": "451 later"}, "451 later"),
        ({"end": "452 full"}, "452 full"),
        ({"hello": "554 go away"}, "554"),
    ],
)
def test_what_the_server_says_is_told(said: dict[str, str], told: str) -> None:
    with sink(**said) as kept, pytest.raises(NotSent, match=told):
        mailer(kept.port).send(MESSAGE, to="reader@paper.example")
    assert not kept.taken


def test_nobody_there_is_told() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(NotSent, match=str(port)):
        mailer(port).send(MESSAGE, to="reader@paper.example")


def test_a_password_is_not_sent_over_an_open_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.fetch.mail._HERE", frozenset())
    with sink() as kept, pytest.raises(NotSent, match="not sent over an open one"):
        mailer(kept.port, user="desk", password="secret").send(MESSAGE, to="reader@paper.example")
    assert not any("AUTH" in said for said in kept.said)


def test_a_huge_message_is_not_sent() -> None:
    with pytest.raises(NotSent, match="more than"):
        mailer(1).send(b"x" * 6_000_000, to="reader@paper.example")


def test_an_address_names_a_mailer() -> None:
    told = Mailer.of("smtps://desk%40paper:p%2Fw@mail.example", sender="a@b.example")
    assert (told.host, told.port, told.is_secure, told.user, told.password) == (
        "mail.example",
        465,
        True,
        "desk@paper",
        "p/w",
    )
    assert Mailer.of("smtp://mail.example:2525", sender="").port == 2525
    for wrong in ("mail.example", "http://mail.example", "smtp://", ""):
        with pytest.raises(ValueError, match="no mail server"):
            Mailer.of(wrong, sender="")
