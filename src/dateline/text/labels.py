"""The words of print pages, by language: one truth for reading and writing them (``data/labels.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.text.folding import fold
from dateline.text.spans import Span

# Kinds whose value may follow without a colon: "By NBC", "Von Jana Muster".
_BARE = frozenset({"by"})
_NO_FIELD = frozenset({"no_picture", "qr", "furniture", "furniture_starts"})
_COLON = r"\s*[:：؛꞉]\s*"
FALLBACK = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label found at the head of a line. ``value`` covers what follows it, empty where nothing does."""

    kind: str
    language: str
    value: Span


def label(kind: str, language: str) -> str:
    """Return the word we write for ``kind`` in ``language`` (its first form), in English where we have none."""
    return _data().get(language, _data()[FALLBACK])[kind][0]


def has_labels(language: str) -> bool:
    """Tell whether there are words for print pages in this language."""
    return language in _data()


def find_label(line: str, *, language: str = "und") -> Label | None:
    """Return the label a line opens with, None when it opens with none.

    ``language`` wins where two languages share a word. A label needs its colon ("Link :", "کد خبر: ۱۲"), or the
    line to itself, but for "By …", which stands without.
    """
    cut = re.match(rf"([^:：؛꞉]{{1,40}}?){_COLON}", line)
    if cut and not line[cut.end() :].startswith("//"):
        uses = _words().get(fold(cut[1]), {})
        if uses:
            kind, tongue = uses.get(language) or next(iter(uses.values()))
            return Label(kind=kind, language=tongue, value=Span(cut.end(), len(line)))
    for form, kind, tongue in _bare():
        if form.match(line) and (language in ("und", tongue) or tongue == FALLBACK):
            found = form.match(line)
            return Label(kind=kind, language=tongue, value=Span(found.end() if found else 0, len(line)))
    alone = _words().get(fold(line.strip(" :")), {})
    if alone:
        kind, tongue = alone.get(language) or next(iter(alone.values()))
        return Label(kind=kind, language=tongue, value=Span(len(line), len(line)))
    return None


def is_furniture(line: str) -> bool:
    """Tell whether a whole line is part of the page and not of the story ("Print", "© 2015 …", "QR code")."""
    folded = fold(line).strip(" .:|»›>-")
    if folded in _furniture():
        return True
    return len(line) < 200 and any(fold(line).startswith(start) for start in _starts())


def is_missing_note(said: str) -> bool:
    """Tell whether a picture's line says that there is no picture."""
    return any(fold(said).startswith(fold(form)) for table in _data().values() for form in table["no_picture"])


@cache
def _data() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads((files("dateline.text") / "data" / "labels.toml").read_text("utf-8"))


@cache
def _words() -> Mapping[str, dict[str, tuple[str, str]]]:
    """Return, for each folded form, its kind and language by language."""
    words: dict[str, dict[str, tuple[str, str]]] = {}
    for language, table in _data().items():
        for kind, forms in table.items():
            for form in forms if kind not in _NO_FIELD else ():
                words.setdefault(fold(form), {}).setdefault(language, (kind, language))
    return words


@cache
def _bare() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    forms = [
        (form, kind, language) for language, table in _data().items() for kind in sorted(_BARE) for form in table[kind]
    ]
    forms.sort(key=lambda each: -len(each[0]))
    return tuple(
        (re.compile(rf"{re.escape(form)}\s+(?=\S)", re.IGNORECASE), kind, tongue) for form, kind, tongue in forms
    )


@cache
def _furniture() -> frozenset[str]:
    kinds = ("furniture", "qr")
    forms = (form for table in _data().values() for kind in kinds for form in table[kind])
    return frozenset(fold(form).strip(" .:|»›>-") for form in forms)


@cache
def _starts() -> tuple[str, ...]:
    return tuple(fold(form) for table in _data().values() for form in table["furniture_starts"])
