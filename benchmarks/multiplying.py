"""Make a made-up archive ten times as large in minutes: each story again, some minutes later, under other codes.

    python -m benchmarks multiply --into FOLDER --times 10

What the stories say is not new, so words and names are as frequent, in proportion, as before; how many different ones
there are does not grow. Copies keep their rows in every index, the search and the frequencies, and have sketches of
their own, for no two stories of an archive tell all the same; their readings, as text, are left out, as nothing that is
measured reads them. The planner gets no statistics, as it has none in any archive. SQLite only, and not crash-safe.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from pathlib import Path

_APART = 37 * 60  # seconds between a story and its next copy
_BITS = 29  # of a search key that are the record's own (archive.search.keys)
_OTHER = 0x9E3779B97F4A  # as many bits of a shingle as leave it among the small ones, which sketches are of


def multiply(folder: Path, times: int) -> None:
    """Add ``times`` − 1 copies of every story to the archive in ``folder``."""
    archive = sqlite3.connect(folder / "dateline.sqlite3", isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-2000000", "foreign_keys=OFF"):
        archive.execute(f"PRAGMA {pragma}")
    stories = archive.execute("SELECT max(id) FROM archive_record").fetchone()[0]
    rows = archive.execute("SELECT max(id) FROM archive_finding").fetchone()[0]
    for copy in range(1, times):
        start = time.perf_counter()
        archive.execute("BEGIN")
        for statement in _COPIES:
            archive.execute(
                statement,
                {
                    "stories": copy * stories,
                    "rows": copy * rows,
                    "own": stories,
                    "own_rows": rows,
                    "later": f"+{copy * _APART} seconds",
                    "key": ((copy * _APART) << _BITS) + copy * stories,
                    "copy": f"-{copy}",
                    "other": copy * _OTHER,
                },
            )
        archive.execute("COMMIT")
        print(f"{(copy + 1) * stories:,} stories; {time.perf_counter() - start:.0f} s", file=sys.stderr)
    archive.execute("UPDATE archive_entity SET stories = stories * ?", [times])
    archive.execute("UPDATE archive_frequency SET count = count * ?", [times])
    archive.execute("UPDATE archive_counter SET value = value * ? WHERE name = 'story code'", [times])
    archive.execute("INSERT INTO archive_search(archive_search) VALUES('optimize')")
    archive.execute("PRAGMA journal_mode=WAL")


_COPIES = (
    """INSERT INTO archive_version (id, number, story, digest, reader, filed_at, record_id)
       SELECT id + :stories, number, story, substr(digest || :copy, -64), reader, filed_at, record_id + :stories
       FROM archive_version WHERE id <= :own""",
    """INSERT INTO archive_record (id, code, language, slug, headline, section, section_slug, credit, published_at,
         filed_at, released_at, changed_at, current_id, shelf, grouped_at, state)
       SELECT id + :stories, code + :stories, language, slug, headline, section, section_slug, credit,
         strftime('%Y-%m-%d %H:%M:%S', published_at, :later), filed_at, released_at, changed_at,
         current_id + :stories, shelf + :key, grouped_at, state
       FROM archive_record WHERE id <= :own""",
    """INSERT INTO archive_sighting (id, guid, url, foreign_code, item_format, raw, first_seen_at, last_seen_at, times,
         record_id, source_id, version_id, page, digest)
       SELECT id + :stories, guid || :copy, url || :copy, foreign_code, item_format, x'', first_seen_at, last_seen_at,
         times, record_id + :stories, source_id, version_id + :stories, page || :copy, substr(digest || :copy, -64)
       FROM archive_sighting WHERE id <= :own""",
    """INSERT INTO archive_finding (id, record_id, kind, fingerprint, start, end, label, value, mode, modality, quad,
         answers, day, dated, entity_id, other_id, is_public)
       SELECT id + :rows, record_id + :stories, kind, fingerprint, start, end, label, value, mode, modality, quad,
         answers, day, dated, entity_id, other_id, is_public
       FROM archive_finding WHERE id <= :own_rows""",
    # What is in one of two numbers but not in both, by the operators SQLite has.
    """INSERT INTO archive_shingle (value, version_id, record_id)
       SELECT (value | :other) - (value & :other), version_id + :stories, record_id + :stories
       FROM archive_shingle WHERE version_id <= :own""",
    # In the order of the new keys: out of it, every row would begin a segment of its own.
    """INSERT INTO archive_search (rowid, headline, body, names, facets, parts)
       SELECT s.rowid + :key, s.headline, s.body, s.names,
         replace(s.facets, strftime('_year_%Y', r.published_at), strftime('_year_%Y', r.published_at, :later)),
         replace(replace(s.parts,
           strftime('_day_%Y%m%d', r.published_at), strftime('_day_%Y%m%d', r.published_at, :later)),
           strftime('_month_%Y%m', r.published_at), strftime('_month_%Y%m', r.published_at, :later))
       FROM archive_record r JOIN archive_search s ON s.rowid = r.shelf WHERE r.id <= :own ORDER BY r.shelf""",
)
