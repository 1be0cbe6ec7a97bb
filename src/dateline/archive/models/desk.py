"""What the desk itself keeps: the audit, tasks, counters, pressed pages."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from dateline.archive.models.fields import ShortText


class Act(models.Model):
    """Who did what to which record, when. Written by every verb, never changed."""

    verb = ShortText(max_length=20)
    record = models.ForeignKey("archive.Record", models.SET_NULL, null=True, related_name="acts")
    by = ShortText(max_length=100)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)


MOST_TRIES = 6


class TaskSet(models.QuerySet["Task"]):
    def due(self, now: datetime) -> TaskSet:
        """Tasks to be done now, longest due first; not what another worker is at, nor what was tried too often."""
        free = models.Q(claimed_until=None) | models.Q(claimed_until__lt=now)
        return self.filter(free, due_at__lte=now, tries__lt=MOST_TRIES).order_by("due_at", "pk")


class Task(models.Model):
    """Work to be done once, at or after ``due_at``, and tried again when it fails; done, it is gone.

    ``key`` names what it is done to: the same task asked for twice is one. ``claimed_until`` is a
    worker's lease, which ends by itself.
    """

    kind = ShortText(max_length=20)
    key = ShortText(max_length=300)
    detail = models.JSONField(default=dict)
    due_at = models.DateTimeField(db_index=True)
    tries = models.PositiveIntegerField(default=0)
    error = ShortText(max_length=500, blank=True)
    claimed_until = models.DateTimeField(null=True)

    objects = TaskSet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_task_per_kind_and_key")]


class Counter(models.Model):
    """A number that only grows."""

    name = ShortText(max_length=50, unique=True)
    value = models.PositiveBigIntegerField()


class Rendering(models.Model):
    """A page, pressed at publish: brotli bytes and their ETag. ``press`` is the digest of what pressed it."""

    path = ShortText(max_length=500, unique=True)
    record = models.ForeignKey("archive.Record", models.CASCADE, null=True, related_name="renderings")
    status = models.PositiveSmallIntegerField(default=200)
    content_type = ShortText(max_length=100)
    etag = ShortText(max_length=64)
    body = models.BinaryField()
    press = ShortText(max_length=64, db_index=True)
    pressed_at = models.DateTimeField()


class TouchSet(models.QuerySet["Touch"]):
    def waiting(self) -> TouchSet:
        """Addresses whose page is stale and not pressed yet, longest waiting first."""
        return self.filter(pressed=False).order_by("number", "pk")

    def since(self, number: int) -> TouchSet:
        """What was touched after the change of that number, in the order of the changes."""
        return self.filter(number__gt=number).order_by("number", "pk")


class Touch(models.Model):
    """An address whose page has changed: the last change that touched it, by a number that grows with every change.

    A record's pages go together, under its short address (``/1001``). Until it is ``pressed`` again, a page has no
    Rendering: what is stale is not kept.
    """

    path = ShortText(max_length=500, unique=True)
    number = models.PositiveBigIntegerField(db_index=True)
    at = models.DateTimeField()
    pressed = models.BooleanField(default=False)

    objects = TouchSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["number"], condition=models.Q(pressed=False), name="touches_waiting")]
