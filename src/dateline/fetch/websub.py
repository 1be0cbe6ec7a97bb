"""WebSub, the subscriber's side (W3C Recommendation, 2018)."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from dateline.fetch.client import Client
from dateline.fetch.errors import Unreachable

LEASE = 7 * 24 * 3600  # seconds asked for; the hub may give others
_DIGESTS = ("sha512", "sha384", "sha256", "sha1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """What a hub asks at the callback: whether it was we who subscribed. ``lease`` is in seconds."""

    mode: str
    topic: str
    challenge: str
    lease: int


def subscribe(client: Client, *, hub: str, topic: str, callback: str, secret: str) -> None:
    """Ask ``hub`` for ``topic``. Raises FetchError; Unreachable when it does not accept (anything but 2xx)."""
    answer = client.post(
        hub,
        {
            "hub.mode": "subscribe",
            "hub.topic": topic,
            "hub.callback": callback,
            "hub.lease_seconds": str(LEASE),
            "hub.secret": secret,
        },
    )
    if not 200 <= answer.status < 300:
        raise Unreachable(f"the hub answered {answer.status}")


def challenge_of(query: dict[str, str]) -> Challenge | None:
    """Return the challenge in a callback's query, None when there is none."""
    mode, topic, said = (query.get(f"hub.{name}", "") for name in ("mode", "topic", "challenge"))
    lease = query.get("hub.lease_seconds", "")
    if mode not in ("subscribe", "unsubscribe", "denied") or not topic or (mode != "denied" and not said):
        return None
    return Challenge(mode=mode, topic=topic, challenge=said, lease=int(lease) if lease.isdecimal() else LEASE)


def is_signed(body: bytes, *, signature: str, secret: str) -> bool:
    """Tell whether ``signature`` (``sha256=…``) was made of ``body`` with ``secret``."""
    method, _, given = signature.partition("=")
    if method not in _DIGESTS:
        return False
    made = hmac.new(secret.encode(), body, method).hexdigest()
    return hmac.compare_digest(made, given.strip().lower())
