"""States, their demonyms and seats of government, and international organisations: the names every story shares."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from dateline.text.folding import fold

FOLDER = Path(__file__).parent / "data"


def country_of(name: str) -> str | None:
    """Return the alpha-3 code of the state a name or demonym stands for ("Iran", "the U.S.", "Russian")."""
    return _state_names().get(_plain(name)) or _demonyms().get(_plain(name))


def is_demonym(name: str) -> bool:
    """Say whether a word means a state's people or what is theirs ("Russian", "Finns"), and not the state."""
    return _plain(name) in _demonyms()


def seat_of(name: str) -> str | None:
    """Return the alpha-3 code of the state whose government sits at a place ("Moscow", "the White House")."""
    return _seats().get(_plain(name))


def name_of(country: str) -> str:
    """Return the English name of a state; KeyError for a code that is none."""
    return str(_states()[country]["name"])


def capital_of(country: str) -> str:
    """Return the English name of a state's capital; KeyError for a code that is none."""
    return str(_states()[country]["capital"])


def is_capital(name: str) -> bool:
    """Say whether a name is that of a state's capital."""
    return _plain(name) in _capitals()


def middle_of(country: str) -> tuple[float, float] | None:
    """Return about the middle of a state's territory (degrees north, east), None for a code that is none."""
    at = _states().get(country, {}).get("middle")
    return None if at is None else (float(at[0]), float(at[1]))


def organisation(name: str) -> str | None:
    """Return the name we write for an international organisation, None when it is not in the list."""
    return _organisations().get(_plain(name))


@cache
def pattern() -> re.Pattern[str]:
    """Return what finds the states, demonyms and organisations of the lists in a text, as they are written there."""
    forms = [
        form for state in _states().values() for form in (state["name"], *state.get("also", ()), *state["demonyms"])
    ]
    forms += [form for name, others in _read("organisations").items() for form in (name, *others)]
    return re.compile(
        rf"(?<![\w.’'-])(?:{'|'.join(re.escape(form) for form in sorted(forms, key=len, reverse=True))})(?![\w-])"
    )


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """Return the form names are compared in.

    Initialisms keep their capitals and lose their stops, so that "US" and "U.S." are one, and "us" is neither.
    """
    name = " ".join(name.split()).removeprefix("the ").removeprefix("The ")
    bare = name.replace(".", "")
    if bare.upper() not in _initialisms():
        return fold(name)
    # "Nato" is how half the papers write it; "Who" and "Is" are words.
    return bare.upper() if bare.isupper() or (len(bare) > 3 and not bare.islower()) else "-"


@cache
def _initialisms() -> frozenset[str]:
    """Return the initialisms of both lists, which count in capitals only."""
    every = [form for state in _states().values() for form in state.get("also", ())]
    every += [form for name, others in _read("organisations").items() for form in (name, *others)]
    return frozenset(bare for form in every if (bare := form.replace(".", "")).isupper() and len(bare) <= 5)


@cache
def _state_names() -> dict[str, str]:
    return {_plain(form): code for code, state in _states().items() for form in (state["name"], *state.get("also", ()))}


@cache
def _demonyms() -> dict[str, str]:
    return {_plain(form): code for code, state in _states().items() for form in state["demonyms"]}


@cache
def _seats() -> dict[str, str]:
    return {
        _plain(form): code for code, state in _states().items() for form in (state["capital"], *state.get("seats", ()))
    }


@cache
def _capitals() -> frozenset[str]:
    return frozenset(_plain(state["capital"]) for state in _states().values())


@cache
def _organisations() -> dict[str, str]:
    return {_plain(form): name for name, others in _read("organisations").items() for form in (name, *others)}


@cache
def _states() -> dict[str, dict[str, Any]]:
    return _read("states")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
