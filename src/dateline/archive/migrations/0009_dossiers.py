"""Indexes for the pages that follow someone or something through the archive."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0008_groups")]

    operations = [
        migrations.RemoveIndex("finding", "findings_of_pair"),
        migrations.AddIndex("entity", models.Index(fields=["kind", "name"], name="entities_by_name")),
        migrations.AddIndex(
            "finding",
            models.Index(
                fields=["entity", "other", "kind", "day"],
                name="findings_of_pair",
                condition=models.Q(other__isnull=False),
            ),
        ),
        migrations.AddIndex(
            "finding",
            models.Index(
                fields=["entity", "kind", "value", "day"], name="quotes_by_stance", condition=models.Q(kind="quote")
            ),
        ),
        migrations.AddIndex(
            "frequency",
            models.Index(
                fields=["entity", "side", "month", "count"], name="partners_by_count", condition=models.Q(side="with")
            ),
        ),
        migrations.AddIndex(
            "finding",
            models.Index(fields=["day"], name="plans_by_day", condition=models.Q(modality="planned", is_public=True)),
        ),
    ]
