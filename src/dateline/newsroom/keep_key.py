"""Give out and revoke keys to the API's private parts."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from dateline.archive.models import Act, ApiKey
from dateline.story import Refused


@transaction.atomic
def give_key(name: str, *, by: str, now: datetime) -> str:
    """Return the token of a new key: the only time it is seen. Raises Refused where a key has this name."""
    name = name.strip()
    if not name:
        raise Refused("no-name", "a key needs a name")
    if ApiKey.objects.filter(name=name).exists():
        raise Refused("name-taken", f"there is, or was, a key of this name: {name}")
    handle, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    ApiKey.objects.create(name=name, handle=handle, digest=ApiKey.digest_of(secret), made_at=now)
    Act.objects.create(verb="give key", by=by, at=now, detail={"key": name})
    return ApiKey.token_of(handle, secret)


@transaction.atomic
def revoke_key(key: ApiKey, *, by: str, now: datetime) -> None:
    """End a key for good: it opens nothing from the moment this returns."""
    key.revoked_at = key.revoked_at or now
    key.save(update_fields=["revoked_at"])
    Act.objects.create(verb="revoke key", by=by, at=now, detail={"key": key.name})
