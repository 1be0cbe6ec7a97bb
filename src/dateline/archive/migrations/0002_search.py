"""The full-text index: FTS5 on SQLite, a tsvector on PostgreSQL. Its rowid is the record's."""

from typing import Any

from django.db import migrations

TABLES = {
    "sqlite": (
        """CREATE VIRTUAL TABLE archive_search USING fts5(
            headline, body, names, codes, tokenize = "unicode61 remove_diacritics 0", prefix = '3'
        )""",
    ),
    "postgresql": (
        "CREATE TABLE archive_search (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX archive_search_words ON archive_search USING gin (words)",
    ),
}


def make(apps: Any, schema_editor: Any) -> None:
    for statement in TABLES[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE archive_search")


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
