"""Events, quotes and entities of the whole archive, by what they are and who is in them.

Each question is put so that an index of Finding answers it in the order of days, or of Entity in the order of keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dateline.archive.dossiers import Column, Mark, beginning, column, meant
from dateline.archive.models import Entity, Record, Version

# What a speaker does with what is said, by the lexicon of cues.
STANCES = (
    "say",
    "argue",
    "think",
    "show",
    "ask",
    "want",
    "promise",
    "threaten",
    "accuse",
    "deny",
    "reject",
    "praise",
    "agree",
    "predict",
    "order",
)
KINDS = ("PER", "ORG", "LOC", "GEO", "MISC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which events or quotes are asked for; what is None or empty is not asked about.

    ``did`` and ``had`` are the entities on both sides, ``either`` is one on whichever.
    """

    value: str = ""
    quad: int | None = None
    modalities: tuple[str, ...] = ()
    did: Entity | None = None
    had: Entity | None = None
    either: Entity | None = None
    first: date | None = None
    last: date | None = None

    def narrowed(self, way: Q) -> Q:
        """Return ``way`` with everything else that is asked."""
        for name, value in (
            ("value", self.value),
            ("quad", self.quad),
            ("modality__in", self.modalities),
            ("entity", self.did),
            ("other", self.had),
            ("day__gte", self.first),
            ("day__lte", self.last),
        ):
            if value:
                way &= Q(**{name: value})
        return way


def told_events(sought: Sought, *, after: Mark | None, most: int) -> Column:
    """Return events of the archive, newest first by the day they are dated to."""
    way = sought.narrowed(Q(kind="event", quad__isnull=False))
    sides = [Q(entity=sought.either), Q(other=sought.either)] if sought.either else [Q()]
    return column([way & side for side in sides], after=after, most=most)


def told_quotes(sought: Sought, *, after: Mark | None, most: int) -> Column:
    """Return quotes of the archive, newest first."""
    if sought.value or sought.did or sought.had:
        return column([sought.narrowed(Q(kind="quote"))], after=after, most=most)
    # The index goes by stance: all of them, one after the other, are as many short walks.
    ways = [sought.narrowed(Q(kind="quote", value=stance)) for stance in STANCES]
    return column(ways, after=after, most=most)


def public_entities(*, kind: str = "", words: str = "", after: str = "") -> QuerySet[Entity]:
    """Return the entities that published stories name, by their keys: new stories move none.

    ``words`` are what they may be called (see ``dossiers.meant``).
    """
    found = Entity.objects.filter(stories__gt=0, key__gt=after).order_by("key")
    if words:
        return found.filter(meant([kind] if kind else KINDS, words))
    return found.filter(beginning(f"{kind.casefold()}:")) if kind else found


def public_versions(record: Record) -> QuerySet[Version]:
    """Return the versions readers may have seen: the one that was published first, and every later one."""
    versions = Version.objects.filter(record=record).order_by("number")
    first = versions.filter(filed_at__lte=record.released_at).last() if record.released_at else None
    return versions.filter(number__gte=first.number) if first else versions
