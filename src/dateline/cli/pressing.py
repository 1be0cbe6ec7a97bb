"""Stale pages, pressed again: what commands do at their end, and the worker all the time."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from dateline.cli.console import complain, progress
from dateline.cli.opening import need_archive, now

AT_ONCE = 25
# Starting a second process takes longer than pressing so many pages.
FEW = 200


def press_stale(*, jobs: int = 1, most: int | None = None) -> int:
    """Press what waits, ``most`` places of it at most, with so many processes; return how many pages were pressed."""
    from dateline.archive.models import Touch

    waiting = list(Touch.objects.waiting().values_list("pk", flat=True)[:most])
    parts = [waiting[start : start + AT_ONCE] for start in range(0, len(waiting), AT_ONCE)]
    label, total = "pressing pages", len(parts)
    if jobs == 1 or len(waiting) <= FEW:
        return sum(press_places(part) for part in progress(parts, total=total, label=label))
    return sum(progress(_shared(parts, jobs), total=total, label=label))


def processors() -> int:
    """Return how many processes this machine runs at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def press_next() -> bool:
    """Press a few of the pages that have waited longest; False when none waits."""
    from dateline.archive.models import Touch

    waiting = list(Touch.objects.waiting().values_list("pk", flat=True)[:AT_ONCE])
    press_places(waiting)
    return bool(waiting)


def press_places(waiting: list[int]) -> int:
    """Press these places; a page that cannot be printed is told of, and costs no other its turn."""
    from dateline.archive.models import Touch
    from dateline.newsroom.press import press_again
    from dateline.site.press import SitePress

    places = list(Touch.objects.filter(pk__in=waiting))
    try:
        return press_again(places, press=SitePress(), now=now())
    except Exception:
        if len(places) > 1:
            return sum(press_places([place.pk]) for place in places)
        complain(f"{places[0].path} cannot be pressed: {traceback.format_exc(limit=-3)}")
        Touch.objects.filter(pk=places[0].pk, number=places[0].number).update(pressed=True)
        return 0


def _shared(parts: list[list[int]], jobs: int) -> Iterator[int]:
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=need_archive) as pool:
        yield from pool.map(press_places, parts)
