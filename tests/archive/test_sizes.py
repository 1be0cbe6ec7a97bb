"""What SQLite is told of the sizes of tables, and that a small archive is asked as a large one must be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.sqlite, pytest.mark.usefixtures("db")]
FEW = list(range(25))


def told() -> dict[str, list[int]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT idx, stat FROM sqlite_stat1")
        return {index: [int(figure) for figure in stat.split()] for index, stat in cursor.fetchall()}


def test_every_index_is_told_of_and_narrows() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name LIKE 'archive_%'"
            " AND tbl_name NOT LIKE 'archive_search%'"
        )
        indexes = {name for (name,) in cursor.fetchall()}
    assert indexes <= told().keys()
    assert all(figures == sorted(figures, reverse=True) and figures[-1] >= 1 for figures in told().values())


def test_to_be_told_again_changes_nothing() -> None:
    from dateline.archive.sizes import tell

    before = told()
    tell()
    assert told() == before


@pytest.mark.parametrize(
    ("model", "asked", "plan"),
    [
        ("Record", lambda found: found.published().filter(pk__in=FEW), "INTEGER PRIMARY KEY"),
        ("Record", lambda found: found.published().filter(code__in=FEW), "(code=?)"),
        ("Record", lambda found: found.published().filter(group=1), "(group_id=?)"),
        ("Record", lambda found: found.published().in_language("en").newest(), "records_by_language"),
        ("Rendering", lambda found: found.filter(path__in=FEW, press="of this make"), "(path=?)"),
        ("Touch", lambda found: found.filter(path__in=FEW, pressed=False), "(path=?)"),
        ("Finding", lambda found: found.filter(record__in=FEW, kind="event", value="accuse"), "(record_id=?)"),
        ("Finding", lambda found: found.filter(entity=1, kind="quote").order_by("-day"), "findings_of_entity"),
        ("Finding", lambda found: found.filter(entity=1, kind="quote", value="against"), "quotes_by_stance"),
    ],
)
def test_few_rows_are_found_by_what_few_have_and_the_newest_in_their_order(
    model: str, asked: Callable[[Any], Any], plan: str
) -> None:
    from django.apps import apps

    explained = asked(apps.get_model("archive", model).objects.all()).explain()
    assert plan in explained
    assert "TEMP B-TREE" not in explained
