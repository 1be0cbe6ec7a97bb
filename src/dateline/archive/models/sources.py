"""Where stories come from: sources, visits to them, and sightings of stories in them."""

from __future__ import annotations

from django.db import models


class Source(models.Model):
    """A publisher or feed that stories are seen in."""

    slug = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    first_seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Poll(models.Model):
    """One visit to a source: what was answered, and what came of it."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="polls")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    items = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)


class Sighting(models.Model):
    """This story was seen there then. ``raw`` keeps the item as it came, compressed."""

    record = models.ForeignKey("archive.Record", models.CASCADE, related_name="sightings")
    version = models.ForeignKey("archive.Version", models.CASCADE, related_name="sightings")
    source = models.ForeignKey(Source, models.PROTECT, related_name="sightings")
    guid = models.CharField(max_length=500, blank=True, db_index=True)
    url = models.CharField(max_length=2000, blank=True)
    canonical_url = models.CharField(max_length=2000, blank=True, db_index=True)
    foreign_code = models.CharField(max_length=100, blank=True, db_index=True)
    item_format = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    raw = models.BinaryField()
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "record", "digest"], name="one_sighting_per_item")]
