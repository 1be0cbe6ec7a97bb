"""Find the stories that tell of one event."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from dateline.archive.models import Act, EventGroup, Finding, Record, Shingle
from dateline.archive.models.records import RecordSet
from dateline.newsroom.press import Press, print_pages, standing
from dateline.reading.grouping import FARTHEST, Grouping
from dateline.text.similarity import sketch_of

_APART = timedelta(days=FARTHEST)
# What is common among so many stories of about these days is no sign of one event.
_BACKGROUND = 300
_RAREST = 8  # names by which others are looked up
_LOOKED_AT = 200  # stories for each of them
_COMPARED = 40


def group(*, press: Press, by: str, now: datetime, most: int | None = None) -> int:
    """Put the published stories that were not grouped yet beside the others of their event; return how many were.

    Others are looked up among the stories of the days around, by the rarest names both tell and by like words: the
    cost does not grow with the archive. A story that was placed stays where it is, whatever comes later. The pages of
    a group's stories name the others, and are pressed anew.
    """
    backgrounds: dict[tuple[str, int, int], Grouping] = {}
    waiting = Record.objects.ungrouped().with_current()
    placed = 0
    for record in waiting.iterator(chunk_size=100) if most is None else waiting[:most]:
        key = (record.language, record.published_at.year, record.published_at.month)
        if key not in backgrounds:
            backgrounds = {key: _background(record)}  # stories come in the order of their dates
        _place(record, backgrounds[key].emptied(), press=press, now=now)
        placed += 1
    if placed:
        Act.objects.create(verb="group", by=by, at=now, detail={"stories": placed})
    return placed


@transaction.atomic
def _place(record: Record, grouping: Grouping, *, press: Press, now: datetime) -> None:
    record.grouped_at = now
    grouped: dict[int, list[Record]] = {}
    for other in _others(record):
        number = -(other.group_id or 0) * 2 - 1 if other.group_id else -other.pk * 2  # odd: a group, even: one story
        grouped.setdefault(number, []).append(other)
        assert other.current is not None
        grouping.know(str(other.pk), other.current.as_story(), group=number)
    assert record.current is not None
    member = grouping.place(str(record.pk), record.current.as_story(), is_learnt=True)
    if companions := grouped.get(member.group):
        record.group = companions[0].group or EventGroup.objects.create(made_at=now)
        Record.objects.filter(pk__in=[each.pk for each in companions]).update(group=record.group)
        record.copy_of = next((each for each in companions if str(each.pk) == member.copy_of), None)
    record.save(update_fields=["grouped_at", "group", "copy_of"])
    if record.group:
        for each in record.group.records.published().with_current():
            print_pages(each, before=standing(each), press=press, now=now)


def _others(record: Record) -> list[Record]:
    """Return the placed stories to compare one with, and all that are grouped with them."""
    first, last = record.published_at - _APART, record.published_at + _APART
    scores: defaultdict[int, float] = defaultdict(float)
    named = Finding.objects.filter(record=record, kind="mention", entity__isnull=False)
    rarest = named.order_by("entity__stories", "entity").values_list("entity", "entity__stories")[:_RAREST]
    for entity, count in rarest:
        near = Finding.objects.filter(
            entity=entity, kind="mention", day__gte=first.date(), day__lte=last.date(), is_public=True
        ).order_by("-day", "-pk")
        for pk in near.values_list("record", flat=True)[:_LOOKED_AT]:
            scores[pk] += 1 / max(count, 1)
    own = sketch_of(record.current.as_story().text) if record.current else ()
    for pk in Shingle.objects.filter(value__in=own).values_list("record", flat=True)[:_LOOKED_AT]:
        scores[pk] += 1
    scores.pop(record.pk, None)
    likeliest = sorted(scores, key=lambda pk: (-scores[pk], pk))[:_COMPARED]
    near_by = (
        Record.objects.published()
        .in_language(record.language)
        .filter(published_at__range=(first, last), grouped_at__isnull=False)
    )
    best = near_by.filter(pk__in=likeliest)
    groups = {group for group in best.values_list("group", flat=True) if group}
    return list(near_by.filter(Q(pk__in=best.values("pk")) | Q(group__in=groups)).with_current().order_by("pk"))


def _background(record: Record) -> Grouping:
    grouping = Grouping()
    same: RecordSet = Record.objects.published().in_language(record.language).with_current()
    for near in same.filter(published_at__lte=record.published_at + _APART).newest()[:_BACKGROUND]:
        if near.current:
            grouping.learn(near.current.as_story())
    return grouping
