"""Keep what became no story: its bytes, where it stood, and the named reason."""

from __future__ import annotations

import zlib
from datetime import datetime
from hashlib import sha256

from django.db.models import F

from dateline.archive.models import Refusal, Source

_KEPT = 4 * 2**20  # bytes; of more, the beginning is kept


def refuse(source: Source, *, where: str, reason: str, detail: str, raw: bytes, now: datetime) -> None:
    """Count and keep a refusal; the same bytes refused again for the same reason only add to the count."""
    digest = sha256(raw or f"{where}: {detail}".encode()).hexdigest()
    same = Refusal.objects.filter(source=source, reason=reason, digest=digest)
    if same.update(times=F("times") + 1, last_at=now):
        return
    Refusal.objects.create(
        source=source,
        reason=reason,
        where=where[-500:],
        detail=detail,
        digest=digest,
        raw=zlib.compress(raw[:_KEPT], 6),
        first_at=now,
        last_at=now,
    )
