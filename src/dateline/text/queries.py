"""What a query asks for: the values of the query language (see docs/reference/search-language.md).

A query is a tree of parts. ``write`` gives a query's text from its tree; ``query_reader.read_query`` the tree from
a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

# Fields whose value is a name or a code that stories bear as a token; ``headline`` and ``date`` are read otherwise.
FIELDS = (
    "source",
    "lang",
    "section",
    "topic",
    "place",
    "person",
    "org",
    "event",
    "actor",
    "recipient",
    "said",
    "code",
    "is",
    "year",
)
# What a gloss says was passed over, or taken for something else than it looks like; the rest was understood.
Doubt = Literal[
    "no-such-field",
    "no-value",
    "no-date",
    "too-short",
    "no-word",
    "too-many",
    "too-deep",
    "unclosed",
    "nothing-beside",
    "forms-cut",
    "no-forms",
    "no-such-value",
]
Outcome = Literal["words", "phrase", "prefix", "stem", "headline", "near", "field", "dates", "not", "either", Doubt]
DOUBTS = frozenset(get_args(Doubt))


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word, or several that follow each other; folded. ``is_prefix``: the last may go on; ``is_stem``: in any form.

    ``headline`` says that it must stand in the headline.
    """

    words: tuple[str, ...]
    is_prefix: bool = False
    is_stem: bool = False
    headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Two terms with at most ``gap`` words between them, in either order."""

    one: Term
    other: Term
    gap: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What is known of a story: its source, who is in it, …. ``words`` are folded; a name is all of them."""

    name: str
    words: tuple[str, ...]

    @property
    def token(self) -> str:
        """The token in the index: ``_person_john_kerry``."""
        return token(self.name, self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Published on these days: ISO, both included, None where open."""

    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    part: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class All:
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Either:
    parts: tuple[Part, ...]


Part: TypeAlias = "Term | Near | Field | Days | Not | All | Either"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gloss:
    """How a piece of a query was taken: ``said`` is the piece, ``outcome`` what became of it.

    ``instead`` are pieces that stories are known for, where they are not for this one.
    """

    said: str
    outcome: Outcome
    instead: tuple[str, ...] = ()

    @property
    def is_doubt(self) -> bool:
        return self.outcome in DOUBTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query as understood: ``said`` is its text, ``part`` None where it asks for nothing."""

    said: str
    part: Part | None = None
    glosses: tuple[Gloss, ...] = ()


def token(name: str, words: tuple[str, ...] | list[str]) -> str:
    """Return the token that stands in the index for a field's value; words hold no ``_``, so no word is one."""
    return f"_{name}_{'_'.join(words)}"


def parts_of(part: Part | None) -> tuple[Part, ...]:
    """Return what must all hold."""
    if part is None:
        return ()
    return part.parts if isinstance(part, All) else (part,)


def together(parts: list[Part] | tuple[Part, ...]) -> Part | None:
    """Return the part that holds where all of these do; None for none."""
    flat = tuple(dict.fromkeys(each for part in parts for each in parts_of(part)))
    return flat[0] if len(flat) == 1 else All(parts=flat) if flat else None


def terms_of(part: Part | None) -> Iterator[Term]:
    """Yield the terms that a story found may hold, those of the headline too: what a snippet marks."""
    if isinstance(part, Term):
        yield part
    elif isinstance(part, Near):
        yield from (part.one, part.other)
    elif isinstance(part, All | Either):
        for each in part.parts:
            yield from terms_of(each)


def write(part: Part | None) -> str:
    """Return the text of a query that is read as this part again."""
    if part is None:
        return ""
    if isinstance(part, All):
        return " ".join(_inner(each) for each in part.parts)
    if isinstance(part, Either):
        return " OR ".join(_inner(each) for each in part.parts)
    return _inner(part)


def _inner(part: Part) -> str:
    if isinstance(part, Term):
        field = "headline:" if part.headline else ""
        return f"{field}{'~' if part.is_stem else ''}{_quoted(part.words)}{'*' if part.is_prefix else ''}"
    if isinstance(part, Near):
        return f"{_inner(part.one)} NEAR/{part.gap} {_inner(part.other)}"
    if isinstance(part, Field):
        return f"{part.name}:{_quoted(part.words)}"
    if isinstance(part, Days):
        return "date:" + (f"{part.first or ''}..{part.last or ''}" if part.first != part.last else str(part.first))
    if isinstance(part, Not):
        return f"-{_inner(part.part)}"
    return f"({write(part)})"


def _quoted(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 and words[0] not in ("or", "near", "and", "not") else f'"{" ".join(words)}"'
