"""Persons are looked up by surname: a column for it, filled from the names that are there."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from dateline.reading.people import surname_of


def fill(apps: Any, editor: Any) -> None:
    persons = apps.get_model("archive", "Entity").objects.filter(kind="PER")
    for person in persons.iterator():
        person.surname = surname_of(person.name)[:100]
        person.save(update_fields=["surname"])


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0004_columns"),
    ]

    operations = [
        migrations.AddField(
            model_name="entity",
            name="surname",
            field=models.CharField(blank=True, db_index=True, default="", max_length=100),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
