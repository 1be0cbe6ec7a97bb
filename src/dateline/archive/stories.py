"""What the pages of one story ask of the archive."""

from __future__ import annotations

from dateline.archive.models import Correction, Record, Sighting, Version
from dateline.archive.prepared import Prepared

with_text = Prepared(lambda code: Record.objects.with_text().filter(code=code))
with_reading = Prepared(lambda code: Record.objects.with_current().filter(code=code))
corrections = Prepared(lambda record: Correction.objects.filter(record=record))
versions = Prepared(lambda record: Version.objects.filter(record=record).defer("reading").order_by("-number"))
sightings = Prepared(
    lambda record: (
        Sighting.objects.filter(record=record).defer("raw").select_related("source").order_by("first_seen_at", "pk")
    )
)
