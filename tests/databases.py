"""Empty archives for tests: a folder with SQLite in it, or a database of the PostgreSQL that the environment names."""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

# Read once: the fixtures change the environment later.
_SERVER = os.environ.get("DATELINE_DATABASE_URL", "")


@cache
def archive_at(home: Path) -> dict[str, str]:
    """Return the settings of the archive that belongs to ``home``; it is empty when first asked for."""
    return {"DATELINE_HOME": str(home), "DATELINE_DATABASE_URL": _new_database(home) if _SERVER else ""}


def _new_database(home: Path) -> str:
    import psycopg

    name = "test_" + sha256(str(home).encode()).hexdigest()[:16]
    with psycopg.connect(_SERVER, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(_SERVER)._replace(path=f"/{name}"))
