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
    """One who is named across stories. ``surname`` is the folded surname of a person named in full."""

    key = ShortText(max_length=200, unique=True)
    kind = ShortText(max_length=4)
    name = ShortText(max_length=300)
    country = ShortText(max_length=3, blank=True)
    surname = ShortText(max_length=100, blank=True, db_index=True)

    objects = EntitySet.as_manager()

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
