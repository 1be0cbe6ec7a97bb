"""Persons named in full, and the surnames they are called by afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.text.folding import fold

_NUMBERS = frozenset({"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIV", "XV", "XVI"})


def surname_of(name: str) -> str:
    """Return the folded surname of a person named in full, "" of one named by a single word."""
    parts = [part for part in name.split() if part not in _NUMBERS]
    return fold(parts[-1]) if len(parts) > 1 else ""


def full_names(named: Iterable[str]) -> dict[str, str]:
    """Return the persons named in full, by folded surname: the first full name of each.

    A surname that two different persons of the story bear belongs to neither.
    """
    full: dict[str, str] = {}
    shared: set[str] = set()
    for name in named:
        surname = surname_of(name)
        if not surname:
            continue
        known = full.setdefault(surname, name)
        if known != name and not alike(known, name):
            shared.add(surname)
    return {surname: name for surname, name in full.items() if surname not in shared}


def alike(one: str, other: str) -> bool:
    """Say whether two full names with one surname may be two spellings ("Sergei", "Sergey") or one shortened."""
    first, second = fold(one).split()[0].rstrip("."), fold(other).split()[0].rstrip(".")
    if not first or not second or first[0] != second[0]:
        return False
    short = min(len(first), len(second))
    return short == 1 or first[: max(2, short - 2)] == second[: max(2, short - 2)]
