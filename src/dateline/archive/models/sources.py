"""Where stories come from: sources, visits to them, sightings of stories in them, and what was refused."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from dateline.archive.models.fields import ShortText


class SourceSet(models.QuerySet["Source"]):
    """What may be asked about sources."""

    def polled(self) -> SourceSet:
        """Sources with a feed that is visited."""
        return self.exclude(feed_url=None).filter(state=Source.Stand.ACTIVE)

    def due(self, now: datetime) -> SourceSet:
        """Sources to be visited now, longest due first; one that another worker is at is left out."""
        free = models.Q(claimed_until=None) | models.Q(claimed_until__lt=now)
        return self.polled().filter(free, due_at__lte=now).order_by("due_at", "pk")


class Source(models.Model):
    """A publisher or feed that stories are seen in.

    ``feed_url`` is what is polled (None: nothing is). ``publishing`` puts new stories on the site at once,
    ``full_text`` fetches the page of each. ``etag``, ``last_modified`` and ``body_digest`` are those of the last
    answer read; ``lies`` says that its validators were caught staying the same over a change, and are not sent.
    ``due_at`` is the next visit and ``why`` the reason it is then; ``claimed_until`` is a worker's lease, which
    ends by itself.
    """

    class Stand(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"
        GONE = "gone"

    slug = ShortText(max_length=100, unique=True)
    name = ShortText(max_length=200)
    url = ShortText(max_length=500, blank=True)
    first_seen_at = models.DateTimeField()
    feed_url = ShortText(max_length=2000, null=True, unique=True)
    state = ShortText(max_length=10, choices=Stand.choices, default=Stand.ACTIVE)
    publishing = models.BooleanField(default=False)
    full_text = models.BooleanField(default=False)
    etag = ShortText(max_length=500, blank=True)
    last_modified = ShortText(max_length=100, blank=True)
    body_digest = ShortText(max_length=64, blank=True)
    lies = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True, db_index=True)
    why = ShortText(max_length=200, blank=True)
    polled_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    idle = models.PositiveIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    hub = ShortText(max_length=2000, blank=True)
    topic = ShortText(max_length=2000, blank=True)
    push_secret = ShortText(max_length=100, blank=True)
    push_until = models.DateTimeField(null=True)
    pushed_at = models.DateTimeField(null=True)

    objects = SourceSet.as_manager()

    def __str__(self) -> str:
        return self.name


class Host(models.Model):
    """What all visits to one host share: its robots.txt, and the moment before which nobody asks it again."""

    name = ShortText(max_length=300, unique=True)
    robots = models.TextField(blank=True)
    access = ShortText(max_length=10, default="all")
    robots_until = models.DateTimeField(null=True)
    free_at = models.DateTimeField(null=True)


class Poll(models.Model):
    """One visit to a source: what was answered, what came of it, and when and why the next one is due.

    ``size`` is in bytes over the wire, ``seconds`` how long the fetch took. ``items`` counts what the answer held,
    ``new`` and ``changed`` what of it was.
    """

    class Outcome(models.TextChoices):
        READ = "read"
        UNCHANGED = "unchanged"
        FAILED = "failed"
        FORBIDDEN = "forbidden"
        PUSHED = "pushed"

    source = models.ForeignKey(Source, models.CASCADE, related_name="polls")
    at = models.DateTimeField()
    outcome = ShortText(max_length=10, choices=Outcome.choices, default=Outcome.READ)
    status = models.PositiveSmallIntegerField(null=True)
    size = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)
    items = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    note = ShortText(max_length=500, blank=True)
    next_at = models.DateTimeField(null=True)
    why = ShortText(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["source", "-at"])]


class Sighting(models.Model):
    """This story was seen there then. ``raw`` keeps the item as it came, compressed; ``page`` is the key that all
    forms of its address share."""

    record = models.ForeignKey("archive.Record", models.CASCADE, related_name="sightings")
    version = models.ForeignKey("archive.Version", models.CASCADE, related_name="sightings", db_index=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="sightings", db_index=False)
    guid = ShortText(max_length=500, blank=True)
    url = ShortText(max_length=2000, blank=True)
    page = ShortText(max_length=2000, blank=True, db_index=True)
    foreign_code = ShortText(max_length=100, blank=True)
    item_format = ShortText(max_length=20)
    digest = ShortText(max_length=64)
    raw = models.BinaryField()
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "record", "digest"], name="one_sighting_per_item")]
        # With all the columns that are asked for at once: SQLite, which counts columns, would else read all that a
        # source has sent, or all it has sent without an identifier.
        indexes = [
            models.Index(fields=["digest", "source"], name="sightings_by_digest"),
            models.Index(fields=["guid", "source"], name="sightings_by_guid"),
            models.Index(fields=["version", "source", "record"], name="sightings_of_version"),
            models.Index(fields=["source", "first_seen_at"], name="sightings_of_source"),
        ]


class Refusal(models.Model):
    """What came in and became no story: its bytes, and the named reason. The same again only adds to ``times``."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="refusals")
    reason = ShortText(max_length=40, db_index=True)
    where = ShortText(max_length=500)
    detail = ShortText(max_length=500)
    digest = ShortText(max_length=64)
    raw = models.BinaryField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "reason", "digest"], name="one_refusal_per_item_and_reason")
        ]


class Shingle(models.Model):
    """One hash of a version's sketch: how the like of a text is found (see ``text.similarity``)."""

    record = models.ForeignKey("archive.Record", models.CASCADE, related_name="shingles", db_index=False)
    version = models.ForeignKey("archive.Version", models.CASCADE, related_name="shingles", db_index=False)
    value = models.BigIntegerField()

    class Meta:
        # The only way in. Each further index would cost sixteen more writes a story.
        indexes = [models.Index(fields=["value", "version"], name="shingle_versions")]
