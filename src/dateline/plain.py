"""Values ↔ plain data (dicts, lists, strings, numbers): what goes to JSON and comes back.

The plain form is the machine interface: a ``Span`` is ``[start, end]``, but a value's own
``span`` lies flat in it as ``start`` and ``end``; fields left None or empty by default are kept out of a Finding's
dict, so that ``entity?`` means "absent", and are written as null in a Story, its Stamps and its Figures.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar

from dateline.story import Figure, Item, Stamp, Story
from dateline.text.spans import Span

V = TypeVar("V")
_WHOLE = frozenset({Story, Item, Stamp, Figure})
# Most of what values hold: asked first, for a million stories are hundreds of millions of fields.
_AS_IT_IS = frozenset({str, int, float, bool, type(None), dict})


def to_plain(value: Any) -> Any:
    """Return the plain form of any value of ``dateline.story``."""
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is Span:
        return [value.start, value.end]
    if isinstance(value, tuple | list):
        return [to_plain(part) for part in value]
    if not is_dataclass(kind):
        return value
    plain: dict[str, Any] = {}
    is_whole = kind in _WHOLE
    for name in _names(kind):
        held = getattr(value, name)
        if name == "span":
            plain["start"], plain["end"] = held.start, held.end
        elif held is not None or is_whole:
            plain[name] = held if type(held) in _AS_IT_IS else to_plain(held)
    return plain


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def from_plain(kind: type[V], plain: Any) -> V:
    """Build a value of ``kind`` from its plain form.

    Keys that ``kind`` does not know are passed over, so that an older archive reads under a newer
    version. Raises KeyError or TypeError when a field without a default is absent.
    """
    build = _builder(typing.cast(Hashable, kind))
    built: V = build(plain) if build else plain
    return built


@cache
def _builder(hint: Any) -> Callable[[Any], Any] | None:
    """Return what builds a value of a type from its plain form, None where that is the value already."""
    if hint is Span:
        return lambda plain: Span(*plain)
    inner = [arg for arg in typing.get_args(hint) if arg is not type(None)]
    if typing.get_origin(hint) is tuple:
        part = _builder(inner[0])
        return tuple if part is None else lambda plain: tuple([part(each) for each in plain])
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return _builder(inner[0])
    return _builder_of(hint) if is_dataclass(hint) else None


def _builder_of(kind: Any) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    spanned = hints.pop("span", None) is not None
    parts = [(name, _builder(hint)) for name, hint in hints.items()]

    def build(plain: Any) -> Any:
        given: dict[str, Any] = {"span": Span(plain["start"], plain["end"])} if spanned else {}
        for name, part in parts:
            if name in plain:
                held = plain[name]
                given[name] = held if part is None or held is None else part(held)
        return kind(**given)

    return build


# What may differ without the story saying anything else: where it stands, how it was mended or marked up, its count.
_NOT_SAID = {
    "url",
    "guid",
    "code",
    "site_name",
    "site_url",
    "repairs",
    "version",
    "updated",
    "signal",
    "markup",
    "urgency",
    "embargo",
}


def digest_of(story: Story, plain: dict[str, Any] | None = None) -> str:
    """Return the digest of what a story says: two with the same digest are one version.

    ``plain`` is its plain form, where that is at hand.
    """
    said = {name: value for name, value in (plain or to_plain(story)).items() if name not in _NOT_SAID}
    if story.published is not None:
        # The same instant in other words, or found in another field, is the same date.
        said["published"] = [story.published.value, story.published.zone]
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def instant(stamp: Stamp | None) -> datetime | None:
    """Return the first instant a stamp covers, in UTC; a missing zone is taken as UTC, for ordering only."""
    if stamp is None:
        return None
    full = stamp.value + "0001-01-01T00:00:00"[len(stamp.value) :]
    return datetime.fromisoformat(full + (stamp.zone or "+00:00")).astimezone(UTC)
