"""Findings know their day and both parties; frequencies are kept of them.

The rows are an index of the readings: they are made anew by `dateline refresh`, not carried over.
"""

import django.db.models.deletion
from django.db import migrations, models

from dateline.archive.models.fields import ShortText


def _party(name: str) -> models.ForeignKey:
    """Return a column for one of an entity's two parts in a finding; the indexes below begin with it."""
    return models.ForeignKey(
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name=name,
        to="archive.entity",
    )


class Migration(migrations.Migration):
    dependencies = [("archive", "0006_search_tokens")]
    operations = [
        migrations.AddField("entity", "lat", models.FloatField(null=True)),
        migrations.AddField("entity", "lon", models.FloatField(null=True)),
        migrations.AddField("entity", "stories", models.PositiveIntegerField(default=0)),
        migrations.AddIndex("entity", models.Index(fields=["kind", "stories"], name="entities_by_stories")),
        migrations.DeleteModel("Finding"),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="archive.record"
                    ),
                ),
                ("kind", ShortText(max_length=10)),
                ("fingerprint", ShortText(max_length=64)),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("label", ShortText(max_length=500)),
                ("value", ShortText(blank=True, max_length=200)),
                ("mode", ShortText(blank=True, max_length=20)),
                ("modality", ShortText(blank=True, max_length=12)),
                ("quad", models.PositiveSmallIntegerField(null=True)),
                ("answers", ShortText(blank=True, max_length=64)),
                ("day", models.DateField()),
                ("dated", ShortText(max_length=5)),
                ("entity", _party("findings")),
                ("other", _party("received")),
                ("is_public", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["entity", "kind", "day"], name="findings_of_entity"),
                    models.Index(
                        fields=["other", "kind", "day"],
                        name="findings_about_other",
                        condition=models.Q(other__isnull=False),
                    ),
                    models.Index(
                        fields=["entity", "other", "day"],
                        name="findings_of_pair",
                        condition=models.Q(other__isnull=False),
                    ),
                    models.Index(
                        fields=["kind", "value", "day"],
                        name="findings_by_value",
                        condition=models.Q(is_public=True),
                    ),
                    models.Index(
                        fields=["day"],
                        name="events_by_day",
                        condition=models.Q(quad__isnull=False, is_public=True),
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Frequency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="frequencies",
                        to="archive.entity",
                    ),
                ),
                ("other", models.PositiveBigIntegerField(default=0)),
                ("side", ShortText(max_length=4)),
                ("value", ShortText(blank=True, max_length=20)),
                ("month", models.PositiveIntegerField(default=0)),
                ("count", models.IntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["entity", "side", "other", "month", "value"], name="one_frequency_each"
                    )
                ],
            },
        ),
    ]
