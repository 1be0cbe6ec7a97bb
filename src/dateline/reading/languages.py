"""What is known of a language: the TOML files in its folder under ``languages/``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "languages"


@cache
def words(language: str, subject: str) -> dict[str, Any] | None:
    """Return the words of a subject (``moments``, ``offices``, ``cues`` …), None where the language has none."""
    path = FOLDER / language / f"{subject}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else None
