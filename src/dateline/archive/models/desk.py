"""What the desk itself keeps: the audit, locks, counters, pressed pages."""

from __future__ import annotations

from django.db import models


class Act(models.Model):
    """Who did what to which record, when. Written by every verb, never changed."""

    verb = models.CharField(max_length=20)
    record = models.ForeignKey("archive.Record", models.SET_NULL, null=True, related_name="acts")
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)


class Lock(models.Model):
    """A lease on a name: it ends by itself at ``until``."""

    name = models.CharField(max_length=100, unique=True)
    holder = models.CharField(max_length=100)
    until = models.DateTimeField()


class Counter(models.Model):
    """A number that only grows."""

    name = models.CharField(max_length=50, unique=True)
    value = models.PositiveBigIntegerField()


class Rendering(models.Model):
    """A page, pressed at publish: brotli bytes and their ETag. ``press`` is the digest of what pressed it."""

    path = models.CharField(max_length=500, unique=True)
    record = models.ForeignKey("archive.Record", models.CASCADE, null=True, related_name="renderings")
    status = models.PositiveSmallIntegerField(default=200)
    content_type = models.CharField(max_length=100)
    etag = models.CharField(max_length=64)
    body = models.BinaryField()
    press = models.CharField(max_length=64, db_index=True)
    pressed_at = models.DateTimeField()
