"""Questions whose SQL is written once: Django takes ten times as long to write it as SQLite takes to answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cached_property
from operator import itemgetter
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators

R = TypeVar("R")
Asked = int | str | date | datetime
# Stand for what is asked about until it is known: no row has them.
_ANY: dict[type, Asked] = {
    int: 2**62 + 1,
    str: "\ufdd0",
    date: date(8999, 1, 1),
    datetime: datetime(8999, 1, 1, tzinfo=UTC),
}


class Prepared(Generic[R]):
    """A queryset that depends on a number, a word, a day or a time, or on one of each.

    ``Prepared(lambda code: Record.objects.filter(code=code), int)`` asks what that queryset asks, with whatever it
    selects beside its own rows (``select_related``, ``defer``, ``values_list``), but nothing prefetched.
    """

    def __init__(self, question: Callable[..., models.QuerySet[Any, R]], *of: type[Asked]) -> None:
        self._question = question
        self._any = [_ANY[each] for each in of]

    def __call__(self, *about: Asked) -> list[R]:
        sql, given, places, build = self._written
        told = [_adapted(each) for each in about]
        asked = list(given)
        for at, which in places:
            asked[at] = told[which]
        with connection.cursor() as cursor:
            cursor.execute(sql, asked)
            return [build(row) for row in cursor.fetchall()]

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...], list[tuple[int, int]], Callable[[tuple[Any, ...]], R]]:
        """Return the SQL, its parameters, where among them stands which of what is asked about, what builds a row."""
        asked = self._question(*self._any)
        compiler: Any = asked.query.get_compiler(asked.db)
        sql, given = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select]).items()
        make = _maker(asked, compiler)

        def build(row: tuple[Any, ...]) -> R:
            values = list(row)
            for at, (convert, column) in converters:
                for each in convert:
                    values[at] = each(values[at], column, connection)
            made: R = make(values)
            return made

        stood = [_adapted(each) for each in self._any]
        places = [(at, stood.index(each)) for at, each in enumerate(given) if each in stood]
        return sql, given, places, build


def _adapted(value: Asked) -> Any:
    """Return a value as the database is told of it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _maker(asked: models.QuerySet[Any, Any], compiler: Any) -> Callable[[list[Any]], Any]:
    """Return what makes of the values of a row what the queryset holds: a model with those joined to it, or values."""
    if asked._iterable_class is FlatValuesListIterable:
        return itemgetter(0)
    if asked._iterable_class is not ModelIterable:
        return tuple
    own = compiler.klass_info["select_fields"]
    names = [compiler.select[at][0].target.attname for at in own]
    related = get_related_populators(compiler.klass_info, compiler.select, asked.db)  # type: ignore[call-arg]

    def make(values: list[Any]) -> Any:
        made = asked.model.from_db(asked.db, names, values[own[0] : own[-1] + 1])
        for each in related:
            each.populate(values, made)
        return made

    return make
