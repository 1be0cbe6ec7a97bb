"""Ask for work to be done later. Asked for twice, it is done once."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from dateline.archive.models import Task

Kind = Literal["read", "publish", "fetch", "subscribe", "alert", "digest", "deliver"]


def schedule(kind: Kind, key: str | int, *, due_at: datetime, **detail: Any) -> Task:
    """Return the task, new or as it was asked for before; the later of the two words on it holds."""
    task, _ = Task.objects.update_or_create(
        kind=kind, key=str(key), defaults={"due_at": due_at, "detail": detail, "tries": 0, "error": ""}
    )
    return task
