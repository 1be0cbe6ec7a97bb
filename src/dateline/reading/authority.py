"""What every story may name and nobody needs to introduce: states, lands, peoples and the great organisations."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from dateline.text.folding import fold
from dateline.text.spans import Span

FOLDER = Path(__file__).parent / "data"
# Texts rebuilt from tokens write "Sub - Saharan" and "U. S.".
_LOOSE = re.compile(r"\s*([-–/])\s*")
_SPELT = re.compile(r"[A-Z]\.(?:\s?[A-Z]\.)*\s?[A-Z]?\.?")
_RUN = re.compile(r"[^\W_]+")


def country_of(name: str) -> str | None:
    """Return the alpha-3 code of the state a name or demonym stands for ("Iran", "the U.S.", "Russian")."""
    return _state_names().get(plain(name)) or _demonyms().get(plain(name))


def is_demonym(name: str) -> bool:
    """Say whether a word means a state's people or what is theirs ("Russian", "Finns"), and not the state."""
    return plain(name) in _demonyms()


def seat_of(name: str) -> str | None:
    """Return the alpha-3 code of the state whose government sits at a place ("Moscow", "the White House")."""
    return _seats().get(plain(name))


def is_code(name: str) -> bool:
    """Say whether three capitals are the alpha-3 code of a state, as results of games write it."""
    return name in _states()


def name_of(country: str) -> str:
    """Return the English name of a state; KeyError for a code that is none."""
    return str(_states()[country]["name"])


def capital_of(country: str) -> str:
    """Return the English name of a state's capital; KeyError for a code that is none."""
    return str(_states()[country]["capital"])


def is_capital(name: str) -> bool:
    """Say whether a name is that of a state's capital."""
    return plain(name) in _capitals()


def middle_of(country: str) -> tuple[float, float] | None:
    """Return about the middle of a state's territory (degrees north, east), None for a code that is none."""
    at = _states().get(country, {}).get("middle")
    return None if at is None else (float(at[0]), float(at[1]))


def organisation(name: str) -> str | None:
    """Return the name we write for an organisation of the list, None when it is not in it."""
    return _organisations().get(plain(name))


def sector_of(organisation: str) -> str | None:
    """Return PLOVER's sector of an organisation, by the name we write for it."""
    return _sectors().get(organisation)


def is_land(name: str) -> bool:
    """Say whether a name is that of a part of the world or of a state ("the Sahel", "Quebec")."""
    return plain(name) in _lands()


def land_in(name: str) -> str | None:
    """Return the alpha-3 code of the state a land is part of, None where it is part of several or of none."""
    return _lands().get(plain(name))


def is_people(name: str) -> bool:
    """Say whether a name is that of a people, faith, tongue or current, and of no place or body ("Kurdish")."""
    return plain(name) in _peoples()


def known_in(text: str) -> Iterator[Span]:
    """Yield where names of the lists stand in a text as they are written there, in order and without overlap."""
    forms, end = _forms(), 0
    for run in _RUN.finditer(text):
        start = run.start()
        if start < end or run[0] not in forms or (start and text[start - 1] in ".’'-@/"):
            continue
        if found := _group(run[0]).match(text, start):
            end = found.end()
            yield Span(start, end)


@cache
def _forms() -> dict[str, list[str]]:
    """Return every written form of the lists by its first word."""
    every = [form for state in _states().values() for form in (*_named(state), *state["demonyms"])]
    every += [form for _, name, others in _bodies() for form in (name, *others)]
    every += [form for form, _ in _each_land()] + list(_each_people())
    forms: dict[str, list[str]] = {}
    for form in every:
        if (first := _RUN.match(form)) is not None:
            forms.setdefault(first[0], []).append(form)
    return forms


@cache
def _group(first: str) -> re.Pattern[str]:
    """Return what finds the forms that begin with a word, the longest first."""

    def written(form: str) -> str:
        loose = _LOOSE.sub(r" \1 ", re.sub(r"\.(?=.)", ". ", form))
        return re.escape(loose).replace(r"\ ", r"\s?" if loose != form else r"\s")

    forms = sorted(_forms()[first], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(written, forms))})(?![\w-])")


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """Return the form names are compared in.

    Initialisms keep their capitals and lose their stops, so that "US" and "U.S." are one, and "us" is neither.
    """
    name = _LOOSE.sub(r"\1", " ".join(name.split()).removeprefix("the ").removeprefix("The ")).replace("’", "'")
    bare = name.replace(".", "")
    if _SPELT.fullmatch(name):
        bare = bare.replace(" ", "")
    if bare.upper() not in _initialisms():
        return fold(name)
    # "Nato" is how half the papers write it; "Who" and "Is" are words.
    return bare.upper() if bare.isupper() or (len(bare) > 3 and not bare.islower()) else "-"


@cache
def _initialisms() -> frozenset[str]:
    """Return the initialisms of the lists, which count in capitals only."""
    every = [form for state in _states().values() for form in state.get("also", ())]
    every += [form for _, name, others in _bodies() for form in (name, *others)]
    return frozenset(bare for form in every if (bare := form.replace(".", "")).isupper() and len(bare) <= 5)


def _named(state: dict[str, Any]) -> tuple[str, ...]:
    return (state["name"], *state.get("also", ()))


@cache
def _state_names() -> dict[str, str]:
    return {plain(form): code for code, state in _states().items() for form in _named(state)}


@cache
def _demonyms() -> dict[str, str]:
    return {plain(form): code for code, state in _states().items() for form in state["demonyms"]}


@cache
def _seats() -> dict[str, str]:
    return {
        plain(form): code for code, state in _states().items() for form in (state["capital"], *state.get("seats", ()))
    }


@cache
def _capitals() -> frozenset[str]:
    return frozenset(plain(state["capital"]) for state in _states().values())


@cache
def _organisations() -> dict[str, str]:
    return {plain(form): name for _, name, others in _bodies() for form in (name, *others)}


@cache
def _sectors() -> dict[str, str]:
    return {name: sector for sector, name, _ in _bodies()}


@cache
def _lands() -> dict[str, str | None]:
    return {plain(form): code for form, code in _each_land()}


@cache
def _peoples() -> frozenset[str]:
    return frozenset(map(plain, _each_people()))


@cache
def _states() -> dict[str, dict[str, Any]]:
    return _read("states")


@cache
def _bodies() -> tuple[tuple[str, str, list[str]], ...]:
    """Return the organisations as sector, name, other names."""
    return tuple(
        (sector, name, others) for sector, group in _read("organisations").items() for name, others in group.items()
    )


def _each_land() -> Iterator[tuple[str, str | None]]:
    lands = _read("lands")
    yield from ((form, None) for form in lands["world"]["names"])
    yield from ((form, code) for code, forms in lands["parts"].items() for form in forms)


def _each_people() -> Iterable[str]:
    return [form for group in _read("peoples").values() for form in group["names"]]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
