"""Before any request to a host: may we, by its robots.txt, and is it our turn?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from dateline.archive.models import Host
from dateline.fetch.client import Client
from dateline.fetch.robots import Robots, robots_of
from dateline.fetch.targets import target_of
from dateline.story import DatelineError

_GAP = timedelta(seconds=2)
_LEASE = timedelta(seconds=60)  # longer than a fetch and its robots.txt may take
_LONGEST = timedelta(days=2)  # a Retry-After beyond it is a mistake


class Busy(DatelineError):
    """The host is to be left alone until ``until``."""

    def __init__(self, name: str, until: datetime) -> None:
        super().__init__(f"{name} is left alone until {until:%H:%M:%S}")
        self.until = until


class Forbidden(DatelineError):
    """The host's robots.txt asks us not to fetch this."""


def knock(url: str, *, client: Client, now: datetime) -> None:
    """Take the host's turn for one request to ``url``. Raises Busy, Forbidden, or Denied for what is no address.

    One request at a time and host, over all workers; the lease ends by itself if we die. Call ``hold_off`` when
    the request is done.
    """
    host = _host(url)
    free = Q(free_at=None) | Q(free_at__lte=now)
    if not Host.objects.filter(free, pk=host.pk).update(free_at=now + _LEASE):
        host.refresh_from_db()
        raise Busy(host.name, host.free_at or now + _GAP)
    if host.robots_until is None or host.robots_until <= now:
        robots = robots_of(url, client=client, now=now)
        host.robots, host.access, host.robots_until = robots.text, robots.access, robots.until
        host.save(update_fields=["robots", "access", "robots_until"])
    if not _robots(host).allows(url):
        hold_off(url, now=now)
        why = "its robots.txt cannot be had" if host.access == "none" else "its robots.txt asks us not to"
        raise Forbidden(f"robots: {why}")


def hold_off(url: str, *, now: datetime, until: datetime | None = None) -> None:
    """Leave a host alone for the gap between two requests, or ``until`` the moment it named."""
    host = _host(url)
    gap = max(_GAP, timedelta(seconds=_robots(host).delay))
    host.free_at = min(max(now + gap, until or now), now + max(_LONGEST, gap))
    host.save(update_fields=["free_at"])


def _host(url: str) -> Host:
    found, _ = Host.objects.get_or_create(name=target_of(url).authority)
    return found


def _robots(host: Host) -> Robots:
    """Return what is known of a host's rules: all is allowed until it was asked."""
    until = host.robots_until or datetime.max  # noqa: DTZ901 - no time ends what is not known
    return Robots(access=host.access, text=host.robots, until=until)  # type: ignore[arg-type]
