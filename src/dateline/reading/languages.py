"""What is known of a language: the TOML files in its folder under ``languages/``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "languages"
_CODE = re.compile(r"[a-z]{2,3}")


@cache
def words(language: str, subject: str) -> dict[str, Any] | None:
    """Return the words of a subject (``moments``, ``offices``, ``cues`` …), None where the language has none.

    The language names a folder: what is no code of a language names none, whoever it came from.
    """
    if not _CODE.fullmatch(language):
        return None
    path = FOLDER / language / f"{subject}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else None
