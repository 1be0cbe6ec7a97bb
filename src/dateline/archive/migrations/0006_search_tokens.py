"""The full-text index anew: its key is publication order, and what is known of a story is a token in it.

It starts empty: `dateline init`, which runs the migrations, fills it, and `dateline refresh` goes on where that stopped.
"""

from typing import Any

from django.db import migrations, models

TABLES = {
    "sqlite": (
        # Text comes cut into words and folded, so the plainest tokenizer does; no bm25, so no column sizes.
        """CREATE VIRTUAL TABLE archive_search USING fts5(
            headline, body, names, facets, parts, tokenize = "ascii tokenchars '_'", prefix = '3', columnsize = 0
        )""",
        "CREATE TABLE archive_word (word text PRIMARY KEY NOT NULL, label text NOT NULL) WITHOUT ROWID",
    ),
    "postgresql": (
        # All but the key lies out of line, uncompressed: matches are gathered from few pages, and read without unpacking.
        """CREATE TABLE archive_search (
            rowid bigint PRIMARY KEY, headline text NOT NULL, body text NOT NULL, names text NOT NULL,
            facets text NOT NULL, parts text NOT NULL, words tsvector NOT NULL
        ) WITH (toast_tuple_target = 128)""",
        """ALTER TABLE archive_search ALTER body SET STORAGE EXTERNAL, ALTER facets SET STORAGE EXTERNAL,
            ALTER parts SET STORAGE EXTERNAL, ALTER words SET STORAGE EXTERNAL""",
        # A search reads all that waits to be merged: little may.
        """CREATE INDEX archive_search_words ON archive_search USING gin (words)
            WITH (gin_pending_list_limit = 1024)""",
        'CREATE TABLE archive_word (word text COLLATE "C" PRIMARY KEY, label text NOT NULL)',
    ),
}


def make(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE archive_search")
    for statement in TABLES[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("archive", "0005_surnames")]
    operations = [
        migrations.AddField("record", "shelf", models.BigIntegerField(null=True, unique=True)),
        migrations.RunPython(make),
    ]
