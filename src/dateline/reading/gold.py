"""Gold as users keep it: JSON lines ``{id, text, published?, title?, gold: {…}}``, checked before it is measured by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from dateline.reading.lines import marked_in, story_of
from dateline.reading.measures import EVENT_TYPES
from dateline.story import DatelineError, Unreadable


class BadGold(DatelineError):
    """A line of gold or of predictions cannot be used. Says which, and what is wrong."""


Check = Callable[[Any, str], None]


def stories(lines: Iterable[str], *, name: str, task: str) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """Return the stories of a gold file by id, and what should be known of it. Raises BadGold with line and reason.

    Of two lines with one id the later stands.
    """
    check = _GOLD[task]
    found, notes = {}, []
    for where, line in _objects(lines, name):
        key = _key(line, where)
        if not isinstance(line.get("text"), str):
            raise BadGold(f"{where}: text: {_found(line.get('text'))} where a string should be")
        if not isinstance(line.get("gold"), dict):
            raise BadGold(f"{where}: gold: {_found(line.get('gold'))} where an object should be")
        _readable(line, where)
        if key in found:
            notes.append(f"{where}: the id {key} stood before; this line counts")
        check(line["gold"], f"{where}: gold")
        outside = sum(start < 0 or end > len(line["text"]) for start, end in _spans(line["gold"]))
        if outside:
            notes.append(f"{where}: {outside} of its spans reach outside the text and cannot be met")
        found[key] = line
    if not found:
        raise BadGold(f"{name}: no story in it")
    return found, notes


def predictions(lines: Iterable[str], *, name: str, task: str) -> dict[str, dict[str, Any]]:
    """Return predictions by id; a line that says ``error`` is none. Raises BadGold with line and reason."""
    check = _SAID[task]
    found = {}
    for where, line in _objects(lines, name):
        if "error" in line:
            continue
        check(line, where)
        found[_key(line, where)] = line
    return found


def _objects(lines: Iterable[str], name: str) -> Iterable[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{name}: line {number}"
        try:
            plain = json.loads(line)
        except ValueError as error:
            raise BadGold(f"{where}: not JSON: {error}") from error
        if not isinstance(plain, dict):
            raise BadGold(f"{where}: {_found(plain)} where an object should be")
        yield where, plain


def _readable(line: dict[str, Any], where: str) -> None:
    """Check what a reading needs: a line that could not be read would count as one in which nothing was found."""
    try:
        story_of(line)
        marked_in(line)
    except Unreadable as error:
        raise BadGold(f"{where}: {error}") from error


def _key(line: dict[str, Any], where: str) -> str:
    if not isinstance(line.get("id"), str):
        raise BadGold(f"{where}: id: {_found(line.get('id'))} where a string should be")
    return str(line["id"])


def _found(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", type(None): "nothing", bool: "a truth value"}
    return names.get(type(value), "a number" if isinstance(value, int | float) else type(value).__name__)


# Checks, put together from small ones: each raises BadGold with the way to what is wrong.


def _is(kind: type | tuple[type, ...], said: str) -> Check:
    def check(value: Any, where: str) -> None:
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise BadGold(f"{where}: {_found(value)} where {said} should be")

    return check


def _one_of(known: Iterable[str], said: str) -> Check:
    names = frozenset(known)

    def check(value: Any, where: str) -> None:
        _TEXT(value, where)
        if value not in names:
            raise BadGold(f"{where}: {value} is no {said} (they are {', '.join(sorted(names))})")

    return check


def _object(*, needs: dict[str, Check] | None = None, may: dict[str, Check] | None = None) -> Check:
    def check(value: Any, where: str) -> None:
        _is(dict, "an object")(value, where)
        for name, inner in (needs or {}).items():
            if name not in value:
                raise BadGold(f"{where}: has no {name}")
            inner(value[name], f"{where}.{name}")
        for name, inner in (may or {}).items():
            if value.get(name) is not None:
                inner(value[name], f"{where}.{name}")

    return check


def _each(inner: Check) -> Check:
    def check(value: Any, where: str) -> None:
        _is(list, "a list")(value, where)
        for number, each in enumerate(value):
            inner(each, f"{where}[{number}]")

    return check


def _stretch(value: Any, where: str) -> None:
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(end, int) for end in value)):
        raise BadGold(f"{where}: not [start, end]")
    if value[0] > value[1]:
        raise BadGold(f"{where}: no such span: {value}")


def _standing(**needs: Check) -> Check:
    whole = _object(needs={"start": _WHOLE, "end": _WHOLE, **needs})

    def check(value: Any, where: str) -> None:
        whole(value, where)
        _stretch([value["start"], value["end"]], where)

    return check


def _maybe(inner: Check) -> Check:
    return lambda value, where: None if value is None else inner(value, where)


_TEXT, _WHOLE, _NUMBER = _is(str, "a string"), _is(int, "a whole number"), _is((int, float), "a number")
_STRETCHES = _each(_stretch)
_ROLES = {"source": _STRETCHES, "cue": _STRETCHES, "content": _STRETCHES}
_QUOTES = _each(_object(needs=_ROLES, may={"kind": _TEXT, "stance": _TEXT}))
_MOMENTS = _each(_standing(type=_TEXT, value=_TEXT))
_SITES = _each(_standing(lat=_maybe(_NUMBER), lon=_maybe(_NUMBER)))
_TYPED_MOMENTS = _each(
    _standing(type=_one_of(("DATE", "TIME", "DURATION", "SET"), "type of moment"), value=_TEXT),
)
_DEED = _one_of(EVENT_TYPES, "type of event")
_MENTIONS = _each(_standing(kind=_TEXT))
_GOLD: dict[str, Check] = {
    "quotes": _object(needs={"quotes": _QUOTES}),
    "dates": _object(needs={"moments": _TYPED_MOMENTS}),
    "places": _object(needs={"places": _SITES}),
    "names": _object(needs={"mentions": _MENTIONS}),
    "pairs": _object(needs={"pairs": _each(_object(needs={"type": _DEED, "quad": _WHOLE}))}),
    "sentences": _object(needs={"majority": _each(_DEED)}),
    "same-event": _object(needs={"event": _TEXT}),
}
# A prediction may leave out what it did not find, down to the coordinates of a place.
_SAID: dict[str, Check] = {
    "quotes": _object(may={"quotes": _each(_object(may={**_ROLES, "kind": _TEXT, "stance": _TEXT}))}),
    "dates": _object(may={"moments": _MOMENTS}),
    "places": _object(may={"places": _each(_standing())}),
    "names": _object(may={"mentions": _MENTIONS}),
    "pairs": _object(may={"pairs": _each(_object(may={"type": _TEXT}))}),
    "sentences": _object(may={"events": _each(_object(needs={"type": _TEXT}))}),
    "same-event": _object(may={"cluster": _TEXT}),
}


def _spans(plain: Any) -> Iterable[tuple[int, int]]:
    """Yield each span of plain gold."""
    if isinstance(plain, list) and len(plain) == 2 and all(isinstance(each, int) for each in plain):
        yield plain[0], plain[1]
    elif isinstance(plain, list):
        for each in plain:
            yield from _spans(each)
    elif isinstance(plain, dict):
        if "start" in plain and "end" in plain:
            yield plain["start"], plain["end"]
        for each in plain.values():
            yield from _spans(each)
