"""Press reviews of what stands in the archive: published stories only, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects

from dateline.archive.models import Record
from dateline.archive.search import find
from dateline.site import shelves
from dateline.wire import press_review
from dateline.wire.press_review import Clipping, ReviewHead

MOST = 50


def review_of(
    records: Iterable[Record],
    *,
    title: str,
    language: str,
    now: datetime,
    query: str | None = None,
    found: str | None = None,
    left_out: Sequence[str] = (),
    lead: bool = False,
    ways: Sequence[tuple[str, str]] = (),
    pictures: bool = True,
) -> bytes:
    """Return the press review of ``records`` in their order, as HTML that stands alone.

    ``records`` come with their current versions; what is not published is passed over. ``language`` is that of the
    review's own words. ``query``, ``found`` (how many it finds, where that is more) and ``left_out`` (codes that are
    not there) say where the list comes from. ``lead`` cuts each story to its first paragraphs. Without ``pictures`` it
    can become a PDF (``wire.typesetting.pdf_of``). ``ways`` are links to other forms of it, for the screen.
    """
    head = ReviewHead(
        title=title,
        compiled=now,
        language=language,
        site_name=settings.DATELINE_SITE_NAME,
        site_url=settings.DATELINE_SITE_URL,
        query=query,
        found=found,
        left_out=left_out,
        ways=ways,
    )
    records = list(records)
    prefetch_related_objects(records, "editions")
    clippings = [clipping for record in records if (clipping := _clipping(record))]
    return press_review.dump(clippings, head, lead=press_review.LEAD if lead else None, pictures=pictures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """The stories of a press review and where they come from, as ``review_of`` wants it said."""

    records: Sequence[Record]
    query: str | None = None
    found: str | None = None
    left_out: Sequence[str] = ()

    @property
    def origin(self) -> dict[str, Any]:
        return {"query": self.query, "found": self.found, "left_out": self.left_out}


def asked(query: str, *, language: str | None, by_date: bool = False, most: int = MOST) -> Picked:
    """Return the first stories that a query finds."""
    found = find(query, language=language, order="date" if by_date else "relevance", most=most, with_facets=False)
    total = f"{found.total}+" if found.is_capped else str(found.total)
    records = [hit.record for hit in found.hits]
    return Picked(records=records, query=query, found=total if found.total > len(records) else None)


def picked(codes: Sequence[int]) -> Picked:
    """Return the published stories among ``codes``, in their order; the other codes are left out."""
    found = {record.code: record for record in Record.objects.published().with_current().filter(code__in=codes)}
    named = list(dict.fromkeys(codes))
    return Picked(
        records=[found[code] for code in named if code in found],
        left_out=[str(code) for code in named if code not in found],
    )


def _clipping(record: Record) -> Clipping | None:
    if record.state != Record.State.PUBLISHED or record.current is None:
        return None
    return Clipping(
        story=record.current.as_story(),
        permalink=settings.DATELINE_SITE_URL + record.path,
        code=str(record.code),
        language=record.language,
        behind=shelves.behind(record),
    )
