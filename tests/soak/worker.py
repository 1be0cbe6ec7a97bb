"""A worker that does what each line of standard input says, and answers with a line of JSON.

``poll WHEN`` visits the source as if it were WHEN, ``show`` tells all that the archive holds. Started once and
killed at will: that it begins anew costs the start of Django only then.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import datetime
from typing import Any

from dateline.cli.opening import desk, fetch_client, open_archive
from dateline.fetch.limits import Limits


def poll_at(now: datetime) -> dict[str, Any]:
    from dateline.archive.models import Source
    from dateline.newsroom.claim import claim_named
    from dateline.newsroom.poll import poll

    slug = Source.objects.exclude(feed_url=None).values_list("slug", flat=True).get()
    source = claim_named(slug, now=now)
    if source is None:
        return {"outcome": "claimed"}
    client = replace(fetch_client(), limits=Limits(total=3.0))
    visit = poll(source, client=client, desk=replace(desk(), now=now), reading=False)
    if visit is None:
        source.refresh_from_db()
        return {"outcome": "held off", "until": source.due_at.isoformat()}
    names = ("outcome", "status", "note", "items", "new", "changed", "refused")
    return {name: getattr(visit, name) for name in names}


def show() -> dict[str, Any]:
    from dateline.archive.models import Poll, Record, Refusal, Sighting, Source, Version

    source = Source.objects.exclude(feed_url=None).get()
    return {
        "source": {name: getattr(source, name) for name in ("feed_url", "state", "lies", "failures", "etag")},
        "records": {
            record.code: {
                "state": record.state,
                "versions": [
                    (version.story["headline"], version.story["text"])
                    for version in Version.objects.filter(record=record).order_by("number")
                ],
            }
            for record in Record.objects.order_by("code")
        },
        "sightings": [
            [*row[:4], row[4].isoformat()]
            for row in Sighting.objects.order_by("pk").values_list(
                "record__code", "version__number", "guid", "url", "first_seen_at"
            )
        ],
        "polls": [
            [at.isoformat(), outcome] for at, outcome in Poll.objects.order_by("pk").values_list("at", "outcome")
        ],
        "refusals": [list(row) for row in Refusal.objects.order_by("pk").values_list("reason", "detail", "times")],
    }


def main() -> None:
    open_archive()
    from dateline.clean.stories import clean  # noqa: F401 - all that a poll needs, before the first one
    from dateline.wire.formats import parse  # noqa: F401

    sys.stdout.write(json.dumps({"outcome": "ready"}) + "\n")
    sys.stdout.flush()
    for line in sys.stdin:
        verb, _, when = line.strip().partition(" ")
        told = poll_at(datetime.fromisoformat(when)) if verb == "poll" else show()
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
