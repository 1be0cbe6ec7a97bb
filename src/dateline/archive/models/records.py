"""The permanent code, its versions and what was publicly said about them."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from dateline.archive.models.fields import ShortText
from dateline.plain import digest_of, from_plain, instant, to_plain
from dateline.story import Reading, Story
from dateline.text.slugs import slug


class Opening(models.Func):
    """The first letters of an instant in UTC, as ISO 8601 writes it; without a call per row, unlike TruncDate."""

    output_field = models.CharField()

    def __init__(self, *expressions: str, letters: int) -> None:
        super().__init__(*expressions, letters=letters)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Any:
        return super().as_sql(compiler, connection, template="substr(%(expressions)s, 1, %(letters)d)")

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Any:
        template = "left(to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD'), %(letters)d)"
        return super().as_sql(compiler, connection, template=template)


class RecordSet(models.QuerySet["Record"]):
    """What may be asked of the archive."""

    def filed(self) -> RecordSet:
        return self.filter(state=Record.State.FILED)

    def published(self) -> RecordSet:
        return self.filter(state=Record.State.PUBLISHED)

    def withdrawn(self) -> RecordSet:
        """Withdrawn stories that readers may have seen."""
        return self.filter(state=Record.State.WITHDRAWN)

    def in_language(self, language: str) -> RecordSet:
        return self.filter(language=language)

    def in_section(self, section: str) -> RecordSet:
        return self.filter(section_slug=slug(section))

    def on_day(self, day: date) -> RecordSet:
        return self.on_days(day, day)

    def on_days(self, first: date, last: date) -> RecordSet:
        """Stories of some days, both included; days are those of UTC."""
        # To the last instant, not to the day after: the last day of the year 9999 has none.
        ends = datetime.combine(first, time.min, UTC), datetime.combine(last, time.max, UTC)
        return self.filter(published_at__gte=ends[0], published_at__lte=ends[1])

    def languages(self) -> list[str]:
        """Return the languages of these stories: one look-up for each, as their index skips from one to the next."""
        found: list[str] = []
        rows = self.order_by("language").values_list("language", flat=True)
        while (language := rows.filter(language__gt=found[-1] if found else "").first()) is not None:
            found.append(language)
        return found

    def sections(self, *, most: int, newest: int = 500) -> list[str]:
        """Return the names of the sections that hold most of the newest stories, the largest first."""
        told = self.newest().values_list("section_slug", "section")[:newest]
        names: dict[str, str] = {}
        counts = Counter(slug for slug, name in told if slug and names.setdefault(slug, name))
        return [names[slug] for slug, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:most]]

    def counted_by(self, letters: int) -> list[tuple[str, int]]:
        """Return how many there are in each year (4 letters of the date), month (7) or day (10), newest first."""
        counted = self.order_by().annotate(period=Opening("published_at", letters=letters)).values("period")
        return [(row["period"], row["n"]) for row in counted.annotate(n=models.Count("pk")).order_by("-period")]

    def years(self) -> list[int]:
        """Return the years these stories were published in, newest first."""
        ends = [self.newest().first(), self.newest().reverse().first()]
        last, first = (record.published_at.astimezone(UTC).year if record else 0 for record in ends)
        return [
            year
            for year in range(last, first - 1, -1)
            if year and self.on_days(date(year, 1, 1), date(year, 12, 31)).exists()
        ]

    def in_month(self, year: int, month: int) -> RecordSet:
        return self.on_days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    def ungrouped(self) -> RecordSet:
        """Published stories that were read and whose event was not looked for yet, in the order of their dates."""
        return self.published().filter(grouped_at=None).exclude(current__reader="").order_by("published_at", "pk")

    def newest(self) -> RecordSet:
        return self.order_by("-published_at", "-code")

    def with_current(self) -> RecordSet:
        return self.select_related("current")

    def with_text(self) -> RecordSet:
        """With their current versions, but not what was read in them: that is three times the text."""
        return self.with_current().defer("current__reading")

    def to_index(self) -> RecordSet:
        """With all that their entries in the search are made of."""
        return self.with_current().prefetch_related("sightings__source", "corrections")


class Record(models.Model):
    """A story's permanent code and its state.

    ``published_at`` orders stories: the instant its Stamp states, a missing zone taken as UTC. What
    was truly stated is in the Version's Story. ``group`` holds the other stories of the same event, ``copy_of`` the
    earlier one whose text this repeats; ``grouped_at`` says when they were looked for. ``shelf`` is its key in the
    search (see ``search.keys``), in publication order too; None while it is not there.
    """

    class State(models.TextChoices):
        FILED = "filed"
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    code = models.PositiveBigIntegerField(unique=True)
    state = ShortText(max_length=10, choices=State.choices, default=State.FILED)
    language = ShortText(max_length=10)
    slug = ShortText(max_length=120)
    headline = models.TextField()
    section = ShortText(max_length=100, blank=True)
    section_slug = ShortText(max_length=120, blank=True)
    credit = ShortText(max_length=300, blank=True)
    published_at = models.DateTimeField()
    filed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    embargoed_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    shelf = models.BigIntegerField(null=True, unique=True)
    current = models.ForeignKey("archive.Version", models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey("archive.EventGroup", models.SET_NULL, null=True, related_name="records")
    copy_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="copies", db_index=False)
    grouped_at = models.DateTimeField(null=True)

    objects = RecordSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "published_at", "code"], name="records_newest"),
            models.Index(fields=["state", "language", "published_at", "code"], name="records_by_language"),
            models.Index(fields=["state", "language", "section_slug", "published_at"], name="records_by_section"),
            models.Index(
                fields=["state", "published_at"],
                name="records_ungrouped",
                condition=models.Q(grouped_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.headline}"

    @property
    def path(self) -> str:
        """The permalink, below the site's address."""
        return f"/{self.language}/news/{self.code}/{self.slug}"

    @property
    def day_stated(self) -> str:
        """The date its story states, as precise as that is and to the day at most; empty where it states none."""
        published = self.current.story.get("published") if self.current else None
        return str(published["value"])[:10] if published else ""

    def adopt(self, version: Version, story: Story, *, now: datetime) -> None:
        """Make ``version`` the current one, and take from it what lists and addresses need."""
        self.current = version
        self.say(story, now=now)
        taken = ("current", "headline", "credit", "section", "section_slug", "published_at", "embargoed_until")
        self.save(update_fields=[*taken, "changed_at"])

    def say(self, story: Story, *, now: datetime) -> None:
        """Take from a story what lists need; nothing is saved.

        The slug stays what it was first: it is decoration, and a permalink must not move.
        """
        self.headline = story.headline
        self.credit = story.credit or ""
        self.section = story.section or ""
        self.section_slug = slug(self.section) if self.section else ""
        self.published_at = instant(story.published) or self.published_at
        self.embargoed_until = instant(story.embargo)
        self.changed_at = now


