"""The only app with tables: models, migrations, querysets, story codes, search."""
