"""A simulated day of 5,000 feeds: requests and bytes of our rhythm against a visit every 60 minutes.

The model: each feed publishes at a pace of its own (a story a week to one every ten minutes, log-uniform, seeded), by
day more than by night; it shows its last 20 stories of 2 kB each; half of the servers answer 304. Both pollers start
knowing nothing and are watched on the eighth day, when the rhythm has learned what it can. Staleness is
how long a story was out before it was seen.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dateline.fetch.rhythm import History, next_visit

FEEDS, DAYS, WATCHED = 5_000, 8, 7
_STORY, _WINDOW, _OVERHEAD = 2_000, 20, 500  # bytes, stories, bytes of headers
_START = datetime(2015, 5, 4, tzinfo=UTC)
_HOUR = timedelta(hours=1)


def run(folder: Path | None) -> None:
    feeds = [_feed(random.Random(number)) for number in range(FEEDS)]
    ours = [_polled(feed, number, _rhythm) for number, feed in enumerate(feeds)]
    fixed = [_polled(feed, number, lambda history, now, name: now + _HOUR) for number, feed in enumerate(feeds)]
    for who, told in (("dateline", ours), ("every 60 minutes", fixed)):
        requests, size = sum(each[0] for each in told), sum(each[1] for each in told)
        delays = sorted(delay for each in told for delay in each[2])
        missed = sum(each[3] for each in told)
        middle = delays[len(delays) // 2] / 60 if delays else 0
        print(f"{who}: {requests:,} requests, {size / 2**20:,.0f} MiB, {missed} stories missed, ", end="")
        print(f"{middle:.0f} min until half of the stories were seen")
    print(f"requests: {sum(e[0] for e in ours) / sum(e[0] for e in fixed):.2f} × the fixed poller's, ", end="")
    print(f"bytes: {sum(e[1] for e in ours) / sum(e[1] for e in fixed):.2f} ×")


def _feed(dice: random.Random) -> tuple[list[float], bool]:
    """Return the moments of a feed's stories, in seconds from the start, and whether its server answers 304."""
    pace = 600 * (7 * 24 * 6) ** dice.random()
    at, moments = dice.random() * pace, []
    while at < DAYS * 86_400:
        if 6 <= at / 3600 % 24 <= 22 or dice.random() < 0.3:
            moments.append(at)
        at += dice.expovariate(1 / pace)
    return moments, dice.random() < 0.5


def _rhythm(history: History, now: datetime, name: str) -> datetime:
    return next_visit(history, now=now, name=name).at


def _polled(
    feed: tuple[list[float], bool], number: int, when: Callable[[History, datetime, str], datetime]
) -> tuple[int, int, list[float], int]:
    """Return requests, bytes, delays and misses of the watched day."""
    moments, conditional = feed
    now, seen, idle, known = _START + timedelta(seconds=number % 3600), 0, 0, False
    arrivals: list[datetime] = []
    requests = size = missed = 0
    delays: list[float] = []
    end = _START + timedelta(days=DAYS)
    while now < end:
        at = (now - _START).total_seconds()
        out = bisect_right(moments, at)
        fresh = out - seen
        if at >= WATCHED * 86_400:
            requests += 1
            size += _OVERHEAD + (0 if conditional and not fresh else min(out, _WINDOW) * _STORY)
            missed += max(0, fresh - _WINDOW)
            delays += [at - moment for moment in moments[seen:out]]
        arrivals = (arrivals + [now] * (min(fresh, _WINDOW) if known else 0))[-50:]
        idle = 0 if fresh else idle + 1
        history = History(
            arrivals=arrivals,
            window=min(out, _WINDOW),
            fresh=min(fresh, _WINDOW) if known else 0,
            idle=idle,
            whole=not conditional,
        )
        seen, known = out, True
        now = when(history, now, str(number))
    return requests, size, delays, missed
