"""What the pages of one story ask of the archive, and what the frame of every page does."""

from __future__ import annotations

from collections import Counter

from django.db import connection

from dateline.archive.models import Correction, Record, Sighting, Version
from dateline.archive.prepared import Prepared

# What a story's pages tell of its record; the rest is mostly times, and those take longer to read than all of this.
_TOLD = ("code", "state", "language", "slug", "headline", "released_at", "group", "current__story")
with_text = Prepared(lambda code: Record.objects.with_current().only(*_TOLD).filter(code=code), int)
with_reading = Prepared(
    lambda code: Record.objects.with_current().only(*_TOLD, "current__reading").filter(code=code), int
)
corrections = Prepared(lambda record: Correction.objects.filter(record=record), int)
versions = Prepared(lambda record: Version.objects.filter(record=record).defer("reading").order_by("-number"), int)
sightings = Prepared(
    lambda record: (
        Sighting.objects.filter(record=record).defer("raw").select_related("source").order_by("first_seen_at", "pk")
    ),
    int,
)
_LATELY = 500  # stories whose sections count
_sections = Prepared(
    lambda language: (
        Record.objects.published().in_language(language).newest().values_list("section_slug", "section")[:_LATELY]
    ),
    str,
)
# Their index skips from one to the next.
_LANGUAGES = """
WITH RECURSIVE told(language) AS (
  SELECT MIN(language) FROM archive_record WHERE state = 'published'
  UNION ALL
  SELECT (SELECT MIN(language) FROM archive_record WHERE state = 'published' AND language > told.language)
  FROM told WHERE language IS NOT NULL
)
SELECT language FROM told WHERE language IS NOT NULL
"""


def languages() -> list[str]:
    """Return the languages that published stories are in."""
    with connection.cursor() as cursor:
        cursor.execute(_LANGUAGES)
        return [language for (language,) in cursor.fetchall()]


def sections(language: str, *, most: int) -> list[str]:
    """Return the names of the sections that hold most of the newest stories, the largest first."""
    names: dict[str, str] = {}
    counts = Counter(slug for slug, name in _sections(language) if slug and names.setdefault(slug, name))
    return [names[slug] for slug, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:most]]
