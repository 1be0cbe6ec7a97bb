"""When a source is visited again, what a host allows, what an answer asks for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dateline.fetch.client import Answer
from dateline.fetch.hints import fresh_for, links, retry_at
from dateline.fetch.rhythm import LONGEST, PUSHED, SHORTEST, History, next_visit
from dateline.fetch.robots import read_robots
from dateline.fetch.websub import challenge_of, is_signed

NOW = datetime(2015, 5, 12, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RULES = b"""User-agent: *
Disallow: /private
Allow: /private/feed

User-agent: Dateline
Disallow: /never
"""


def waits(history: History, **asked: object) -> timedelta:
    return next_visit(history, now=NOW, name="a", **asked).at - NOW  # type: ignore[arg-type]


def hourly(count: int) -> list[datetime]:
    return [NOW - HOUR * (count - n) for n in range(count)]


def test_the_pace_of_a_source_is_learned() -> None:
    assert SHORTEST <= waits(History(arrivals=hourly(20), window=20)) <= HOUR
    slow = [NOW - timedelta(days=count) for count in range(10, 0, -1)]
    assert waits(History(arrivals=slow, window=20)) > 6 * HOUR


def test_failing_backs_off_and_never_gives_up() -> None:
    told = [waits(History(failures=count)) for count in range(1, 12)]
    assert told == sorted(told)
    assert told[-1] <= LONGEST * 1.1


def test_what_overflowed_is_visited_soon_and_what_is_pushed_seldom() -> None:
    assert waits(History(window=20, fresh=20)) <= SHORTEST * 1.1
    assert waits(History(pushed=True)) >= PUSHED


def test_what_costs_the_whole_feed_is_visited_less() -> None:
    quick = [NOW - timedelta(minutes=10 * count) for count in range(20, 0, -1)]
    cheap, dear = (waits(History(arrivals=quick, window=30, whole=whole)) for whole in (False, True))
    assert cheap < timedelta(minutes=12) < HOUR * 0.99 <= dear <= HOUR * 1.1
    # A window that would run over in the meantime counts for more.
    assert waits(History(arrivals=quick, window=4, whole=True)) < timedelta(minutes=12)


def test_a_wish_is_heeded_and_a_retry_after_always() -> None:
    assert waits(History(arrivals=hourly(20), window=20), hint=7200) >= 2 * HOUR
    later = NOW + timedelta(days=3)
    assert next_visit(History(), now=NOW, name="a", not_before=later).at == later


@pytest.mark.parametrize(
    ("status", "body", "url", "allowed"),
    [
        (200, RULES, "https://s.example/never/x", False),
        (200, RULES, "https://s.example/private", True),  # our own group, not everybody's
        (200, RULES.replace(b"Dateline", b"Other"), "https://s.example/private/x", False),
        (200, RULES.replace(b"Dateline", b"Other"), "https://s.example/private/feed", True),
        (404, b"", "https://s.example/", True),
        (403, b"", "https://s.example/", True),
        (500, b"", "https://s.example/", False),
        (429, b"", "https://s.example/", False),
        (200, b"\xff\xfe\x00<html>", "https://s.example/", True),
    ],
)
def test_robots(status: int, body: bytes, url: str, allowed: bool) -> None:
    robots = read_robots(Answer(url="https://s.example/robots.txt", status=status, headers={}, body=body), now=NOW)
    assert robots.allows(url) is allowed
    assert robots.until > NOW


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), ("Tue, 12 May 2015 12:02:00 GMT", 120), ("", None), ("soon", None), ("-5", None)],
)
def test_retry_after(said: str, seconds: int | None) -> None:
    found = retry_at({"retry-after": said}, now=NOW)
    assert found == (NOW + timedelta(seconds=seconds) if seconds is not None else None)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"expires": "Tue, 12 May 2015 13:00:00 GMT"}, 3600),
        ({"expires": "0"}, None),
        ({}, None),
    ],
)
def test_freshness(headers: dict[str, str], seconds: int | None) -> None:
    assert fresh_for(headers, now=NOW) == seconds


def test_links_of_a_header() -> None:
    said = '<https://hub.example/>; rel="hub", <https://s.example/f>; rel=self; title="a, b"'
    assert links({"link": said}) == {"hub": "https://hub.example/", "self": "https://s.example/f"}


def test_a_push_is_believed_by_its_signature_only() -> None:
    made = "sha256=88aab3ede8d3adf94d26ab90d3bafd4a2083070c3bcce9c014ee04a443847c0b"
    assert is_signed(b"Hello, World!", signature=made, secret="It's a Secret to Everybody") is False
    import hmac

    good = "sha256=" + hmac.new(b"key", b"words", "sha256").hexdigest()
    assert is_signed(b"words", signature=good, secret="key")
    assert not is_signed(b"other words", signature=good, secret="key")
    assert not is_signed(b"words", signature="md5=1", secret="key")
    assert challenge_of({"hub.mode": "subscribe", "hub.topic": "t"}) is None
