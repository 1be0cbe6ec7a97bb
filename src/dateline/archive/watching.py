"""What there is to tell those who watch a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from dateline.archive.models import Act, Correction, DeliveredStory, Delivery, Record, Watch
from dateline.archive.search import matches
from dateline.text.queries import Field, Query, parts_of, together
from dateline.text.query_reader import read_query

# What was dated longer before it is published here is archive, not news: an import tells nobody of it.
NEWS = timedelta(days=7)
_TELLING = ("publish", "correct", "retract", "read")
# Acts get their numbers before they are stored: one may come in behind a later one that was seen already.
_OVERLAP = 1_000
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidings:
    """That a story is new, was corrected (in ``version``) or withdrawn."""

    record: Record
    what: DeliveredStory.What
    version: int


def tidings(watch: Watch, record: Record) -> Tidings | None:
    """Return what a watch was not told yet of a record, None for nothing.

    A story is told once, and again only when readers are told of a correction or it is withdrawn.
    """
    told = list(DeliveredStory.objects.filter(watch=watch, record=record))
    if record.state == Record.State.WITHDRAWN:
        if not told or any(each.what == DeliveredStory.What.WITHDRAWN for each in told):
            return None
        return Tidings(record=record, what=DeliveredStory.What.WITHDRAWN, version=0)
    if record.state != Record.State.PUBLISHED or record.current is None or record.released_at is None:
        return None
    if told:
        last = max(each.version for each in told)
        noted = record.corrections.filter(kind=Correction.Kind.CORRECTION, version__number__gt=last)
        latest = noted.order_by("-version__number").values_list("version__number", flat=True).first()
        return Tidings(record=record, what=DeliveredStory.What.CORRECTED, version=latest) if latest else None
    is_news = record.released_at >= watch.made_at and record.released_at - record.published_at <= NEWS
    if not is_news or not matches(asked_by(watch), record):
        return None
    return Tidings(record=record, what=DeliveredStory.What.NEW, version=record.current.number)


def tidings_since(watch: Watch, last: int) -> list[Tidings]:
    """Return what the acts up to ``last`` have to tell a watch, the newest story first."""
    found = (tidings(watch, record) for record in _changed(watch.seen_act - _OVERLAP, last))
    return sorted(filter(None, found), key=lambda each: each.record.published_at, reverse=True)


def still_so(delivery: Delivery) -> list[DeliveredStory]:
    """Return what a delivery has to tell; of what was withdrawn before anybody was told of it, not a word."""
    whole = list(delivery.stories.select_related("record__current").order_by("pk"))
    sent = DeliveredStory.objects.filter(watch=delivery.watch, delivery__sent_at__isnull=False)
    known = set(sent.filter(record__in=[each.record_id for each in whole]).values_list("record", flat=True))
    return [each for each in whole if _is_still_so(each, is_known=each.record_id in known)]


def _is_still_so(each: DeliveredStory, *, is_known: bool) -> bool:
    if each.what == DeliveredStory.What.WITHDRAWN:
        return is_known
    return each.record.state == Record.State.PUBLISHED


def asked_by(watch: Watch) -> Query:
    """Return the query of a watch, in its language unless the query names another."""
    query = read_query(watch.query)
    parts = parts_of(query.part)
    if not watch.language or any(isinstance(part, Field) and part.name == "lang" for part in parts):
        return query
    return Query(said=query.said, part=together([*parts, Field(name="lang", words=(watch.language,))]))


def last_act() -> int:
    return Act.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _changed(after: int, last: int) -> Iterator[Record]:
    acts = Act.objects.filter(pk__gt=after, pk__lte=last, verb__in=_TELLING).exclude(record=None)
    wanted = list(dict.fromkeys(acts.order_by("pk").values_list("record", flat=True)))
    for at in range(0, len(wanted), _AT_ONCE):
        yield from _records(pk for pk in wanted[at : at + _AT_ONCE] if pk)


def _records(wanted: Iterable[int]) -> Iterable[Record]:
    return Record.objects.with_current().in_bulk(list(wanted)).values()
