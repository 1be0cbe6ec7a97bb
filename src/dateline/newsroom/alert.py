"""Tell those who watch at once of a change to a story."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dateline.archive.models import Act, Delivery, Record, Watch
from dateline.archive.watching import tidings
from dateline.newsroom.digest import put_together


@transaction.atomic
def alert(record: Record, *, by: str, now: datetime) -> list[Delivery]:
    """Make the deliveries that a record as it stands calls for, and put them down to be sent."""
    made = []
    # Locked one after the other in one order, so that two workers do not make the same delivery, nor wait in a ring.
    for watch in Watch.objects.select_for_update().filter(rhythm=Watch.Rhythm.ONCE).order_by("pk"):
        told = tidings(watch, record)
        if told is not None:
            made.append(put_together(watch, [told], key=f"{record.code} {told.what} {told.version}", now=now))
    if made:
        names = [delivery.watch.name for delivery in made]
        Act.objects.create(verb="alert", record=record, by=by, at=now, detail={"watches": names})
    return made
