"""Read and clean every document of some folders, one after another, and say what it took:

    python -m tests.wire.corpus FOLDER…

Prints JSON: how many files and stories, what was thrown that is no DatelineError, the slowest, the peak of memory.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.memory import peak_mib

from dateline.clean.stories import clean
from dateline.story import DatelineError
from dateline.wire.formats import batches


def read_all(folders: list[Path]) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    uncaught: list[str] = []
    silent: list[str] = []
    slowest = (0.0, "")
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        counts["files"] += 1
        began = time.monotonic()
        try:
            if not _read(path, counts):
                silent.append(str(path))
        except Exception as error:
            uncaught.append(f"{path}: {type(error).__name__}: {error}"[:300])
        slowest = max(slowest, (time.monotonic() - began, str(path)))
    return {"counts": counts, "uncaught": uncaught, "silent": silent, "slowest": slowest, "peak MiB": peak_mib()}


def _read(path: Path, counts: Counter[str]) -> bool:
    """Tell whether anything was said of the document: a story, feeds, something passed over or refused."""
    said = False
    try:
        for batch in batches(path):
            said = said or bool(batch.items or batch.refused or batch.passed or batch.feeds)
            counts["refused parts"] += len(batch.refused)
            for item in batch.items:
                try:
                    clean(item)
                    counts["stories"] += 1
                except DatelineError as error:
                    assert str(error), "a refusal without a reason"
                    counts["refused stories"] += 1
    except DatelineError as error:
        assert str(error), "a refusal without a reason"
        counts["refused files"] += 1
        said = True
    return said


if __name__ == "__main__":
    sys.stdout.write(json.dumps(read_all([Path(each) for each in sys.argv[1:]])) + "\n")
