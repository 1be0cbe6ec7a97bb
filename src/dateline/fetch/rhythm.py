"""When to come again: often enough to miss nothing, no oftener, and never before we were asked to.

Pure functions of a source's own history; the answer always says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(hours=24)
FIRST = timedelta(hours=1)
# With a hub that pushes, polling is only the net below: FreshRSS learned not to trust a hub before its first push.
PUSHED = timedelta(hours=6)
_FAILING = timedelta(minutes=15)
_LEARNED = 8  # arrivals; fewer say little
_WHOLE = timedelta(hours=1)
_HINTED = timedelta(hours=6)  # a longer wish than this is more often a mistake than a wish


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What the last visits brought. ``arrivals`` are the moments stories were new here, oldest first.

    ``window`` is how many items the feed holds, ``fresh`` how many of them were new at this visit.
    ``idle`` counts the visits since the last that brought anything, ``failures`` those in a row that failed.
    ``whole``: the server has no usable validators, so that each visit costs it the whole feed.
    """

    arrivals: Sequence[datetime] = ()
    window: int = 0
    fresh: int = 0
    idle: int = 0
    failures: int = 0
    pushed: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """When the next visit is due, and why then."""

    at: datetime
    why: str


def next_visit(
    history: History,
    *,
    now: datetime,
    name: str,
    hint: int | None = None,
    not_before: datetime | None = None,
) -> Visit:
    """Return when ``name`` is to be visited next.

    ``hint`` are the seconds the feed or its server asks to be left alone, ``not_before`` the moment a
    Retry-After named. The moment is spread by up to a tenth, each source always the same way, so that sources
    taken on together do not come due together.
    """
    wait, why = _wait(history, now)
    if hint and not history.failures and timedelta(seconds=hint) > wait:
        wait, why = min(timedelta(seconds=hint), _HINTED), "it asks for this much time"
    wait = min(max(wait, SHORTEST), LONGEST)
    spread = int(sha256(name.encode()).hexdigest()[:4], 16) / 0xFFFF / 10
    at = now + wait * (1 + spread)
    if not_before is not None and not_before > at:
        return Visit(at=not_before, why="it said when to come back (Retry-After)")
    return Visit(at=at, why=why)


def _wait(history: History, now: datetime) -> tuple[timedelta, str]:
    if history.failures:
        # Doubling from a quarter of an hour; a source that is gone for weeks is still asked once a day.
        return _FAILING * 2 ** min(history.failures - 1, 7), f"it failed {history.failures} times in a row"
    if history.pushed:
        return PUSHED, "its hub pushes what is new"
    if history.window and history.fresh >= history.window:
        return SHORTEST, "all it showed was new: some may have passed unseen"
    pace = _pace(history, now)
    if pace is None:
        return FIRST * 2 ** min(history.idle // 4, 4), "little is known of it yet"
    wait, why = pace / 2, f"a story comes about every {_told(pace)}"
    if history.window and history.fresh * 2 > history.window:
        return wait / 2, "half of what it showed was new"
    # Often enough that a window's worth of stories cannot pass unseen is often enough for what costs so much.
    if history.whole and wait < (rare := min(_WHOLE, pace * history.window / 4)):
        return rare, f"{why}, and each visit costs the whole feed"
    return wait, why


def _pace(history: History, now: datetime) -> timedelta | None:
    """Return the mean time between arrivals, the wait since the last one included; arrivals together count as one."""
    moments = sorted(set(history.arrivals))
    if len(moments) < 2 or len(history.arrivals) < _LEARNED:
        return None
    return (now - moments[0]) / len(moments)


def _told(span: timedelta) -> str:
    minutes = max(1, round(span.total_seconds() / 60))
    return f"{minutes} min" if minutes < 120 else f"{round(minutes / 60)} h"
