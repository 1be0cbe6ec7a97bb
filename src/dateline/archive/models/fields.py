"""Columns that hold what strangers wrote."""

from __future__ import annotations

from typing import Any

from django.db import models


class ShortText(models.CharField):
    """A short text to list and look up by, cut to its column; what was said in full is in the story.

    PostgreSQL refuses a text that is too long or holds NUL, SQLite keeps both: with this, each keeps the same.
    """

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return self.fitted(value) if isinstance(value, str) else value

    def fitted(self, said: str) -> str:
        """Return as much of what was said as the column takes."""
        return said.replace("\0", "")[: self.max_length]

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
