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
_NO_FIELD = frozenset(
    {"no_picture", "qr", "furniture", "furniture_starts", "rights", "byline_form", "photo_by"}
    | {"review", "contents", "stories", "compiled", "query", "left_out", "part_form", "shortened_form"}
    | {"behind_form", "recalled_form"}
)
_PAGE_NUMBER = re.compile(r"(?:\w{4,9} )?\d{1,3} ?(?:/|of|von|sur|de|из|з|از|من) ?\d{1,3}")
_COLON = r"\s*[:：؛꞉]\s*"
_AROUND = " .:|•»›>-()[]"
FALLBACK = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label found at the head of a line. ``value`` covers what follows it, empty where nothing does."""

    kind: str
    language: str
    value: Span


def label(kind: str, language: str) -> str:
    """Return the word we write for ``kind`` in ``language`` (its first form), in English where we have none."""
    return _data()[language_of_labels(language)][kind][0]


def language_of_labels(language: str) -> str:
    """Return the language that the words of a page in ``language`` are in: English where there are none in it."""
    return language if language in _data() else FALLBACK


def find_label(line: str, *, language: str = "und") -> Label | None:
    """Return the label a line opens with, None when it opens with none.

    ``language`` wins where two languages share a word. A label needs its colon ("Link :", "کد خبر: ۱۲"), or the
    line to itself, but for "By …", which stands without.
    """
    cut = re.match(rf"([^:：؛꞉]{{1,40}}?){_COLON}", line)
    if cut and not line[cut.end() :].startswith("//"):
        uses = _words().get(fold(cut[1]).strip(_AROUND), {})
        if uses:
            kind, tongue = uses.get(language) or next(iter(uses.values()))
            return Label(kind=kind, language=tongue, value=Span(cut.end(), len(line)))
    for form, kind, tongue in _bare():
        if form.match(line) and (language in ("und", tongue) or tongue == FALLBACK):
            found = form.match(line)
            return Label(kind=kind, language=tongue, value=Span(found.end() if found else 0, len(line)))
    alone = _words().get(fold(line).strip(_AROUND), {})
    if alone:
        kind, tongue = alone.get(language) or next(iter(alone.values()))
        return Label(kind=kind, language=tongue, value=Span(len(line), len(line)))
    return None


def is_furniture(line: str) -> bool:
    """Tell whether a whole line is part of the page and not of the story ("Print", "© 2015 …", "QR code")."""
    whole = fold(line)
    folded = whole.strip(_AROUND)
    if folded in _furniture() or _PAGE_NUMBER.fullmatch(folded):
        return True
    if "|" in line or "•" in line:
        return all(is_furniture(part) for part in re.split(r"[|•]", line) if part.strip(_AROUND)) and bool(folded)
    if len(line) > 200:
        return False
    ends = whole.endswith((".", "!", "?", "؟"))
    return whole.startswith(folded_forms("rights")) or (not ends and whole.startswith(folded_forms("furniture_starts")))


def is_standing(line: str) -> bool:
    """Tell whether a line of ours says how an edition stands to its original: that is of the page, not of the story."""
    return re.sub(r"\d+", "{}", fold(line)) in {
        form for kind in ("behind_form", "recalled_form") for form in folded_forms(kind)
    }


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
                words.setdefault(fold(form).strip(_AROUND), {}).setdefault(language, (kind, language))
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
    return frozenset(fold(form).strip(_AROUND) for form in forms)


def any_form(kind: str) -> tuple[str, ...]:
    """Return every form of a kind in every language, longest first."""
    forms = {form for table in _data().values() for form in table[kind]}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


@cache
def folded_forms(kind: str) -> tuple[str, ...]:
    """Return the same, folded as ``fold`` folds."""
    return tuple(fold(form) for form in any_form(kind))
