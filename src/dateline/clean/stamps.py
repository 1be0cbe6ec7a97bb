"""Dates of fields: read as precisely as stated, kept with what was said and where. Never today's."""

from __future__ import annotations

from dateline.story import Stamp
from dateline.text.calendars import read_date


def stamp(said: str | None, *, origin: str, language: str = "und") -> Stamp | None:
    """Return the date a field states, None when it states none that is settled."""
    if not said or len(said) > 120:
        return None
    dated = read_date(said, language=language)
    if dated is None:
        return None
    return Stamp(value=dated.value, precision=dated.precision, zone=dated.zone, said=said.strip(), origin=origin)
