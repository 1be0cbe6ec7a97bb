"""Say that a record is no edition of another story after all."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from dateline.archive.filing import filing
from dateline.archive.models import Act, Edition, Record
from dateline.newsroom.press import Press, print_pages, standing
from dateline.story import Refused


@filing()
def unlink_edition(record: Record, *, by: str, now: datetime, press: Press) -> None:
    """Take ``record`` from among its editions; where it is the original, they all stand alone then.

    Raises Refused where it has none.
    """
    links = Edition.objects.filter(Q(record=record) | Q(other=record) | Q(of_version__record=record))
    parted = {link.other_id for link in links}
    if not parted:
        raise Refused("not-linked", f"{record.code} has no editions")
    links.delete()
    for each in Record.objects.published().with_current().filter(pk__in=parted | {record.pk}):
        print_pages(each, before=standing(each), press=press, now=now)
    Act.objects.create(verb="unlink edition", record=record, by=by, at=now)
