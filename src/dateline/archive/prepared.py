"""Questions whose SQL is written once: Django takes ten times as long to write it as SQLite takes to answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=models.Model)
_ANY = 2**62 + 1  # stands for the number until it is known: no row has it


class Prepared(Generic[M]):
    """A queryset that depends on one number, such as a story's code.

    ``Prepared(lambda code: Record.objects.filter(code=code))`` asks what that queryset asks, with whatever it selects
    beside its own rows (``select_related``, ``defer``), but no annotations and nothing prefetched.
    """

    def __init__(self, question: Callable[[int], models.QuerySet[M]]) -> None:
        self._question = question

    def __call__(self, number: int) -> list[M]:
        sql, given, build = self._written
        with connection.cursor() as cursor:
            cursor.execute(sql, [number if each == _ANY else each for each in given])
            return [build(row) for row in cursor.fetchall()]

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...], Callable[[tuple[Any, ...]], M]]:
        asked = self._question(_ANY)
        compiler: Any = asked.query.get_compiler(asked.db)
        sql, given = compiler.as_sql()
        own = compiler.klass_info["select_fields"]
        names = [compiler.select[at][0].target.attname for at in own]
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        related = get_related_populators(compiler.klass_info, compiler.select, asked.db)  # type: ignore[call-arg]

        def build(row: tuple[Any, ...]) -> M:
            values = list(row)
            for at, (convert, column) in converters.items():
                for each in convert:
                    values[at] = each(values[at], column, connection)
            built = asked.model.from_db(asked.db, names, values[own[0] : own[-1] + 1])
            for each in related:
                each.populate(values, built)
            return built

        return sql, given, build
