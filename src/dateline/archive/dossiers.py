"""What the published stories tell of one entity, of two, and of a day.

Everything is asked of Finding rows by index and of frequencies, never by reading stories: the cost of a page is that of
the rows it shows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import connection
from django.db.models import Count, Q, prefetch_related_objects

from dateline.archive.frequencies import ALL_TIME
from dateline.archive.models import Entity, Finding, Frequency, Record, Sighting
from dateline.archive.offices import as_role
from dateline.archive.search import vocabulary
from dateline.archive.search.doubting import names_like
from dateline.plain import from_plain
from dateline.reading import authority
from dateline.reading.deeds import QUADS
from dateline.story import Role, Stamp
from dateline.text.folding import fold
from dateline.text.query_reader import words_of
from dateline.text.slugs import slug

# Where a list was left: the day and row of the last finding.
Mark = tuple[date, int]
MOST = 50
_SIDES = ("told", "said", "did", "had")
_PLACES, _CANDIDATES = 300, 500
_ROWS = 25  # one finding may have: five who did it to five


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One quote or event, with the story that tells it.

    ``by`` and ``to`` are its parties: who spoke and of whom, who did it and to whom.
    """

    finding: Finding
    by: tuple[Entity, ...]
    to: tuple[Entity, ...]

    @property
    def record(self) -> Record:
        return self.finding.record


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """One who has to do with another: ``count`` findings between them, ``quads`` how many events of each quad."""

    entity: Entity
    count: int
    quads: Counter[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An office as stories say it is held: the days of the first and the last of ``stories`` that say so."""

    role: Role
    first: date
    last: date
    stories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Some findings of a list, newest first; ``next`` is where to go on behind them, None at the end."""

    found: tuple[Cited, ...]
    next: Mark | None


def events(entity: Entity, side: str = "", *, after: Mark | None = None, most: int = MOST) -> Column:
    """Return what an entity ``did`` or ``had`` done to it, or both, newest first."""
    ways = {"did": Q(entity=entity, kind="event"), "had": Q(other=entity, kind="event")}
    return column([ways[side]] if side else list(ways.values()), after=after, most=most)


def quotes(entity: Entity, stance: str = "", *, after: Mark | None = None, most: int = MOST) -> Column:
    """Return what an entity said, newest first; with one stance only where one is given."""
    said = Q(entity=entity, kind="quote")
    return column([said & Q(value=stance) if stance else said], after=after, most=most)


def between(one: Entity, other: Entity, kind: str, *, after: Mark | None = None, most: int = MOST) -> Column:
    """Return the events or quotes between two entities, either way, newest first."""
    ways = [Q(entity=one, other=other, kind=kind), Q(entity=other, other=one, kind=kind)]
    return column(ways, after=after, most=most)


def tellings(entity: Entity, *, after: Mark | None = None, most: int = MOST) -> Column:
    """Return where the stories that name an entity do so first, the newest story first."""
    return column([_naming(entity)], after=after, most=most)


def newest(entity: Entity, *, most: int = 100) -> list[int]:
    """Return the row ids of the newest stories that name an entity."""
    rows = Finding.objects.filter(_naming(entity), is_public=True).order_by("-day", "-pk")
    return list(rows.values_list("record", flat=True)[:most])


def where(records: Sequence[int]) -> list[tuple[Entity, int]]:
    """Return the places on the map that public stories name, the most named first, with the number of stories."""
    # By the index of records: were a kind asked for, one of kinds would be taken and read from end to end.
    placing = Count("pk", filter=Q(kind="place", is_public=True))
    rows = Finding.objects.filter(record__in=records).values_list("entity").annotate(n=placing)
    counts = {entity: n for entity, n in rows.order_by("-n", "entity")[:_PLACES] if entity and n}
    placed = Entity.objects.in_bulk(counts)
    known = ((entity, counts[pk]) for pk, entity in placed.items() if entity.lat is not None)
    return sorted(known, key=lambda each: (-each[1], each[0].name))


def sources(records: Sequence[int]) -> list[tuple[str, int]]:
    """Return whom stories come from, with the number of stories."""
    return sorted(Counter(credited(records).values()).items(), key=lambda each: (-each[1], each[0]))


def credited(records: Collection[int]) -> dict[int, str]:
    """Return for each story whom it is credited to, else where it was seen first."""
    names = dict(Record.objects.filter(pk__in=records).exclude(credit="").values_list("pk", "credit"))
    seen = Sighting.objects.filter(record__in=set(records) - names.keys()).order_by("-first_seen_at", "-pk")
    return names | dict(seen.values_list("record", "source__name"))


def stamps(records: Collection[int]) -> dict[int, Stamp]:
    """Return for each story the date it states, where it states one."""
    rows = Record.objects.filter(pk__in=records).values_list("pk", "current__story__published")
    return {pk: from_plain(Stamp, stated) for pk, stated in rows if stated}


def offices(person: Entity, *, most: int = 200) -> list[Held]:
    """Return the offices the newest and the oldest stories say a person holds, the latest said first."""
    rows = Finding.objects.filter(entity=person, kind="office", is_public=True)
    said = [*rows.order_by("-day", "-pk").values_list("value", "day")[:most]]
    if len(said) == most:
        said += rows.order_by("day", "pk").values_list("value", "day")[:most]
    days: dict[str, list[date]] = defaultdict(list)
    for value, day in said:
        days[value].append(day)
    for value in list(days):
        # "The secretary of state" is the office that another story tells in full.
        office, bare = value.partition("|")[0], value.endswith("||")
        fuller = [other for other in days if other != value and other.casefold().startswith(f"{office}|".casefold())]
        if bare and fuller:
            days[fuller[0]] += days.pop(value)
    held = [Held(role=as_role(value), first=min(of), last=max(of), stories=len(of)) for value, of in days.items()]
    return sorted(held, key=lambda each: (each.last, each.stories), reverse=True)


def months(entity: Entity, side: str, *, other: Entity | None = None) -> dict[int, Counter[str]]:
    """Return counts by month (year × 100 + month) and value: see Frequency for sides."""
    rows = Frequency.objects.filter(entity=entity, side=side, other=other.pk if other else 0, count__gt=0)
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for month, value, count in rows.exclude(month=ALL_TIME).order_by("month").values_list("month", "value", "count"):
        found[month][value] += count
    return dict(found)


def balance(one: Entity, other: Entity) -> dict[int, Counter[int]]:
    """Return the events between two entities by month and PLOVER's quad (1 and 2 cooperate, 3 and 4 conflict)."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for side in ("did", "had"):
        for month, types in months(one, side, other=other).items():
            for type_, count in types.items():
                found[month][QUADS[type_]] += count
    return dict(sorted(found.items()))


def partners(entity: Entity, *, most: int = 20) -> list[Partner]:
    """Return those with whom an entity has most to do."""
    top = Frequency.objects.filter(entity=entity, side="with", month=ALL_TIME, count__gt=0).order_by("-count", "other")
    counts = dict(top.values_list("other", "count")[:most])
    deeds = Frequency.objects.filter(entity=entity, side__in=("did", "had"), other__in=counts, month=ALL_TIME)
    quads: dict[int, Counter[int]] = defaultdict(Counter)
    for other, value, count in deeds.values_list("other", "value", "count"):
        quads[other][QUADS[value]] += count
    named = Entity.objects.in_bulk(counts)
    return [Partner(entity=named[pk], count=count, quads=quads[pk]) for pk, count in counts.items() if pk in named]


def leading(kind: str, *, most: int = MOST) -> list[Entity]:
    """Return the entities of a kind that most stories name."""
    return list(Entity.objects.filter(kind=kind, stories__gt=0).order_by("-stories", "-pk")[:most])


def totals(entity: Entity) -> Counter[str]:
    """Return the counts for all time by side: see Frequency."""
    rows = Frequency.objects.filter(entity=entity, side__in=_SIDES, other=0, month=ALL_TIME)
    counts: Counter[str] = Counter()
    for side, count in rows.values_list("side", "count"):
        counts[side] += count
    return counts


def stances(entity: Entity) -> Counter[str]:
    """Return how many quotes of each stance an entity has."""
    rows = Frequency.objects.filter(entity=entity, side="said", other=0, month=ALL_TIME, count__gt=0)
    return Counter(dict(rows.values_list("value", "count")))


def known(key: str) -> Entity | None:
    """Return the entity of a key, None where no published story tells of it."""
    entity = Entity.objects.filter(key=key).first()
    if entity is None or entity.stories:
        return entity
    told = Frequency.objects.filter(entity=entity, side__in=_SIDES, other=0, month=ALL_TIME, count__gt=0)
    return entity if told.exists() else None


def called(kinds: Iterable[str], words: str, *, most: int = MOST) -> list[Entity]:
    """Return the entities of some kinds that words may mean, those most stories name first."""
    found = Entity.objects.filter(meant(kinds, words), stories__gt=0)[:_CANDIDATES]
    return sorted(found, key=lambda each: (-each.stories, each.key))[:most]


def meant(kinds: Iterable[str], words: str) -> Q:
    """Return what holds for the entities of some kinds that words may mean.

    The words are the beginning of a full name as its key has it, a person's surname, a place's name or one like it as
    stories write it, or a state's name in English.
    """
    wanted, start = Q(pk__in=()), slug(fold(words))
    for kind in kinds:
        if kind == "GEO":
            known = vocabulary.among(each.token for each in names_like("place", words_of(words))) if words else {}
            wanted |= Q(kind=kind, name__in={words, words.title(), *known.values()})
            continue
        wanted |= beginning(f"{kind.casefold()}:{start}")
        if kind == "PER":
            wanted |= Q(kind=kind, surname=fold(words))
        if kind == "LOC" and (country := authority.country_of(words)):
            wanted |= Q(key=f"loc:{country.casefold()}")
    return wanted


def beginning(prefix: str) -> Q:
    """Return what keys begin with ``prefix``, in the words that the index of each database answers."""
    if connection.vendor == "sqlite":
        return Q(key__gte=prefix, key__lt=prefix + chr(0x10FFFF))
    return Q(key__startswith=prefix)


def _naming(entity: Entity) -> Q:
    return Q(entity=entity, kind="place" if entity.kind == "GEO" else "mention")


def column(ways: Sequence[Q], *, after: Mark | None, most: int) -> Column:
    """Merge the rows that hold any of ``ways``, newest first, and make findings of them."""
    limit = most + _ROWS  # what more is read than shown is enough to end with a whole finding
    rows: dict[int, Finding] = {}
    floor: Mark | None = None  # behind it, not every way was read
    for way in ways:
        some = Finding.objects.filter(way, is_public=True)
        if after:
            # Not "an earlier day, or the same and …": the index would be read from its beginning.
            some = some.filter(day__lte=after[0]).exclude(day=after[0], pk__gte=after[1])
        read = list(some.order_by("-day", "-pk")[: limit + 1])
        if len(read) > limit:
            floor = max(floor or _mark(read[-1]), _mark(read[-1]))
        rows |= {row.pk: row for row in read}
    ordered = sorted((row for row in rows.values() if not floor or _mark(row) > floor), key=_mark, reverse=True)
    # The rows of one finding stand together, as they were made together.
    grouped = [list(group) for _, group in groupby(ordered, key=lambda row: (row.record_id, row.fingerprint))]
    if floor and len(grouped) > 1:
        grouped.pop()  # it may have more rows
    shown = grouped[:most]
    is_more = bool(shown) and (len(grouped) > most or floor is not None)
    prefetch_related_objects([row for rows in shown for row in rows], "record", "entity", "other")
    return Column(found=tuple(map(_cited, shown)), next=_mark(shown[-1][-1]) if is_more else None)


def _mark(row: Finding) -> Mark:
    return row.day, row.pk


def _cited(rows: Sequence[Finding]) -> Cited:
    return Cited(
        finding=rows[0],
        by=tuple(dict.fromkeys(row.entity for row in rows if row.entity)),
        to=tuple(dict.fromkeys(row.other for row in rows if row.other)),
    )