class EventGroup(models.Model):
    """Stories of several sources that tell of one event: two or more, or those that are left of them."""

    made_at = models.DateTimeField()


class VersionSet(models.QuerySet["Version"]):
    def unread(self, reader: str | None) -> VersionSet:
        """Current versions that this reader has not read; all current ones where ``reader`` is None."""
        current = self.filter(pk__in=Record.objects.exclude(current=None).values("current"))
        return (current if reader is None else current.exclude(reader=reader)).order_by("pk")


class Version(models.Model):
    """One Story as it stood. Never updated, but for the Reading made of it."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    story = models.JSONField()
    digest = ShortText(max_length=64, db_index=True)
    reading = models.JSONField(null=True)
    reader = ShortText(max_length=50, blank=True)
    filed_at = models.DateTimeField()

    objects = VersionSet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_version_per_number")]

    @classmethod
    def of(cls, record: Record, story: Story, *, now: datetime) -> Version:
        """Append ``story`` to its record as the next version (saved, not yet current)."""
        last = record.versions.order_by("-number").first()
        return cls.objects.create(
            record=record,
            number=last.number + 1 if last else 1,
            story=to_plain(story),
            digest=digest_of(story),
            filed_at=now,
        )

    def as_story(self) -> Story:
        return from_plain(Story, self.story)

    def as_reading(self) -> Reading | None:
        return from_plain(Reading, self.reading) if self.reading is not None else None


class EditionManager(models.Manager["Edition"]):
    def get_queryset(self) -> models.QuerySet[Edition]:
        """Ask for both ends at once: no reader of a link does without them."""
        return super().get_queryset().select_related("other__current", "of_version__record__current")


class Edition(models.Model):
    """The same story in another language: two records, linked both ways.

    Of the records of one story one is the original, the others are made of versions of it. ``of_version`` is the
    original's version that ``other`` tells or, where ``other`` is the original, that ``record`` tells.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="editions")
    other = models.ForeignKey(Record, models.CASCADE, related_name="+")
    of_version = models.ForeignKey(Version, models.PROTECT, related_name="+")

    objects = EditionManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "other"], name="one_link_per_edition")]


class Correction(models.Model):
    """What readers are told about a change; a retraction is one kind."""

    class Kind(models.TextChoices):
        CORRECTION = "correction"
        RETRACTION = "retraction"

    record = models.ForeignKey(Record, models.CASCADE, related_name="corrections")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="corrections")
    kind = ShortText(max_length=10, choices=Kind.choices)
    note = models.TextField()
    by = ShortText(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
