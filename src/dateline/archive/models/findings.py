"""An index of what was read, and what editors said of it."""

from __future__ import annotations

from django.db import models

from dateline.archive.models.fields import ShortText


class Entity(models.Model):
    """One who is named across stories."""

    key = ShortText(max_length=200, unique=True)
    kind = ShortText(max_length=4)
    name = ShortText(max_length=300)
    country = ShortText(max_length=3, blank=True)


class Finding(models.Model):
    """An index row of a Reading: rebuilt from it at will, so nothing may point here."""

    record = models.ForeignKey("archive.Record", models.CASCADE, related_name="findings")
    kind = ShortText(max_length=10)
    fingerprint = ShortText(max_length=64, db_index=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    label = ShortText(max_length=500)
    value = ShortText(max_length=200, blank=True)
    entity = models.ForeignKey(Entity, models.SET_NULL, null=True, related_name="findings")

    class Meta:
        indexes = [models.Index(fields=["kind", "value"])]


class Verdict(models.Model):
    """An editor's yes or no to a finding, hung on its fingerprint: reading again never loses it."""

    record = models.ForeignKey("archive.Record", models.CASCADE, related_name="verdicts")
    fingerprint = ShortText(max_length=64)
    right = models.BooleanField()
    by = ShortText(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "fingerprint"], name="one_verdict_per_finding")]
