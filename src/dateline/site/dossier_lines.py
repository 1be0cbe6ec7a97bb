"""What the archive tells of an entity, a pair or a day, as lines of a page: each leads to the sentence it stands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dateline.archive.dossiers import Cited, Mark
from dateline.archive.models import Entity, Record
from dateline.reading import authority
from dateline.site import wording
from dateline.site.addresses import dossier_path, sentence
from dateline.text.direction import Direction, direction_of_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One who did something, had it done to them, or spoke. ``path`` is empty where there is nothing to lead to."""

    name: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An event, a quote, or a story that names somebody. ``value`` is its type or stance, ``words`` what is cited."""

    kind: str
    value: str
    href: str
    words: str
    record: Record
    day: str
    dated: str
    quad: int | None = None
    modality: str = ""
    by: tuple[Party, ...] = ()
    to: tuple[Party, ...] = ()

    @property
    def language(self) -> str:
        return self.record.language

    @property
    def direction(self) -> Direction:
        return direction_of_language(self.record.language)


def name_of(entity: Entity) -> str:
    """Return a state's name in the active language, any other's as stories write it."""
    code = entity.key.removeprefix("loc:").upper()
    if entity.key.startswith("loc:") and authority.is_code(code):
        return wording.country(code)
    return entity.name


def party(entity: Entity, language: str, *, here: Iterable[Entity] = ()) -> Party:
    """Return how a line names an entity; the page's own are no links."""
    path = "" if entity in here else dossier_path(language, entity.key, entity.name)
    return Party(name=name_of(entity), path=path)


def line(cited: Cited, language: str, *, here: Iterable[Entity] = ()) -> Line:
    row, record = cited.finding, cited.record
    together = set(cited.by) == set(cited.to)  # "the ministers met": each did it to each
    return Line(
        kind=row.kind,
        value=row.value,
        href=sentence(record.path, row.fingerprint),
        words=" ".join(row.label.split()),
        record=record,
        day=row.day.isoformat(),
        dated=row.dated,
        quad=row.quad,
        modality=row.modality,
        by=tuple(party(each, language, here=here) for each in cited.by),
        to=tuple(party(each, language, here=here) for each in cited.to if not together),
    )


def said(line: Line) -> str:
    """Return an event or a quote in a few words, as charts name it: who, what, to whom."""
    by, to = ", ".join(each.name for each in line.by), ", ".join(each.name for each in line.to)
    verb = wording.deed(line.value) if line.kind == "event" else wording.stance(line.value)
    return " ".join(part for part in (by or wording.somebody(), verb, f"→ {to}" if to else "") if part)


def cursor(mark: Mark | None) -> str:
    """Write where a list was left: ``2015-05-12.1234``."""
    return f"{mark[0].isoformat()}.{mark[1]}" if mark else ""


def mark_at(cursor: str) -> Mark | None:
    """Read it again; None for what is none."""
    day, _, row = cursor.partition(".")
    if not (row.isascii() and row.isdigit() and len(row) < 19):
        return None
    try:
        return date.fromisoformat(day), int(row)
    except ValueError:
        return None
