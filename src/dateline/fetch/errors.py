"""What can go wrong with a fetch. Each has a ``reason``: the name it is counted under.

::

    FetchError
    ├── Denied        an address, scheme or port that is not for us
    ├── Unreachable   no such name, no connection, broken off, not HTTP
    ├── TooSlow       not done when the time was up
    ├── TooLarge      more bytes than a document has, packed or unpacked
    ├── BadEncoding   packed twice, in a way we do not read, or broken
    └── TooManyHops   redirects without an end
"""

from __future__ import annotations

from dateline.story import DatelineError


class FetchError(DatelineError):
    """A fetch that brought nothing."""

    reason = "not-fetched"


class Denied(FetchError):
    """The address may not be fetched at all, or only where an operator opens it."""

    reason = "denied-address"


class Unreachable(FetchError):
    """Nobody answered, or not in HTTP."""

    reason = "unreachable"


class TooSlow(FetchError):
    """The whole fetch took longer than it may."""

    reason = "too-slow"


class TooLarge(FetchError):
    """The answer is larger than it may be."""

    reason = "too-large"


class BadEncoding(FetchError):
    """The answer is packed in a way that is not unpacked here."""

    reason = "bad-encoding"


class TooManyHops(FetchError):
    """The redirects do not end."""

    reason = "too-many-redirects"
