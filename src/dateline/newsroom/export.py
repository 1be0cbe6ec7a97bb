"""Everything the archive holds, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.archive.models import Record


def export() -> Iterator[dict[str, Any]]:
    """Yield each record, oldest code first, with its versions, readings, sightings, corrections and verdicts."""
    related = ("versions", "sightings__source", "sightings__version", "corrections__version", "verdicts")
    for record in Record.objects.order_by("code").prefetch_related(*related).iterator(chunk_size=200):
        yield {
            "code": record.code,
            "state": record.state,
            "language": record.language,
            "slug": record.slug,
            "filed_at": record.filed_at.isoformat(),
            "released_at": record.released_at and record.released_at.isoformat(),
            "versions": [
                {"number": v.number, "filed_at": v.filed_at.isoformat(), "story": v.story, "reading": v.reading}
                for v in record.versions.all()
            ],
            "sightings": [
                {
                    "source": s.source.slug,
                    "version": s.version.number,
                    "url": s.url,
                    "guid": s.guid,
                    "code": s.foreign_code,
                    "format": s.item_format,
                    "first_seen_at": s.first_seen_at.isoformat(),
                    "last_seen_at": s.last_seen_at.isoformat(),
                    "times": s.times,
                }
                for s in record.sightings.all()
            ],
            "corrections": [
                {
                    "kind": c.kind,
                    "note": c.note,
                    "by": c.by,
                    "at": c.at.isoformat(),
                    "version": c.version and c.version.number,
                }
                for c in record.corrections.all()
            ],
            "verdicts": [
                {"fingerprint": v.fingerprint, "right": v.right, "by": v.by, "at": v.at.isoformat()}
                for v in record.verdicts.all()
            ],
        }
