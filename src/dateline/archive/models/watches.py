"""Queries that are watched, and what those who watch them were told."""

from __future__ import annotations

from django.db import models

from dateline.archive.models.fields import ShortText


class Watch(models.Model):
    """A query kept under a name, for one mail address or one web hook.

    ``secret`` signs what is posted to a hook; of mail it is the word that ends the watch. ``seen_act`` is the last act
    that a digest looked at, ``told_at`` when.
    """

    class Rhythm(models.TextChoices):
        ONCE = "at-once"
        DAILY = "daily"
        WEEKLY = "weekly"

    name = ShortText(max_length=100, unique=True)
    query = ShortText(max_length=500)
    language = ShortText(max_length=10, blank=True)
    mail = ShortText(max_length=254, blank=True)
    hook = ShortText(max_length=2000, blank=True)
    rhythm = ShortText(max_length=10, choices=Rhythm.choices)
    secret = ShortText(max_length=64)
    made_at = models.DateTimeField()
    seen_act = models.PositiveBigIntegerField(default=0)
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One message to one who watches, made once for its ``key``: the change or the stretch of acts it tells of."""

    watch = models.ForeignKey(Watch, models.CASCADE, related_name="deliveries")
    key = ShortText(max_length=100)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["watch", "key"], name="one_delivery_per_key")]


class DeliveredStory(models.Model):
    """What a delivery tells of a story; no two deliveries of a watch tell the same."""

    class What(models.TextChoices):
        NEW = "new"
        CORRECTED = "corrected"
        WITHDRAWN = "withdrawn"

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="stories")
    watch = models.ForeignKey(Watch, models.CASCADE, related_name="told", db_index=False)
    record = models.ForeignKey("archive.Record", models.CASCADE, related_name="told")
    what = ShortText(max_length=10, choices=What.choices)
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["watch", "record", "what", "version"], name="one_telling_per_change")
        ]
