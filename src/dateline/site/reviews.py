"""Press reviews of what stands in the archive: published stories only, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings

from dateline.archive.models import Record
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
    left_out: Sequence[str] = (),
    lead: bool = False,
    ways: Sequence[tuple[str, str]] = (),
    pictures: bool = True,
) -> bytes:
    """Return the press review of ``records`` in their order, as HTML that stands alone.

    ``records`` come with their current versions; what is not published is passed over. ``language`` is that of the
    review's own words. ``lead`` cuts each story to its first paragraphs. Without ``pictures`` it can become a PDF
    (``wire.typesetting.pdf_of``). ``ways`` are links to other forms of it, for the screen.
    """
    head = ReviewHead(
        title=title,
        compiled=now,
        language=language,
        site_name=settings.DATELINE_SITE_NAME,
        site_url=settings.DATELINE_SITE_URL,
        query=query,
        left_out=left_out,
        ways=ways,
    )
    clippings = [clipping for record in records if (clipping := _clipping(record))]
    return press_review.dump(clippings, head, lead=press_review.LEAD if lead else None, pictures=pictures)


def picked(codes: Sequence[int]) -> tuple[list[Record], list[str]]:
    """Return the published stories among ``codes`` in their order, and the codes that are none."""
    found = {record.code: record for record in Record.objects.published().with_current().filter(code__in=codes)}
    asked = list(dict.fromkeys(codes))
    return [found[code] for code in asked if code in found], [str(code) for code in asked if code not in found]


def _clipping(record: Record) -> Clipping | None:
    if record.state != Record.State.PUBLISHED or record.current is None:
        return None
    return Clipping(
        story=record.current.as_story(),
        permalink=settings.DATELINE_SITE_URL + record.path,
        code=str(record.code),
        language=record.language,
    )
