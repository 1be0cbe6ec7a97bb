"""Story codes: numeric, permanent, never given twice."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.db import transaction

from dateline.archive.models import Counter

FIRST = 1001
_NAME = "story code"
_PATH = re.compile(r"/(?:[a-z]{2,3}/news/)?(\d{1,18})(?:/|$)")


def next_codes(count: int) -> range:
    """Return codes that were never given before. Call it inside the transaction that uses them."""
    last = _advance(by=count)
    return range(last - count + 1, last + 1)


def reserve(code: int) -> None:
    """Make sure that ``code``, which a story brought with it, is never given by the counter."""
    _advance(least=code)


@transaction.atomic
def _advance(*, by: int = 0, least: int = 0) -> int:
    counter, _ = Counter.objects.select_for_update().get_or_create(name=_NAME, defaults={"value": FIRST - 1})
    counter.value = max(counter.value + by, least)
    counter.save(update_fields=["value"])
    return counter.value


def code_in(url: str, site_url: str) -> int | None:
    """Return the story code in a link of this very site (``/en/news/1001/…`` or ``/1001``), None for any other."""
    try:
        asked, own = urlsplit(url), urlsplit(site_url)
    except ValueError:
        return None
    if not own.netloc or asked.netloc.lower() != own.netloc.lower():
        return None
    found = _PATH.match(asked.path)
    return int(found[1]) if found else None
