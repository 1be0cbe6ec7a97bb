"""The full-text index. Its rowid is the record's."""

from django.db import migrations

TABLE = """
CREATE VIRTUAL TABLE archive_search USING fts5(
    headline, body, names, codes, tokenize = "unicode61 remove_diacritics 0", prefix = '3'
)
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]
    operations = [migrations.RunSQL(TABLE, "DROP TABLE archive_search")]
