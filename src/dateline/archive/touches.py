"""The journal of touched addresses: what is stale, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from dateline.archive.models import Counter, Rendering, Touch

_NAME = "touch"
_AT_ONCE = 500


@transaction.atomic
def touch(stale: Iterable[str], others: Iterable[str] = (), *, now: datetime) -> int:
    """Note down that pages have changed, and keep none of the ``stale``; return the number of the change.

    The ``others`` wait for no press: it has them already, or they are made whenever they are asked for. Call it inside
    the transaction that changes what they say, before pressing any of them: from then on nobody's older print of them
    gets in. Changes are numbered in the order in which they become visible.
    """
    number = _advance()
    pressed = dict.fromkeys(others, True) | dict.fromkeys(stale, False)
    noted = sorted(pressed)
    for some in (noted[start : start + _AT_ONCE] for start in range(0, len(noted), _AT_ONCE)):
        Touch.objects.bulk_create(
            [Touch(path=path, number=number, at=now, pressed=pressed[path]) for path in some],
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=["number", "at", "pressed"],
        )
        Rendering.objects.filter(path__in=some).delete()
    return number


@transaction.atomic
def touch_everything(*, now: datetime, but: str | None = None) -> int:
    """Have everything ever touched count as changed, and keep no page (none but those of the press ``but``)."""
    kept = Rendering.objects.all() if but is None else Rendering.objects.exclude(press=but)
    if but is not None and not kept.exists():
        return 0
    number = _advance()
    kept._raw_delete(kept.db)
    return Touch.objects.update(number=number, at=now, pressed=False)


def newest() -> int:
    """Return the number of the last change."""
    return Counter.objects.filter(name=_NAME).values_list("value", flat=True).first() or 0


def _advance() -> int:
    # The row is held until the transaction ends: numbers appear in their order, and no reader of them misses one.
    Counter.objects.select_for_update().get_or_create(name=_NAME, defaults={"value": 0})
    Counter.objects.filter(name=_NAME).update(value=F("value") + 1)
    return newest()
