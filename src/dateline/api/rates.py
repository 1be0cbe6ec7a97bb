"""How often one may ask: a token bucket each, kept in this process.

Several processes each keep their own, so that an address that meets all of them gets the rate as many times. A bucket
forgotten to make room is a full one: what is promised is protection, not accounts.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import ip_address
from math import ceil
from threading import Lock

from dateline.fetch.addresses import Network

_PERIODS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_MOST_BUCKETS = 20_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many questions in so many seconds; none at all is no limit."""

    number: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a bucket answers: may we, how many more, and in how many seconds it holds the next (or all) again."""

    granted: bool
    left: int
    wait: int


def rate_of(said: str) -> Rate:
    """Return a rate like ``60/minute``; ``0`` is no limit. Raises ValueError."""
    number, _, period = said.replace(" ", "").partition("/")
    if number == "0":
        return Rate(0, 1)
    if not number.isdecimal() or period not in _PERIODS:
        raise ValueError(f"{said!r} is no rate: say 60/minute, 1000/hour, or 0 for no limit")
    return Rate(int(number), _PERIODS[period])


class Buckets:
    """The buckets of one rate, by name."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self._kept: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, name: str, now: float) -> Allowance:
        """Take a token out of a bucket at ``now``, in seconds that never go back."""
        number, each = self.rate.number, self.rate.seconds / max(self.rate.number, 1)
        if not number:
            return Allowance(granted=True, left=0, wait=0)
        with self._lock:
            held, since = self._kept.pop(name, (float(number), now))
            held = min(float(number), held + (now - since) / each)
            granted = held >= 1
            held -= granted
            self._kept[name] = (held, now)
            if len(self._kept) > _MOST_BUCKETS:
                self._kept.popitem(last=False)
        wait = ceil((number - held) * each) if granted else ceil((1 - held) * each)
        return Allowance(granted=granted, left=int(held), wait=wait)


def asker(remote: str, forwarded: str, proxies: tuple[Network, ...]) -> str:
    """Return who asks: the address itself, or the one that our own proxies say they ask for. Of IPv6, its network.

    ``forwarded`` is believed from the right, as far as it was written by ``proxies``.
    """
    address = remote
    for each in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
        if not _is_ours(address, proxies):
            break
        address = each
    try:
        found = ip_address(address)
    except ValueError:
        return remote
    if found.version == 6 and found.ipv4_mapped is None:
        # One subscriber has a network of 2^64 addresses.
        return f"{ip_address(int(found) >> 64 << 64)}/64"
    return str(found.ipv4_mapped or found) if found.version == 6 else str(found)


def _is_ours(address: str, proxies: tuple[Network, ...]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found.version == network.version and found in network for network in proxies)
