"""Dates of fields: read as precisely as stated, kept with what was said and where. Never today's."""

from __future__ import annotations

from dateline.story import Stamp
from dateline.text.calendars import read_date


def stamp(said: str | None, *, origin: str, language: str = "und") -> Stamp | None:
    """Return the date a field states, None when it states none that is settled."""
    if not said or len(said) > 120:
        return None
    dated = read_date(said, language=language)
    # The beginning of Unix time is what programs write where there is no date.
    if dated is None or dated.value.startswith("1970-01-01T00:00"):
        return None
    return Stamp(value=dated.value, precision=dated.precision, zone=dated.zone, said=said.strip(), origin=origin)
