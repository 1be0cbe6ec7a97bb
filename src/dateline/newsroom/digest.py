"""Tell who watches by the day or the week what is new since the last time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from dateline.archive.models import Act, DeliveredStory, Delivery, Task, Watch
from dateline.archive.watching import Tidings, last_act, tidings_since
from dateline.newsroom.keep_watch import PERIODS
from dateline.newsroom.schedule import schedule


@transaction.atomic
def digest(watch: Watch, *, by: str, now: datetime) -> Delivery | None:
    """Make the delivery of what is new, and put it down to be sent; None where nothing is. The next is put down too."""
    watch = Watch.objects.select_for_update().get(pk=watch.pk)
    _put_off(watch, now)
    last = last_act()
    told = tidings_since(watch, last)
    since, watch.seen_act, watch.told_at = watch.seen_act, last, now
    watch.save(update_fields=["seen_act", "told_at"])
    if not told:
        return None
    delivery = put_together(watch, told, key=f"acts {since}-{last}", now=now)
    Act.objects.create(verb="digest", by=by, at=now, detail={"watch": watch.name, "stories": len(told)})
    return delivery


def put_together(watch: Watch, told: Sequence[Tidings], *, key: str, now: datetime) -> Delivery:
    """Return a new delivery, put down to be sent. Call it in the verb's transaction: that is why none is made twice."""
    delivery = Delivery.objects.create(watch=watch, key=key, made_at=now)
    DeliveredStory.objects.bulk_create(
        DeliveredStory(delivery=delivery, watch=watch, record=each.record, what=each.what, version=each.version)
        for each in told
    )
    schedule("deliver", delivery.pk, due_at=now)
    return delivery


def _put_off(watch: Watch, now: datetime) -> None:
    """Put the next digest down, at the hour it always has."""
    period = PERIODS.get(Watch.Rhythm(watch.rhythm))
    if period is None:
        return
    known = Task.objects.filter(kind="digest", key=str(watch.pk)).first()
    due = known.due_at if known else now
    # One asked for by hand before its time leaves the next where it is.
    while due <= now:
        due += period
    schedule("digest", watch.pk, due_at=due)
