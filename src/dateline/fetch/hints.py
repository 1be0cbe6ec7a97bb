"""What an answer says about the next visit: validators, Cache-Control, Retry-After, Link."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_MAX_AGE = re.compile(r"(?:^|[\s,])(?:s-maxage|max-age)\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_LINK = re.compile(r'<([^>]*)>\s*((?:;\s*[\w*-]+\s*(?:=\s*(?:"[^"]*"|[^",;\s]*))?\s*)*)')
_REL = re.compile(r'rel\s*=\s*"?([^";]*)', re.IGNORECASE)


def fresh_for(headers: Mapping[str, str], *, now: datetime) -> int | None:
    """Return the seconds an answer stays fresh (RFC 9111, 4.2.1); None where it says nothing, or "no-cache"."""
    control = headers.get("cache-control", "")
    if re.search(r"no-cache|no-store", control, re.IGNORECASE):
        return None
    age = int(headers["age"]) if headers.get("age", "").isdecimal() else 0
    if stated := [int(each) for each in _MAX_AGE.findall(control)]:
        return max(0, stated[-1] - age)
    expires = moment(headers.get("expires", ""))
    if expires is None:
        return None
    return max(0, int((expires - (moment(headers.get("date", "")) or now)).total_seconds()))


def retry_at(headers: Mapping[str, str], *, now: datetime) -> datetime | None:
    """Return the moment Retry-After names, in seconds or as an HTTP date; None where it names none."""
    said = headers.get("retry-after", "").strip()
    if said.isdecimal() and len(said) < 9:
        return now + timedelta(seconds=int(said))
    return moment(said)


def moment(said: str) -> datetime | None:
    """Return an HTTP date (RFC 9110, 5.6.7) with its zone; None for anything else ("0", "-1")."""
    try:
        found = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def links(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses of a Link header (RFC 8288) by relation, the first of each."""
    told: dict[str, str] = {}
    for address, parameters in _LINK.findall(headers.get("link", "")[:10_000]):
        found = _REL.search(parameters)
        for relation in (found[1] if found else "").lower().split():
            told.setdefault(relation, address.strip())
    return told
