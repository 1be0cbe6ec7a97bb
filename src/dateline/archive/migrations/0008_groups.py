"""Stories of one event stand in groups; lists of stories are read in order of one index."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0007_findings"),
    ]

    operations = [
        migrations.CreateModel(
            name="EventGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="record",
            name="copy_of",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="copies",
                to="archive.record",
            ),
        ),
        migrations.AddField(
            model_name="record",
            name="grouped_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="record",
            name="language",
            field=models.CharField(max_length=10),
        ),
        migrations.AlterField(
            model_name="record",
            name="published_at",
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name="record",
            name="section_slug",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name="record",
            name="state",
            field=models.CharField(
                choices=[("filed", "Filed"), ("published", "Published"), ("withdrawn", "Withdrawn")],
                default="filed",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="record",
            name="group",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="records", to="archive.eventgroup"
            ),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["state", "published_at", "code"], name="records_newest"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["state", "language", "published_at", "code"], name="records_by_language"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["state", "language", "section_slug", "published_at"], name="records_by_section"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                condition=models.Q(("grouped_at__isnull", True)),
                fields=["state", "published_at"],
                name="records_ungrouped",
            ),
        ),
    ]
