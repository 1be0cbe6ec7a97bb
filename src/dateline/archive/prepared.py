"""Questions whose SQL is written once: Django takes ten times as long to write it as SQLite takes to answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.query import ModelIterable, get_related_populators

R = TypeVar("R")
# Stand for what is asked about until it is known: no row has them.
_ANY: dict[type, int | str] = {int: 2**62 + 1, str: "\ufdd0"}


class Prepared(Generic[R]):
    """A queryset that depends on one number, such as a story's code, or on one word, such as a language.

    ``Prepared(lambda code: Record.objects.filter(code=code))`` asks what that queryset asks, with whatever it selects
    beside its own rows (``select_related``, ``defer``, ``values_list``), but nothing prefetched.
    """

    def __init__(self, question: Callable[[Any], models.QuerySet[Any, R]], of: type[int | str] = int) -> None:
        self._question = question
        self._any = _ANY[of]

    def __call__(self, about: int | str) -> list[R]:
        sql, given, build = self._written
        with connection.cursor() as cursor:
            cursor.execute(sql, [about if each == self._any else each for each in given])
            return [build(row) for row in cursor.fetchall()]

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...], Callable[[tuple[Any, ...]], R]]:
        asked = self._question(self._any)
        compiler: Any = asked.query.get_compiler(asked.db)
        sql, given = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select]).items()
        holds_models = asked._iterable_class is ModelIterable
        make: Callable[[list[Any]], Any] = _makes_models(asked, compiler) if holds_models else tuple

        def build(row: tuple[Any, ...]) -> R:
            values = list(row)
            for at, (convert, column) in converters:
                for each in convert:
                    values[at] = each(values[at], column, connection)
            made: R = make(values)
            return made

        return sql, given, build


def _makes_models(asked: models.QuerySet[Any, Any], compiler: Any) -> Callable[[list[Any]], Any]:
    """Return what makes a model, with those joined to it, of the values of a row."""
    own = compiler.klass_info["select_fields"]
    names = [compiler.select[at][0].target.attname for at in own]
    related = get_related_populators(compiler.klass_info, compiler.select, asked.db)  # type: ignore[call-arg]

    def make(values: list[Any]) -> Any:
        made = asked.model.from_db(asked.db, names, values[own[0] : own[-1] + 1])
        for each in related:
            each.populate(values, made)
        return made

    return make
