"""The lines of a print page, each told apart: label, date, furniture, picture, address or text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateline.clean.mending import Mended
from dateline.clean.page_text import PICTURE
from dateline.text.calendars import read_date
from dateline.text.credits import is_agency, read_credit
from dateline.text.folding import fold
from dateline.text.labels import find_label, folded_forms, is_furniture, is_standing
from dateline.text.print_marks import ends_as_sentence, is_code
from dateline.text.spans import Span
from dateline.text.urls import is_address, is_front

FIGURE_KINDS = ("picture here", "image", "photo", "picture", "alt")
_EDGE = " \t\r\u00a0\u200b\ufeff\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_PARTS = re.compile(r"\s+[|•·‖]\s+|\t+|\s{3,}")
_COMMAS = re.compile(r"\s*[,،]\s+|\s+[–—-]\s+|\s*[/|]\s*")
_EMPTY = frozenset({"code", "link", "published", "updated", "source", "author"})
_VALUED = frozenset(
    {"place", "section", "tags", "tag", "summary", "note", "language", "image", "photo", "picture", "alt"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintLine:
    """One line: its ``span`` in the page's mended text, its ``raw`` characters in the source, what it is.

    ``value`` is what a label's line says beside the label; ``blank`` tells whether an empty line stands before.
    """

    text: str
    span: Span
    raw: Span
    kind: str = "text"
    value: str = ""
    language: str = "und"
    role: str | None = None
    blank: bool = False


def print_lines(mended: Mended, language: str) -> list[PrintLine]:
    """Return the lines of a page that hold anything, sorted into kinds."""
    lines = list(_split(mended))
    told: list[PrintLine] = []
    at = 0
    while at < len(lines):
        line, following = lines[at], lines[at + 1] if at + 1 < len(lines) else None
        taken, used = _told(line, following, language)
        told += taken
        at += used
    return told


def _split(mended: Mended) -> Iterator[PrintLine]:
    blank = False
    whole = mended.patched.text
    for found in re.finditer(r"[^\n\u2028\u2029]*(?:[\n\u2028\u2029]|$)", whole):
        text = found[0].strip(_EDGE + "\n\u2028\u2029")
        if not text:
            blank = True
            continue
        start = found.start() + found[0].index(text)
        span = Span(start, start + len(text))
        raw = mended.raw(span)
        yield PrintLine(text=text, span=span, raw=raw, role=mended.page.role_at(raw.start), blank=blank)
        blank = False


def _told(line: PrintLine, following: PrintLine | None, language: str) -> tuple[list[PrintLine], int]:
    """Return what a line is, in one or several parts, and how many lines that took."""
    text = line.text
    if PICTURE in text:
        return [replace(line, kind="picture here")], 1
    if line.role == "caption":
        found = find_label(text, language=language)
        if found and found.kind in FIGURE_KINDS and found.value.of(text).strip():
            return [replace(line, kind=found.kind, value=found.value.of(text).strip(_EDGE))], 1
        return [replace(line, kind="image", value=text)], 1
    if half := doubled(text):
        return _halves(line, half, language), 1
    if is_furniture(text):
        return [replace(line, kind="furniture")], 1
    if is_standing(text):
        return [replace(line, kind="standing")], 1
    if line.role == "headline":
        return [line], 1
    if kind := _address(text):
        return [replace(line, kind=kind, value=text)], 1
    labelled = _labelled(line, following, language)
    if labelled:
        return labelled
    if len(text) <= 160:
        if read_date(text, language=language):
            return [replace(line, kind="date", value=text)], 1
        for part in (_dated, _parted, _with_date):
            told = part(line, language)
            if told:
                return told, 1
    return [line], 1


def _halves(line: PrintLine, half: str, language: str) -> list[PrintLine]:
    """Return a line without its second half; all of it goes where one half is no line of the story either."""
    if is_furniture(half) or len(half.split()) < 4 or len(line.raw) != len(line.text):
        return [replace(line, kind="doubled-alt")]
    first, second = (Span(span.start, span.start + len(half)) for span in (line.span, line.raw))
    kept = _told(replace(line, text=half, span=first, raw=second), None, language)[0]
    rest = replace(
        line, text="", kind="doubled-alt", span=Span(first.end, line.span.end), raw=Span(second.end, line.raw.end)
    )
    return [*kept, rest]


def doubled(text: str) -> str | None:
    """Return the half of a text that stands twice in it, None when it does not.

    With a space between the halves only furniture counts: "New York New York" is a name.
    """
    half, odd = divmod(len(text), 2)
    if not odd and half >= 2 and text[:half] == text[half:] and any(char.isalpha() for char in text):
        return text[:half] if len(set(text)) > 2 else None
    if odd and text[half].isspace() and text[:half] == text[half + 1 :] and is_furniture(text[:half]):
        return text[:half]
    return None


def _address(text: str) -> str | None:
    if is_address(text):
        return "front" if is_front(text) else "address"
    return "bare front" if re.fullmatch(r"(?:www\.)[\w-]+(?:\.[\w-]+)+/?", text, re.IGNORECASE) else None


def _labelled(line: PrintLine, following: PrintLine | None, language: str) -> tuple[list[PrintLine], int] | None:
    found = find_label(line.text, language=language)
    if found is None:
        return None
    value = found.value.of(line.text).strip(_EDGE)
    told = replace(line, kind=found.kind, value=value, language=found.language)
    if value:
        return ([told], 1) if _holds(told, language) else None
    # The value stands on the next line; a figure's line may also be left empty by its writer.
    if following and PICTURE not in following.text and not find_label(following.text, language=language):
        below = replace(told, value=following.text)
        if found.kind not in _VALUED and _holds(below, language):
            return [below], 2
    if found.kind in _EMPTY and line.text.rstrip().endswith((":", "：")):  # a label whose value did not survive
        return [replace(line, kind="furniture")], 1
    return None


def _holds(line: PrintLine, language: str) -> bool:
    """Tell whether the value beside a label is one that label can have."""
    kind, value = line.kind, line.value
    if kind == "code":
        return is_code(value)
    if kind == "link":
        return is_address(value) or re.fullmatch(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+/\S+", value) is not None
    if kind in ("published", "updated"):
        return read_date(value, language=language) is not None or (
            len(value) <= 60 and any(char.isdigit() for char in value) and not ends_as_sentence(value)
        )
    if kind == "by":
        return read_credit(value) is not None and (is_agency(value) or _named(line))
    if kind in ("source", "author", "byline", "site", "place"):
        return len(value) <= 160 and (len(value.split()) <= 6 or not ends_as_sentence(value))
    return True


def _named(line: PrintLine) -> bool:
    """Tell whether "by" is one that people stand behind: the Persian "به گزارش" is said of agencies."""
    return not fold(line.text).startswith(fold("به گزارش"))


def _dated(line: PrintLine, language: str) -> list[PrintLine]:
    """Read "Veröffentlicht am 12. Mai 2015": a date's label without its colon."""
    folded = fold(line.text)
    if not any(char.isdigit() for char in folded):
        return []
    for kind in ("updated", "published"):
        form = next((form for form in folded_forms(kind) if folded.startswith(form + " ")), None)
        if form and read_date(folded[len(form) :], language=language):
            return [replace(line, kind=kind, value=line.text.split(maxsplit=len(form.split()))[-1])]
    return []


def _parted(line: PrintLine, language: str) -> list[PrintLine]:
    """Read a line of several parts ("12 May 2015 | Story Code: 118"), where each of them is something."""
    parts = [part.strip(_EDGE) for part in _PARTS.split(line.text)]
    if len(parts) < 2:
        return []
    told = [each for part in parts for each in _told(replace(line, text=part), None, language)[0]]
    return told if all(each.kind != "text" for each in told) else []


def _with_date(line: PrintLine, language: str) -> list[PrintLine]:
    """Read "Geneva, 12 May 2015" and "By Mira Holt, 12 May 2015": a place or a credit before the date."""
    for cut in _COMMAS.finditer(line.text):
        before, after = line.text[: cut.start()].strip(_EDGE), line.text[cut.end() :].strip(_EDGE)
        if not before or not after or not read_date(after, language=language):
            continue
        date = replace(line, kind="date", value=after)
        told = _told(replace(line, text=before), None, language)[0]
        if told and all(each.kind != "text" for each in told):
            return [*told, date]
        if len(before.split()) <= 4 and not any(char.isdigit() for char in before) and not ends_as_sentence(before):
            kind = "source" if is_agency(before) else "place"
            return [replace(line, kind=kind, value=before), date]
    return []
