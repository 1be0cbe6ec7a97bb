"""What became of a story: each version with what it changed, each place it was seen, each act of the desk."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from dateline.archive.models import Record
from dateline.text.changes import changes

# Fields whose change is told by their values; the text is told by its words.
_FIELDS = ("headline", "byline", "credit", "dateline", "summary", "section", "status", "note", "version")


def history(record: Record) -> dict[str, Any]:
    """Return all there is to say of a record, as JSON, oldest first; times are ISO 8601 in UTC."""
    versions = list(record.versions.order_by("number"))
    return {
        "code": record.code,
        "headline": record.headline,
        "state": record.state,
        "versions": [
            {
                "number": version.number,
                "filed_at": version.filed_at.isoformat(timespec="seconds"),
                "changes": _changes(previous.story, version.story) if previous else {},
            }
            for previous, version in zip([None, *versions], versions, strict=False)
        ],
        "sightings": [
            {
                "source": sighting.source.slug,
                "version": sighting.version.number,
                "url": sighting.url,
                "guid": sighting.guid,
                "first_seen_at": sighting.first_seen_at.isoformat(timespec="seconds"),
                "last_seen_at": sighting.last_seen_at.isoformat(timespec="seconds"),
                "times": sighting.times,
            }
            for sighting in record.sightings.select_related("source", "version").order_by("first_seen_at", "pk")
        ],
        "acts": [
            {"at": act.at.isoformat(timespec="seconds"), "verb": act.verb, "by": act.by, **act.detail}
            for act in record.acts.order_by("at", "pk")
        ],
    }


def _changes(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return field → {before, after}; the text and the dates in their own words."""
    told: dict[str, Any] = {
        name: {"before": old.get(name), "after": new.get(name)} for name in _FIELDS if old.get(name) != new.get(name)
    }
    for name in ("published", "updated"):
        said, says = ((each.get(name) or {}).get("value") for each in (old, new))
        if said != says:
            told[name] = {"before": said, "after": says}
    if old["text"] != new["text"]:
        told["text"] = [asdict(change) for change in changes(old["text"], new["text"])]
    return told
