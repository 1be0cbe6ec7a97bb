"""Editions: one story in several languages, an original and what was made of a version of it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.archive.models import Edition, Record, Version
from dateline.archive.prepared import Prepared

_linked = Prepared(lambda record: Edition.objects.filter(record=record).values_list("pk")[:1], int)
_links = Prepared(lambda record: Edition.objects.filter(record=record), int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """A story in another language, and how it stands to the original.

    ``of_version`` is the number of the original's version that it tells, None where it is the original itself;
    ``out_of_date_since`` the first version of the original that it does not tell.
    """

    record: Record
    of_version: int | None = None
    out_of_date_since: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a story was made of: its original, as it then was and as it stands now."""

    original: Record
    of_version: int
    version_now: int
    out_of_date_since: int | None = None


def editions_of(record: Record) -> list[Counterpart]:
    """Return the published editions of a story in other languages, by language."""
    links = [link for link in _links_of(record) if link.other.state == Record.State.PUBLISHED]
    return [_counterpart(link) for link in sorted(links, key=lambda link: link.other.language)]


def basis_of(record: Record) -> Basis | None:
    """Return what a story was made of, None where it is an original or stands alone."""
    link = link_to_original(record)
    if link is None or link.other.current is None:
        return None
    return Basis(
        original=link.other,
        of_version=link.of_version.number,
        version_now=link.other.current.number,
        out_of_date_since=_out_of_date_since(link.of_version),
    )


def link_to_original(record: Record) -> Edition | None:
    """Return the link of an edition to its original."""
    return next((link for link in _links_of(record) if link.of_version.record_id == link.other_id), None)


def _links_of(record: Record) -> list[Edition]:
    # Few stories are linked: to ask for all that a link leads to costs three times as much as to ask for one.
    return _links(record.pk) if _linked(record.pk) else []


def _counterpart(link: Edition) -> Counterpart:
    if link.of_version.record_id == link.other_id:
        return Counterpart(record=link.other)
    return Counterpart(
        record=link.other,
        of_version=link.of_version.number,
        out_of_date_since=_out_of_date_since(link.of_version),
    )


def _out_of_date_since(told: Version) -> int | None:
    """Return the first version after the one that was told, where there is one."""
    current = told.record.current
    return told.number + 1 if current is not None and current.number > told.number else None
