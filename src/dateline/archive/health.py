"""How a source does: why it is visited when it is, its last visits, what was refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Sum

from dateline.archive.models import Source

_VISITS = 20
_REFUSALS = 20


def health(source: Source) -> dict[str, Any]:
    """Return all there is to say of a source, as JSON: times are ISO 8601 in UTC, sizes bytes."""
    counted = source.refusals.values("reason").annotate(times=Sum("times")).order_by("-times", "reason")
    return {
        "source": source.slug,
        "name": source.name,
        "feed": source.feed_url,
        "state": source.state,
        "stories": source.sightings.values("record").distinct().count(),
        "next_visit": _iso(source.due_at),
        "why": source.why,
        "failures_in_a_row": source.failures,
        "validators_trusted": not source.lies,
        "hub": {"address": source.hub, "until": _iso(source.push_until), "last_push": _iso(source.pushed_at)}
        if source.hub
        else None,
        "visits": [
            {
                "at": _iso(poll.at),
                "outcome": poll.outcome,
                "status": poll.status,
                "size": poll.size,
                "seconds": poll.seconds,
                "items": poll.items,
                "new": poll.new,
                "changed": poll.changed,
                "refused": poll.refused,
                "note": poll.note,
                "next_visit": _iso(poll.next_at),
                "why": poll.why,
            }
            for poll in source.polls.all()[:_VISITS]
        ],
        "refusals": {told["reason"]: told["times"] for told in counted},
        "last_refused": [
            {"at": _iso(each.last_at), "reason": each.reason, "where": each.where, "detail": each.detail}
            for each in source.refusals.order_by("-last_at")[:_REFUSALS]
        ],
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
