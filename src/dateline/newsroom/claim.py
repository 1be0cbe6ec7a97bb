"""Take the next piece of work that is due, so that no other worker does."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from dateline.archive.models import Source, Task

# A worker that dies is done without for this long. A fetch and its filing take far less.
LEASE = timedelta(minutes=2)
_LOOKED_AT = 10


def claim_source(now: datetime) -> Source | None:
    """Return a source that is due, ours until the lease ends; None when there is none."""
    for source in Source.objects.due(now)[:_LOOKED_AT]:
        # As it was seen: since then another may have claimed it, done the visit and set it free again.
        mine = Source.objects.filter(pk=source.pk, claimed_until=source.claimed_until, due_at=source.due_at)
        if mine.update(claimed_until=now + LEASE):
            source.claimed_until = now + LEASE
            return source
    return None


def claim_task(now: datetime, *, reading: bool) -> Task | None:
    """Return a task that is due, ours until the lease ends; None when there is none. Readings only if ``reading``."""
    tasks = Task.objects.due(now) if reading else Task.objects.due(now).exclude(kind="read")
    for task in tasks[:_LOOKED_AT]:
        mine = Task.objects.filter(pk=task.pk, claimed_until=task.claimed_until, due_at=task.due_at, tries=task.tries)
        # Counted as it is claimed: a task that kills its worker must not be tried for ever either.
        if mine.update(claimed_until=now + LEASE, tries=F("tries") + 1):
            task.tries += 1
            return task
    return None


def claim_named(slug: str, *, now: datetime) -> Source | None:
    """Return the polled source of this slug, due or not, ours until the lease ends; None when another has it."""
    source = Source.objects.polled().filter(slug=slug).first()
    if source is None or (source.claimed_until is not None and source.claimed_until > now):
        return None
    mine = Source.objects.filter(pk=source.pk, claimed_until=source.claimed_until, due_at=source.due_at)
    return source if mine.update(claimed_until=now + LEASE) else None
