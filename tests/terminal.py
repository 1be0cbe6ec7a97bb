"""The command line as its users meet it: a process, its output, its exit status."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.databases import archive_at


def dateline(
    *words: str | Path, home: Path | None = None, said: bytes = b"", **settings: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command on the archive that belongs to ``home``."""
    env = {**os.environ, "DATELINE_SITE_URL": "https://dateline.example", "DATELINE_SITE_NAME": "The Dateline Test"}
    env.pop("DATELINE_PURE", None)
    if home:
        env.update(archive_at(home))
    return subprocess.run(
        [sys.executable, "-m", "dateline.cli.main", *map(str, words)],
        env={**env, **settings},
        input=said,
        capture_output=True,
        check=False,
        timeout=600,
    )
