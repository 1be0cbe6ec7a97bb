"""The full-text index. Its rowid is the record's."""

from typing import Any

from django.db import migrations

TABLE = """
CREATE VIRTUAL TABLE archive_search USING fts5(
    headline, body, names, codes, tokenize = "unicode61 remove_diacritics 0", prefix = '3'
)
"""


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":  # FTS5 is SQLite's
        schema_editor.execute(TABLE)


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE archive_search")


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
