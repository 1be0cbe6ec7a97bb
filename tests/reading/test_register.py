"""The register of towns: made once, found again, and made wherever there is room."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.reading import register


def town(number: int, name: str, people: int, *others: str) -> dict[str, Any]:
    return {
        "geonameid": number,
        "name": name,
        "latitude": 1.0,
        "longitude": 2.0,
        "countrycode": "NO",
        "admin1code": "01",
        "population": people,
        "alternatenames": list(others),
    }


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let the package tell of three towns, and count how often it does."""
    times: list[int] = []

    def few() -> Iterator[dict[str, Any]]:
        times.append(1)
        yield town(1, "Saint Alden", 900, "Aldenstad")
        yield town(2, "Brenmark", 70_000, "Brenmarkia", "BRM", "Брен")
        yield town(3, "Alden City", 4_000)

    monkeypatch.setattr(register, "_told", few)
    return times


def found(connection: sqlite3.Connection, name: str) -> list[int]:
    return [number for (number,) in connection.execute("SELECT town FROM called WHERE name = ?", (name,))]


def test_it_is_made_once_and_found_again(told: list[int], tmp_path: Path) -> None:
    for _ in range(2):
        assert found(register.opened_in(lambda: tmp_path), "brenmark") == [2]
    assert len(told) == 1
    (kept,) = tmp_path.iterdir()
    assert kept.suffix == ".sqlite"


def test_other_names_are_those_of_greater_towns_only(told: list[int], tmp_path: Path) -> None:
    opened = register.opened_in(lambda: tmp_path)
    assert found(opened, "brenmarkia") == [2]
    assert found(opened, "brm") == []
    assert found(opened, "aldenstad") == []
    assert found(opened, "alden") == [3]


def test_where_one_folder_takes_nothing_the_next_one_does(told: list[int], tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert found(register.opened_in(lambda: missing, lambda: tmp_path), "brenmark") == [2]
    assert [path.suffix for path in tmp_path.iterdir()] == [".sqlite"]


def test_without_any_folder_it_is_kept_in_memory(told: list[int], tmp_path: Path) -> None:
    assert found(register.opened_in(lambda: tmp_path / "missing"), "brenmark") == [2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Alden", "Saint Alden"),
        ("Mount Alden", "Mt. Alden"),
        ("D'Alden", "D’Alden"),
        ("Alden-Brenmark", "ÁLDEN brenmark"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert register.key(one) == register.key(other)
