"""The index key: publication order and record in one number, so that "newest first" is the order of the index.

Seconds since 1697 in the upper bits, the record's primary key in the lower 29: a range of days is a range of keys,
and no join is needed to order what was found or to know whose it is.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

_BITS: int = 29
_ZERO: int = 2**33
LEAST: int = 0
MOST: int = 2**63 - 1


def key_of(published_at: datetime, pk: int) -> int:
    """Return the key of a record. Raises OverflowError for a primary key of 2**29 or more."""
    if not 0 <= pk < 2**_BITS:
        raise OverflowError(f"the index holds {2**_BITS} records: {pk} is beyond it")
    return (_second(published_at) << _BITS) | pk


def pk_of(key: int) -> int:
    """Return the record's primary key."""
    return key & ((1 << _BITS) - 1)


def first_key(day: str | None) -> int:
    """Return the least key of an ISO day (UTC), of all days for None."""
    return _second(_midnight(day)) << _BITS if day else LEAST


def last_key(day: str | None) -> int:
    """Return the greatest key of an ISO day (UTC), of all days for None."""
    return ((_second(_midnight(day)) + 24 * 3600) << _BITS) - 1 if day else MOST


def day_of(key: int) -> date:
    """Return the day (UTC) that a key lies in."""
    return datetime.fromtimestamp((key >> _BITS) - _ZERO, UTC).date()


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)


def _second(moment: datetime) -> int:
    return min(max(int(moment.timestamp() // 1) + _ZERO, 0), 2**34 - 24 * 3600 - 1)
