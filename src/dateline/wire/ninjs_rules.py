"""What a ninjs item may hold, by the version it claims (IPTC's 1.0–1.6, 2.0–2.2, 3.0, 3.1 and its drafts)."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dateline.wire.trees import one_line

DEEPEST = 24  # objects within objects; none is nested so deep in earnest
_LONGEST = 60  # characters of a wrong value, or of where it stands, that are shown
_VERSION = re.compile(r"([123])\.(\d+)")
_GOES_ON = re.compile(r"[A-Za-z0-9_]")
_RANGE = re.compile(r"(\d+)\.\.(\d+)")
_DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_TIME = r"[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?"
_ZONE = r"(?:[Zz]|[+-]\d\d:\d\d)"
_FORMS = {
    "uri": ("a URI", re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")),
    "date-time": ("a date and time with its zone (RFC 3339)", re.compile(_DAY + _TIME + _ZONE)),
    "date": ("a date, or a part of one", re.compile(rf"\d{{4}}(?:-(?:0[1-9]|1[0-2]))?|{_DAY}(?:{_TIME}{_ZONE}?)?")),
}
_TYPES: dict[str, tuple[str, tuple[type, ...]]] = {
    "string": ("text", (str,)),
    "number": ("a number", (int, float)),
    "integer": ("a whole number", (int,)),
    "object": ("an object", (dict,)),
}
Shape = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rules:
    """The shapes of a version, by name.

    ``formats``: the form of addresses and dates counts. ``newer``: the version is later than any known here, so a
    property that is not known may well be right.
    """

    version: str
    shapes: dict[str, Shape]
    formats: bool
    newer: bool


def faults(plain: Any, version: str | None = None) -> list[str]:
    """Return what is wrong with an item, a line for each property; nothing when it keeps the rules.

    It is held to ``version`` (``1.3``, ``2.x_dev``), else to the one it claims, else to the one it fits best.
    """
    return list(_faults(plain, "item", "", _rules(version or version_of(plain)), 0))


def version_of(plain: Any) -> str:
    """Return the version an item claims, else the newest of those that know its properties and that it breaks least.

    1.x states its version in ``$standard``, 2.x and 3.x in ``standard``; a claim in the other's place is no claim.
    """
    given = plain if isinstance(plain, dict) else {}
    for name in ("standard", "$standard", "$schema"):
        told = given.get(name)
        for claim in (told.get("schema"), told.get("version")) if isinstance(told, dict) else (told,):
            found = _VERSION.search(claim) if isinstance(claim, str) else None
            if found and (name == "$schema" or (name == "$standard") == (found[1] == "1")):
                draft = f"{found[1]}.x_dev"
                return draft if "dev" in str(claim) and draft in _table() else found[0]

    def unfitness(version: str) -> tuple[int, int, bool]:
        shape = _rules(version).shapes["item"]
        unknown = sum(not any(_covers(key, str(name)) for key in shape) for name in given)
        return unknown, len(faults(given, version)), "dev" in version

    return min(reversed(_table()), key=unfitness)


def is_uri(said: str | None) -> bool:
    """Tell whether a string has the form of an absolute URI, as every version demands of ``uri``."""
    return bool(said and _FORMS["uri"][1].fullmatch(said))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("dateline.wire").joinpath("data/ninjs.toml").read_text("utf-8"))


@cache
def _rules(version: str) -> Rules:
    """Build the rules of a version: what those before it have, changed by what it names itself."""
    family = [known for known in _table() if known[0] == version[0] and "dev" not in known]
    line = [version if version in _table() else family[-1]]
    while before := _table()[line[0]].get("after"):
        line.insert(0, before)
    shapes: dict[str, Shape] = {}
    formats = True
    for step in (_table()[each] for each in line):
        formats = step.get("formats", formats)
        for name, shape in step.items():
            if isinstance(shape, dict):
                shapes[name] = {**shapes.get(name, {}), **shape}
    whole = {name: {**shapes.get(shape.get("+", ""), {}), **shape} for name, shape in shapes.items()}
    return Rules(version, whole, formats, newer=version not in _table())


def _faults(value: Any, kind: str, where: str, rules: Rules, depth: int) -> Iterator[str]:
    """Yield what keeps a value from being of a kind; ``kind`` is written as data/ninjs.toml explains."""
    if kind[0] in "[{":
        if not isinstance(value, list if kind[0] == "[" else dict):
            yield _line(where, f"{_shown(value)} is not {'a list' if kind[0] == '[' else 'an object'}")
            return
        parts = enumerate(value) if isinstance(value, list) else value.items()
        for name, each in parts:
            inside = f"{where}[{name}]" if isinstance(value, list) else f"{where}.{name}"
            yield from _faults(each, kind[1:-1], inside, rules, depth)
    elif " / " in kind:
        told = [list(_faults(value, each, where, rules, depth)) for each in kind.split(" / ")]
        yield from [] if [] in told else told[-1]
    elif kind in rules.shapes:
        yield from _in_object(value, rules.shapes[kind], where, rules, depth + 1)
    elif wanted := _wanted(value, kind, rules):
        yield _line(where, f"{_shown(value)} is not {wanted}")


def _in_object(value: Any, shape: Shape, where: str, rules: Rules, depth: int) -> Iterator[str]:
    if not isinstance(value, dict) or depth > DEEPEST:
        yield _line(where, "nested too deep" if depth > DEEPEST else f"{_shown(value)} is not an object")
        return
    inside = f"{where}." if where else ""
    for name, each in value.items():
        kind = next((shape[key] for key in (name, *shape) if key in shape and _covers(key, name)), None)
        if kind is not None:
            yield from _faults(each, kind.rstrip("!"), f"{inside}{name}", rules, depth)
        elif not shape.get("+open") and not rules.newer and (depth > 1 or name != "$schema"):
            yield _line(f"{inside}{name}", f"not a property of ninjs {rules.version}")
    missing = (name for name in shape if name not in value and str(shape[name]).endswith("!"))
    yield from (_line(f"{inside}{name}", "missing") for name in missing)
    groups = shape.get("+one", [])
    if groups and not any(sum(name in value for name in group) == 1 for group in groups):
        yield _line(where, "must have exactly one of " + ", or of ".join(" and ".join(group) for group in groups))


def _covers(key: str, name: str) -> bool:
    if key.endswith("_*"):
        return name.startswith(key[:-1]) and _GOES_ON.match(name[len(key) - 1 :]) is not None
    return key == name and key[0] != "+"


def _wanted(value: Any, kind: str, rules: Rules) -> str | None:
    """Return what a plain value should be; None when it is."""
    if span := _RANGE.fullmatch(kind):
        fits = _wanted(value, "integer", rules) is None and int(span[1]) <= value <= int(span[2])
        return None if fits else f"a whole number from {span[1]} to {span[2]}"
    if kind in _FORMS and isinstance(value, str):
        said, form = _FORMS[kind]
        return said if rules.formats and not form.fullmatch(value) else None
    if kind in _FORMS or kind in _TYPES:
        said, types = _TYPES["string" if kind in _FORMS else kind]
        whole = kind == "integer" and isinstance(value, float) and value.is_integer()
        return None if whole or (isinstance(value, types) and not isinstance(value, bool)) else said
    words = kind.split("|")
    return None if value in words else "one of " * (len(words) > 1) + ", ".join(words)


def _line(where: str, what: str) -> str:
    place = where if len(where) <= _LONGEST else f"…{where[-_LONGEST:]}"
    return one_line(f"{place or 'item'}: {what}")


def _shown(value: Any) -> str:
    """Return a value in a few characters; a container by its kind only."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    said = repr(value) if isinstance(value, str) else json.dumps(value)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
