"""File what one document held: each item cleaned and taken in, each refusal kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import cached_property

from dateline.archive.filing import filing
from dateline.archive.models import Record, Sighting, Source
from dateline.clean.arrivals import Arrival, Arrived, arrivals, digest_of_raw, key_of, raw_of
from dateline.newsroom.familiar import Familiar, known_digests
from dateline.newsroom.file_new import file_new
from dateline.newsroom.link_as_told import link_as_told
from dateline.newsroom.press import Press
from dateline.newsroom.recognise import shared_names
from dateline.newsroom.refuse import refuse
from dateline.newsroom.release import release
from dateline.newsroom.schedule import schedule
from dateline.newsroom.take_in import Intake, named_source, see_again, source_of, take_in
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """An item with the place it stood at, and the names that say nothing there (see ``recognise``)."""

    item: Item
    where: str
    shared: frozenset[str]
    digest: str


def file_batch(
    batch: Batch, tally: Tally, *, desk: Desk, where: str, source: Source | None = None, publishing: bool = False
) -> None:
    """File the items of ``batch``; what came of each goes into ``tally``.

    ``source`` is the polled source it came from; a file's items belong to the sites they name.
    """
    pieces = list(pieces_of(batch, tally, desk=desk, where=where, source=source))
    fresh = unknown(pieces)
    cleaned = dict(zip(fresh, arrivals((pieces[place].item for place in fresh), now=desk.now), strict=True))
    file_pieces(pieces, cleaned, tally, desk=desk, source=source, publishing=publishing)


def pieces_of(
    batch: Batch, tally: Tally, *, desk: Desk, where: str, source: Source | None = None
) -> Iterator[Incoming]:
    """Yield the items of ``batch`` to be filed; what could not be read and what is no story goes into ``tally``."""
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
        yield Incoming(item=item, where=spot, shared=shared, digest=digest_of_raw(raw_of(item)))


def unknown(pieces: Sequence[Incoming]) -> list[int]:
    """Return the places of the pieces that have to be cleaned: those that did not come in before in these bytes."""
    known = known_digests(piece.digest for piece in pieces)
    return [place for place, piece in enumerate(pieces) if piece.item.body_type != "link" and piece.digest not in known]


@filing()
def file_pieces(
    pieces: Sequence[Incoming],
    cleaned: dict[int, Arrived],
    tally: Tally,
    *,
    desk: Desk,
    source: Source | None = None,
    publishing: bool = False,
) -> None:
    """File pieces in their order, all or none; ``cleaned`` has, by place, what became of those not known before.

    Stories that have nothing in common with the archive or each other are filed together. With ``publishing``, each
    new story is released before one is taken in that may be about it: what a later item corrects or kills,
    readers have seen.
    """
    clerk = _Clerk(tally=tally, desk=desk, source=source, publishing=publishing)
    familiar = Familiar([each for each in cleaned.values() if isinstance(each, Arrival)], site_url=desk.site_url)
    for place, piece in enumerate(pieces):
        found = cleaned.get(place)
        if piece.item.body_type == "link":
            tally.asked += _ask_for(piece.item, source=source, desk=desk)
        elif isinstance(found, tuple):
            clerk.refuse(piece, found)
        elif found is not None and not familiar.has(found):
            clerk.waiting.append((piece, found))
            familiar.add(found)
        else:
            clerk.file_waiting()
            clerk.file(piece, found)
            if found is not None:
                familiar.add(found)
    clerk.file_waiting()


@dataclass(slots=True, kw_only=True)
class _Clerk:
    """Files what is ``waiting``, new stories that wait for each other, or one that may be known; keeps the tally."""

    tally: Tally
    desk: Desk
    source: Source | None
    publishing: bool
    waiting: list[tuple[Incoming, Arrival]] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)

    def file_waiting(self) -> None:
        if not self.waiting:
            return
        found = [(came, self._source(came)) for _, came in self.waiting]
        records = file_new(found, by=self.desk.by, now=self.desk.now)
        told = [(record, came) for record, (came, _) in zip(records, found, strict=True)]
        link_as_told(told, by=self.desk.by, now=self.desk.now, press=self.desk.press)
        for (piece, _), record in zip(self.waiting, records, strict=True):
            self._count(piece, Intake(outcome="new", record=record, is_told_anew=True))
        self.waiting.clear()
        self._release(records)

    def file(self, piece: Incoming, found: Arrival | None) -> None:
        """File one by all rules; ``found`` is None where it came in before in these bytes, and was not cleaned."""
        desk = self.desk
        if found is None:
            if again := see_again(piece.digest, source=self.source, now=desk.now):
                self._count(piece, again)
                return
            (cleaned,) = arrivals([piece.item], now=desk.now)
            if isinstance(cleaned, tuple):
                self.refuse(piece, cleaned)
                return
            found = cleaned
        try:
            intake = take_in(
                found,
                source=self.source,
                shared=piece.shared,
                site_url=desk.site_url,
                by=desk.by,
                now=desk.now,
                press=desk.press,
            )
        except Refused as refused:
            self.refuse(piece, (refused.reason, refused.detail))
        else:
            self._count(piece, intake)
            if intake.outcome == "new":
                self._release([intake.record])

    def refuse(self, piece: Incoming, why: tuple[str, str]) -> None:
        reason, detail = why
        self.tally.refuse(piece.where, f"{detail} ({reason})", reason)
        kept, raw = self.source or self.desk.by_hand, raw_of(piece.item)
        refuse(kept, where=piece.where, reason=reason, detail=detail, raw=raw, now=self.desk.now)

    def _source(self, came: Arrival) -> Source:
        if self.source is not None:
            return self.source
        name = named_source(came.story)
        if name not in self.sources:
            self.sources[name] = source_of(came.story, now=self.desk.now)
        return self.sources[name]

    def _count(self, piece: Incoming, intake: Intake) -> None:
        tally, desk = self.tally, self.desk
        tally.outcomes[intake.outcome] += 1
        if intake.outcome in ("new", "changed"):
            tally.fresh.append(intake.record)
        if intake.is_told_anew and self.source is not None and self.source.full_text:
            # Where the feed's few lines have changed, the page has too.
            _ask_for(piece.item, source=self.source, desk=desk, again=True)

    def _release(self, records: Sequence[Record]) -> None:
        """Publish new stories, where that is asked for, or at the hour their embargo ends."""
        if self.publishing:
            desk = self.desk
            published = release(*records, by=desk.by, now=desk.now, press=desk.press)
            self.tally.published += published
            self.tally.scheduled += len(records) - published


def _ask_for(item: Item, *, source: Source | None, desk: Desk, again: bool = False) -> bool:
    """Have the page of an item fetched later; False where it was fetched before, unless ``again``."""
    if not item.url:
        return False
    page = key_of(page_of(item.url))
    if not again and Sighting.objects.filter(page=page, item_format="page").exists():
        return False
    schedule("fetch", key_of(item.url), due_at=desk.now, url=item.url, source=source.pk if source else None)
    return True
