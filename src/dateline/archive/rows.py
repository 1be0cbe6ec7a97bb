"""Many rows at once, without Django's work for each value of each row.

Django's ``bulk_create`` asks each field of each row what kind of thing it holds: of a story filed, that costs more than
the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db import connection, models

from dateline.archive.models.fields import ShortText

M = TypeVar("M", bound=models.Model)
# What every database takes as it is.
_AS_IT_IS = frozenset({int, bool, type(None)})
_AT_ONCE = 50  # rows of one statement that tells their keys
_ASKED_AT_ONCE = 30_000  # values: SQLite takes 32,766


def insert(made: Iterable[M]) -> None:
    """Insert new objects of one model; they are not told their keys."""
    rows = list(made)
    if rows:
        into, places, values = _plan(type(rows[0]))
        with connection.cursor() as cursor:
            cursor.executemany(f"{into} {places}", [values(row) for row in rows])


def insert_told(made: Iterable[M]) -> list[M]:
    """Insert new objects of one model, and give each its key."""
    rows = list(made)
    if rows:
        into, places, values = _plan(type(rows[0]))
        with connection.cursor() as cursor:
            for some in (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE)):
                sql = f"{into} {', '.join([places] * len(some))} RETURNING id"
                cursor.execute(sql, [value for row in some for value in values(row)])
                for row, (key,) in zip(some, cursor.fetchall(), strict=True):
                    row.pk = key
                    row._state.adding = False
    return rows


def asked_for(sql: str, values: Iterable[int | str]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a question about very many values, which takes them where ``%s`` stands in it: ``IN (%s)``."""
    ordered = sorted(set(values))
    with connection.cursor() as cursor:
        for some in (ordered[at : at + _ASKED_AT_ONCE] for at in range(0, len(ordered), _ASKED_AT_ONCE)):
            cursor.execute(sql % ", ".join(["%s"] * len(some)), some)
            yield from cursor.fetchall()


def _plan(model: type[models.Model]) -> tuple[str, str, Callable[[models.Model], list[Any]]]:
    """Return how to insert rows of a model: the statement up to the first row, a row's places in it, its values."""
    fields: Sequence[Any] = [field for field in model._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    known: dict[tuple[Any, Any], Any] = {}  # moments: those of a batch are few

    def value(field: Any, held: Any) -> Any:
        if type(held) in _AS_IT_IS and not isinstance(field, models.JSONField):
            return held
        if type(held) is str and type(field) is models.TextField:
            return held
        if isinstance(field, ShortText) and type(held) is str:
            return field.fitted(held)
        if not isinstance(field, models.DateTimeField):
            return field.get_db_prep_save(held, connection)
        if (field.name, held) not in known:
            known[field.name, held] = field.get_db_prep_save(held, connection)
        return known[field.name, held]

    def values(row: models.Model) -> list[Any]:
        return [value(field, getattr(row, field.attname)) for field in fields]

    columns = ", ".join(quote(field.column) for field in fields)
    into = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES"
    return into, f"({', '.join(['%s'] * len(fields))})", values
