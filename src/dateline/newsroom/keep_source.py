"""Pause, resume and drop a source. Its stories stay, whatever becomes of it."""

from __future__ import annotations

from django.db import transaction

from dateline.archive.models import Act, Source
from dateline.newsroom.file_batch import Desk


def pause(source: Source, *, desk: Desk) -> None:
    """Poll ``source`` no more until it is resumed."""
    _set(source, desk, "pause source", state=Source.Stand.PAUSED)


def resume(source: Source, *, desk: Desk) -> None:
    """Poll ``source`` again, from now on."""
    now = desk.now
    _set(source, desk, "resume source", state=Source.Stand.ACTIVE, due_at=now, failures=0, why="it was resumed")


def drop(source: Source, *, desk: Desk) -> None:
    """Poll ``source`` never again: it keeps its name and its stories, and loses its feed."""
    _set(source, desk, "drop source", state=Source.Stand.GONE, feed_url=None, due_at=None)


@transaction.atomic
def _set(source: Source, desk: Desk, verb: str, **values: object) -> None:
    for name, value in values.items():
        setattr(source, name, value)
    source.save(update_fields=list(values))
    Act.objects.create(verb=verb, by=desk.by, at=desk.now, detail={"source": source.slug})
