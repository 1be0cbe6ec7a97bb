"""What a record leaves in the pages that are made of findings: whom it tells of, between whom, of which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateline.archive.models import Finding, Record

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """``told`` are the days its text puts events on, ``planned`` those it says something is to happen on.

    ``entities`` are keys with their names, ``pairs`` keys in their order; ``quarrels`` says that it accuses or denies.
    """

    told: frozenset[date]
    planned: frozenset[date]
    entities: frozenset[tuple[str, str]]
    pairs: frozenset[Pair]
    quarrels: bool


def trace_of(record: Record) -> Trace:
    """Return the trace of a published record, by one look-up."""
    told, planned, entities, pairs, quarrels = set(), set(), set(), set(), False
    rows = Finding.objects.filter(record=record, is_public=True).order_by()
    whom = ("entity__key", "entity__name", "other__key", "other__name")
    for value, modality, quad, dated, day, key, name, other, other_name in rows.values_list(
        "value", "modality", "quad", "dated", "day", *whom
    ):
        if dated != "story" and quad is not None:
            told.add(day)
        if dated != "story" and modality == "planned":
            planned.add(day)
        if key:
            entities.add((key, name))
        if other:
            entities.add((other, other_name))
        if key and other:
            pairs.add((min(key, other), max(key, other)))
        quarrels |= value in ("accuse", "deny")
    return Trace(
        told=frozenset(told),
        planned=frozenset(planned),
        entities=frozenset(entities),
        pairs=frozenset(pairs),
        quarrels=quarrels,
    )
