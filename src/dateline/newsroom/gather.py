"""Take in many files: one bad file never stops the rest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from dateline.clean.stories import clean
from dateline.newsroom.press import Press
from dateline.newsroom.publish import publish
from dateline.newsroom.take_in import take_in
from dateline.plain import to_plain
from dateline.story import DatelineError, Item, Refused, Unreadable
from dateline.wire.formats import parse

LARGEST = 64 * 1024 * 1024  # bytes; one document is far smaller


@dataclass(slots=True)
class Tally:
    """What came of a gathering: ``refused`` and ``passed`` pair where with why, ``reasons`` counts by name."""

    outcomes: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, str]] = field(default_factory=list)
    passed: list[tuple[str, str]] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    published: int = 0

    def refuse(self, where: str, why: str, reason: str) -> None:
        self.refused.append((where, why))
        self.reasons[reason] += 1


def gather(files: Iterable[Path], *, publishing: bool, site_url: str, by: str, now: datetime, press: Press) -> Tally:
    """Read each file, clean each item in it and file each story; return what came of it.

    With ``publishing``, each new story is published before the next one is taken in: what a later file
    corrects or kills, readers have seen.
    """
    tally = Tally()
    for path in files:
        try:
            batch = parse(_bytes(path), name=path.name)
        except DatelineError as error:
            tally.refuse(str(path), str(error), "unreadable")
            continue
        for where, why in batch.refused:
            tally.refuse(f"{path}: {where}", why, "unreadable part")
        tally.passed += [(f"{path}: {where}", what) for where, what in batch.passed]
        for number, item in enumerate(batch.items, start=1):
            try:
                intake = take_in(
                    clean(item),
                    item_format=item.format,
                    raw=_raw(item),
                    site_url=site_url,
                    by=by,
                    now=now,
                    press=press,
                )
            except Refused as refused:
                tally.refuse(f"{path}: item {number}", str(refused), refused.reason)
                continue
            tally.outcomes[intake.outcome] += 1
            if publishing and intake.outcome == "new":
                publish(intake.record, by=by, now=now, press=press)
                tally.published += 1
    return tally


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"larger than {LARGEST // 2**20} MiB")
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(str(error.strerror)) from error


def _raw(item: Item) -> bytes:
    return json.dumps(to_plain(item), ensure_ascii=False).encode()
