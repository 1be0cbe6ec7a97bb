"""An index of what was read, and what editors said of it."""

from __future__ import annotations

from django.db import models

from dateline.archive.models.fields import ShortText

# In how many stories a person is named in full before their surname alone tells them.
STORIES_TO_KNOW = 3


class EntitySet(models.QuerySet["Entity"]):
    def person_called(self, surname: str) -> str | None:
        """Return the full name of the one person of a folded surname whom the archive knows, None for none or several.

        An archive knows who is named in several stories, or in one finding that an editor confirmed; one that an
        editor refused counts for nothing.
        """
        bearers = list(self.filter(kind="PER", surname=surname)[:2]) if surname else []
        return bearers[0].name if len(bearers) == 1 and bearers[0].is_known() else None


class Entity(models.Model):
    """One who or which is named across stories.

    ``kind`` is a Mention's (PER, ORG, LOC, MISC) or ``GEO``: a place in the gazetteer, whose key is its GeoNames id
    (``geo:745044``). A state is the LOC of its ISO code (``loc:tur``). ``surname`` is the folded surname of a person
    named in full; ``lat`` and ``lon`` are WGS 84 degrees; ``stories`` is how many published stories name it.
    """

    key = ShortText(max_length=200, unique=True)
    kind = ShortText(max_length=4)
    name = ShortText(max_length=300)
    country = ShortText(max_length=3, blank=True)
    surname = ShortText(max_length=100, blank=True, db_index=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    stories = models.PositiveIntegerField(default=0)

    objects = EntitySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "stories"], name="entities_by_stories"),
            models.Index(fields=["kind", "name"], name="entities_by_name"),
        ]

    def is_known(self) -> bool:
        """Say whether the archive knows this one: an editor said yes, or enough stories name it and none said no."""
        verdicts = dict(
            Verdict.objects.filter(fingerprint__in=self._fingerprints()).values_list("fingerprint", "right")
        )
        if any(verdicts.values()):
            return True
        told = self.findings.filter(kind="mention").exclude(fingerprint__in=verdicts)
        return told.values("record").distinct()[:STORIES_TO_KNOW].count() >= STORIES_TO_KNOW

    def _fingerprints(self) -> models.QuerySet[Finding, str]:
        return self.findings.filter(kind="mention").values_list("fingerprint", flat=True)


class Finding(models.Model):
    """An index row of a Reading: rebuilt from it at will, so nothing may point here.

    A named actor, a place, a day and a person's office have one row each, at the first words that tell of them. An
    event has one for each party who did it (``entity``) and each it was done to (``other``), a quote one for its
    speaker and each entity it speaks of: rows of one finding share its ``fingerprint``. An official acts for the
    state as well. ``value`` is a mention's kind, a moment's TIMEX3 value, a place's country, a quote's stance, an
    event's type, an office as ``archive.offices`` writes it. Of a denial ``answers`` is the fingerprint of the quote
    in the same story that it answers. ``day`` is when: the day, or the first of several, that an event's moment or a
    moment itself names (``dated`` is ``day`` or ``span``), else the day the story was published (``story``)
    or, where it states none, came in (``came``).
    ``is_public`` says that the story is published.
    """

    record = models.ForeignKey("archive.Record", models.CASCADE, related_name="findings")
    kind = ShortText(max_length=10)
    fingerprint = ShortText(max_length=64)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    label = ShortText(max_length=500)
    value = ShortText(max_length=200, blank=True)
    mode = ShortText(max_length=20, blank=True)
    modality = ShortText(max_length=12, blank=True)
    quad = models.PositiveSmallIntegerField(null=True)
    answers = ShortText(max_length=64, blank=True)
    day = models.DateField()
    dated = ShortText(max_length=5)
    entity = models.ForeignKey(Entity, models.SET_NULL, null=True, related_name="findings", db_index=False)
    other = models.ForeignKey(Entity, models.SET_NULL, null=True, related_name="received", db_index=False)
    is_public = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["entity", "kind", "day"], name="findings_of_entity"),
            models.Index(
                fields=["other", "kind", "day"], name="findings_about_other", condition=models.Q(other__isnull=False)
            ),
            models.Index(
                fields=["entity", "other", "kind", "day"],
                name="findings_of_pair",
                condition=models.Q(other__isnull=False),
            ),
            models.Index(fields=["kind", "value", "day"], name="findings_by_value", condition=models.Q(is_public=True)),
            models.Index(
                fields=["entity", "kind", "value", "day"], name="quotes_by_stance", condition=models.Q(kind="quote")
            ),
            # SQLite uses a partial index only where a query repeats its condition, word for word.
            models.Index(fields=["day"], name="events_by_day", condition=models.Q(quad__isnull=False, is_public=True)),
            models.Index(fields=["day"], name="plans_by_day", condition=models.Q(modality="planned", is_public=True)),
        ]


class Frequency(models.Model):
    """How often the published stories tell something of an entity, counted as stories come and go.

    ``side`` is ``told`` (stories that name it; ``value`` is empty), ``said`` (quotes by stance), ``did`` and ``had``
    (events by type: done by it, done to it) or ``with`` (events and quotes between it and ``other``). ``other`` is
    the other entity's row id, 0 for whomever. ``month`` is year × 100 + month, 0 for all time. Findings are the
    truth: frequencies are made of them alone, by ``archive.frequencies``.
    """

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="frequencies", db_index=False)
    other = models.PositiveBigIntegerField(default=0)
    side = ShortText(max_length=4)
    value = ShortText(max_length=20, blank=True)
    month = models.PositiveIntegerField(default=0)
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "side", "other", "month", "value"], name="one_frequency_each")
        ]
        indexes = [
            models.Index(
                fields=["entity", "side", "month", "count"], name="partners_by_count", condition=models.Q(side="with")
            )
        ]


class Verdict(models.Model):
    """An editor's yes or no to a finding, hung on its fingerprint: reading again never loses it."""

    record = models.ForeignKey("archive.Record", models.CASCADE, related_name="verdicts")
    fingerprint = ShortText(max_length=64)
    right = models.BooleanField()
    by = ShortText(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "fingerprint"], name="one_verdict_per_finding")]
