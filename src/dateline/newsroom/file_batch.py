"""File what one document held: each item cleaned and taken in, each refusal kept."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import cached_property

from dateline.archive.models import Record, Sighting, Source
from dateline.clean.stories import clean
from dateline.newsroom.press import Press
from dateline.newsroom.recognise import key_of, shared_names
from dateline.newsroom.refuse import refuse
from dateline.newsroom.release import release
from dateline.newsroom.schedule import schedule
from dateline.newsroom.take_in import Intake, digest_of_raw, see_again, take_in
from dateline.plain import to_plain
from dateline.story import Batch, Item, Refused
from dateline.text.variants import page_of


@dataclass(slots=True)
class Tally:
    """What came of taking in: ``refused`` and ``passed`` pair where with why, ``reasons`` counts by name.

    ``fresh`` are the records that are new or have a new version.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, str]] = field(default_factory=list)
    passed: list[tuple[str, str]] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    fresh: list[Record] = field(default_factory=list)
    published: int = 0
    scheduled: int = 0
    asked: int = 0

    def refuse(self, where: str, why: str, reason: str) -> None:
        self.refused.append((where, why))
        self.reasons[reason] += 1


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Who takes in, when, for which site, and how what is public gets printed."""

    site_url: str
    by: str
    now: datetime
    press: Press

    @cached_property
    def by_hand(self) -> Source:
        """The source of what came in as a file and belongs to none: what is refused is kept under it."""
        found, _ = Source.objects.get_or_create(
            slug="taken-in-by-hand", defaults={"name": "Taken in by hand", "first_seen_at": self.now}
        )
        return found


def file_batch(
    batch: Batch, tally: Tally, *, desk: Desk, where: str, source: Source | None = None, publishing: bool = False
) -> None:
    """File the items of ``batch``; what came of each goes into ``tally``.

    ``source`` is the polled source it came from; a file's items belong to the sites they name. With
    ``publishing``, each new story is released before the next is taken in: what a later item corrects or kills,
    readers have seen.
    """
    place = f"{where}: {batch.place}" if batch.place else where
    for spot, why in batch.refused:
        tally.refuse(f"{place}: {spot}", why, "unreadable part")
        refuse(
            source or desk.by_hand,
            where=f"{place}: {spot}",
            reason="unreadable part",
            detail=why,
            raw=b"",
            now=desk.now,
        )
    tally.passed += [(f"{place}: {spot}", what) for spot, what in batch.passed]
    if batch.feeds:
        tally.passed.append((place, f"{len(batch.feeds)} feeds: take them on with `dateline source import`"))
    shared = shared_names(batch.items)
    for number, item in enumerate(batch.items, start=1):
        spot = place if batch.place and len(batch.items) == 1 else f"{place}: item {number}"
        if item.body_type == "link":
            tally.asked += _ask_for(item, source=source, desk=desk)
            continue
        intake = _file(item, tally, desk=desk, where=spot, source=source, shared=shared)
        if intake is None:
            continue
        tally.outcomes[intake.outcome] += 1
        if intake.outcome in ("new", "changed"):
            tally.fresh.append(intake.record)
        if intake.is_told_anew and source is not None and source.full_text:
            # Where the feed's few lines have changed, the page has too.
            _ask_for(item, source=source, desk=desk, again=True)
        if publishing and intake.outcome == "new":
            if release(intake.record, by=desk.by, now=desk.now, press=desk.press):
                tally.published += 1
            else:
                tally.scheduled += 1


def _file(
    item: Item, tally: Tally, *, desk: Desk, where: str, source: Source | None, shared: frozenset[str]
) -> Intake | None:
    """Return what became of one item, None where it was refused."""
    raw = json.dumps(to_plain(item), ensure_ascii=False).encode()
    try:
        return see_again(digest_of_raw(raw), source=source, now=desk.now) or take_in(
            clean(item),
            item_format=item.format,
            raw=raw,
            source=source,
            shared=shared,
            site_url=desk.site_url,
            by=desk.by,
            now=desk.now,
            press=desk.press,
        )
    except Refused as refused:
        tally.refuse(where, str(refused), refused.reason)
        kept = source or desk.by_hand
        refuse(kept, where=where, reason=refused.reason, detail=refused.detail, raw=raw, now=desk.now)
        return None


def _ask_for(item: Item, *, source: Source | None, desk: Desk, again: bool = False) -> bool:
    """Have the page of an item fetched later; False where it was fetched before, unless ``again``."""
    if not item.url:
        return False
    page = key_of(page_of(item.url))
    if not again and Sighting.objects.filter(page=page, item_format="page").exists():
        return False
    schedule("fetch", key_of(item.url), due_at=desk.now, url=item.url, source=source.pk if source else None)
    return True
