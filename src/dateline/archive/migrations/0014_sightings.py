"""Sightings are looked up by all that is asked of them at once, so that no look-up reads all that a source has sent.

The single indices go by their names: to alter their fields, SQLite would copy the whole table once for each.
"""

from django.db import migrations, models

_GONE = ("guid_1f9fd449", "digest_c1adf589", "foreign_code_36bc4e1e", "source_id_03f161c6", "version_id_d96eb89e")


class Migration(migrations.Migration):
    dependencies = [("archive", "0013_watches")]

    operations = [
        migrations.AddIndex("sighting", models.Index(fields=["digest", "source"], name="sightings_by_digest")),
        migrations.AddIndex("sighting", models.Index(fields=["guid", "source"], name="sightings_by_guid")),
        migrations.AddIndex(
            "sighting", models.Index(fields=["version", "source", "record"], name="sightings_of_version")
        ),
        migrations.AddIndex("sighting", models.Index(fields=["source", "first_seen_at"], name="sightings_of_source")),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                # PostgreSQL has a second one of each text, for LIKE.
                migrations.RunSQL(f"DROP INDEX IF EXISTS archive_sighting_{name}{kind}")
                for name in _GONE
                for kind in ("", "_like")
            ],
            state_operations=[
                migrations.AlterField("sighting", "guid", models.CharField(blank=True, max_length=500)),
                migrations.AlterField("sighting", "digest", models.CharField(max_length=64)),
                migrations.AlterField("sighting", "foreign_code", models.CharField(blank=True, max_length=100)),
                migrations.AlterField(
                    "sighting",
                    "version",
                    models.ForeignKey("archive.version", models.CASCADE, related_name="sightings", db_index=False),
                ),
                migrations.AlterField(
                    "sighting",
                    "source",
                    models.ForeignKey("archive.source", models.PROTECT, related_name="sightings", db_index=False),
                ),
            ],
        ),
    ]
