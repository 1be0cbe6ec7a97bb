"""PDF print pages: the lines of a PDF as a browser prints one.

A tagged PDF tells its paragraphs and, where a glyph alone does not, the characters it stands for (ActualText, of a
glyph or of an element), ZWNJ included; so text comes back exactly, in any script. What a tagged page paints outside its
structure (the browser's own header and footer) is left out. An untagged PDF is read by its geometry: lines, gaps
between them, edges that repeat.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from dateline.story import Batch, Item, Unreadable
from dateline.text.direction import direction_of, direction_of_language
from dateline.wire import press_review
from dateline.wire.visual import Glyph, goes_on, join_lines, line_text, lines_of, lines_text

_BLOCKS = frozenset(
    {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "LBody", "TD", "TH", "Caption", "BlockQuote", "Quote"}
)
_OUTSIDE = -2  # the content number of what stands outside the structure
_DEEPEST = 200
_MOST_PAGES = 500


def parse(data: bytes) -> Batch:
    """Return the text of a PDF as one print page, that of a press review as several.

    Raises Unreadable when it does not open or holds no text.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("a PDF that is broken or locked") from error
    try:
        if len(document) > _MOST_PAGES:
            raise Unreadable(f"a PDF of {len(document)} pages, which is no print page")
        blocks, language = _read(document)
    finally:
        document.close()
    said = [block for block in blocks if block]
    if not said:
        raise Unreadable("a PDF without text")
    if (review := press_review.items_in(said, form="pdf")) is not None:
        return review
    body = "\n\n".join(said)
    item = Item(format="pdf", body=body, body_type="print", language=language)
    return Batch(format="pdf", items=(item,), language=language)


@dataclass(kw_only=True)
class _Block:
    """One paragraph of the structure, as far as it stands on one page."""

    page: int
    kind: str
    language: str | None = None
    pieces: list[list[Glyph]] = field(default_factory=list)


def _read(document: pypdfium2.PdfDocument) -> tuple[list[str], str | None]:
    blocks: list[_Block] = []
    languages: list[str] = []
    plain: list[list[Glyph]] = []
    for number, page in enumerate(document):
        tree = raw.FPDF_StructTree_GetForPage(page)
        glyphs = _glyphs(page)
        structure = _Structure(page=number, glyphs=glyphs)
        if tree:
            structure.walk(tree)
            raw.FPDF_StructTree_Close(tree)
        blocks += [block for block in structure.blocks if block.pieces]
        languages += structure.languages
        plain.append([glyph for own in glyphs.values() for glyph in own])
    language = languages[0] if languages else _catalog_language(document)
    return (_paragraphs(blocks, language) if blocks else _untagged(plain)), language


def _paragraphs(blocks: list[_Block], language: str | None) -> list[str]:
    """Return the text of each block; one that goes on over the end of a page is joined."""
    told: list[list[str]] = []
    for block in blocks:
        said = "".join(glyph.text for piece in block.pieces for glyph in piece)
        tongue = block.language or language
        told.append(lines_text(block.pieces, direction_of_language(tongue) if tongue else direction_of(said)))
    painted = any(line.endswith(" ") for lines in told for line in lines[:-1])
    joined: list[list[str]] = []
    for at, (block, lines) in enumerate(zip(blocks, told, strict=True)):
        before = blocks[at - 1] if at else block
        same = block.page > before.page and block.kind == before.kind and not press_review.begins_story("".join(lines))
        if same and goes_on(joined[-1][-1], spaces_painted=painted):
            joined[-1] += lines
        else:
            joined.append(lines)
    return [join_lines(lines, spaces_painted=painted) for lines in joined]


# --- the structure -----------------------------------------------------------------------------------


@dataclass(kw_only=True)
class _Structure:
    """The paragraphs of one page, gathered from its part of the structure tree in reading order."""

    page: int
    glyphs: dict[int, list[Glyph]]
    blocks: list[_Block] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)

    def walk(self, tree: Any) -> None:
        for at in range(raw.FPDF_StructTree_CountChildren(tree)):
            element = raw.FPDF_StructTree_GetChildAtIndex(tree, at)
            if element:
                self._element(element, None, 0, None)

    def _element(self, element: Any, block: _Block | None, depth: int, language: str | None) -> None:
        kind = _string(raw.FPDF_StructElement_GetType, element)
        stated = _string(raw.FPDF_StructElement_GetLang, element)
        if stated:
            self.languages.append(stated)
        language = stated or language
        if kind in _BLOCKS:
            block = self._new(kind, language)
        own: _Block | None = None
        for at in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, at)
            if child and depth < _DEEPEST:
                leaf = block is None and _is_leaf(child)
                own = own or (self._new(kind, language) if leaf else None)
                self._element(child, own if leaf else block, depth + 1, language)
            elif not child and kind != "Figure":  # right in a figure stands what is painted for a picture not loaded
                content = raw.FPDF_StructElement_GetChildMarkedContentID(element, at)
                target = block or own or self._new(kind, language)
                own = own or target
                target.pieces += filter(None, [self._said(element, content, target)])

    def _said(self, element: Any, content: int, block: _Block) -> list[Glyph]:
        """Return the glyphs of a content: those painted, or one for all where its element states the characters."""
        painted = self.glyphs.get(content, [])
        stated = _string(raw.FPDF_StructElement_GetActualText, element)
        # A space that ends a line is stated and not painted.
        near = painted or next(reversed(block.pieces), [])
        return [replace(near[0], text=stated, backwards=False, stated=True)] if stated and near else painted

    def _new(self, kind: str, language: str | None) -> _Block:
        self.blocks.append(_Block(page=self.page, kind=kind, language=language))
        return self.blocks[-1]


def _is_leaf(element: Any) -> bool:
    """Tell whether an element holds content and no elements: a piece of a line."""
    count = raw.FPDF_StructElement_CountChildren(element)
    return not any(raw.FPDF_StructElement_GetChildAtIndex(element, at) for at in range(count))


def _catalog_language(document: pypdfium2.PdfDocument) -> str | None:
    """Return the language that the whole document states."""
    size = raw.FPDFCatalog_GetLanguage(document, None, 0)
    buffer = (ctypes.c_ushort * max(size // 2, 1))()
    raw.FPDFCatalog_GetLanguage(document, buffer, size)
    return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", errors="replace") or None


def _string(ask: Any, element: Any) -> str:
    size = ask(element, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(element, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace")


# --- the glyphs --------------------------------------------------------------------------------------


def _glyphs(page: Any) -> dict[int, list[Glyph]]:
    """Return the glyphs of a page by the number of the content they are marked with, in painting order."""
    textpage = page.get_textpage()
    characters = _characters(textpage)
    found: dict[int, list[Glyph]] = {}
    run = 0
    before: tuple[int | None, int | None] = (None, None)
    spans: set[int] = set()
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=8):
        content, backwards, span, actual = _marks(thing)
        content = _OUTSIDE if content is None else content
        if (content, backwards) != before:
            run, before = run + 1, (content, backwards)
        matrix, size = thing.get_matrix(), _size(thing)
        own = characters.get(_address(thing.raw), [])
        if span is not None:
            own = [] if span in spans else [(actual, matrix.e)]
            spans.add(span)
        elif not own and _is_blank(thing):
            own = [(" ", matrix.e)]
        for text, at in own:
            found.setdefault(content, []).append(
                Glyph(
                    text=text,
                    x=at,
                    y=matrix.f,
                    size=size,
                    run=run,
                    backwards=backwards is not None,
                    stated=span is not None,
                )
            )
    textpage.close()
    return found


def _characters(textpage: Any) -> dict[int, list[tuple[str, float]]]:
    """Return what each text object says with its places, without the characters the library makes up."""
    told: list[_Told] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(raw.FPDFText_CountChars(textpage)):
        owner = raw.FPDFText_GetTextObject(textpage, at)
        if owner and not raw.FPDFText_IsGenerated(textpage, at):
            raw.FPDFText_GetCharOrigin(textpage, at, x, y)
            char = chr(raw.FPDFText_GetUnicode(textpage, at))
            # The library says U+0002 for a hyphen at the end of a line.
            told.append(_Told(_address(owner), x.value, y.value, "-" if char == "\x02" else char))
    found: dict[int, list[tuple[str, float]]] = {}
    at = 0
    for (owner, place), characters in groupby(told, key=lambda each: each[:2]):
        said = "".join(each.char for each in characters)
        at += len(said)
        found.setdefault(owner, []).append((_meant(said, told, at), place))
    return {owner: sorted(own, key=lambda each: each[1]) for owner, own in found.items()}


class _Told(NamedTuple):
    """A character as the library lists it: its object, where it stands."""

    owner: int
    x: float
    y: float
    char: str


def _meant(said: str, told: list[_Told], end: int) -> str:
    """Return what one glyph stands for, its letters in reading order; ``said`` ends before ``end`` in ``told``.

    A line that the library takes for one from right to left it turns round with its ligatures, and spells ellipses out.
    """
    if said == "...":
        return "…"
    if len(said) == 2 and set(said) & set("اأإآٱ") and "ل" in said:
        return "ل" + said.replace("ل", "")  # from one presentation form, in either order; lam always comes first
    if len(said) == 1 or direction_of(said) == "ltr":
        return said
    return said[::-1] if _turned(told, end - len(said), end) else said


def _turned(told: list[_Told], start: int, end: int) -> bool:
    """Tell whether the library turned the line round here, by the places of the letters around."""
    here = told[start]
    around = [(each.x - here.x, -1) for each in told[max(0, start - 3) : start] if _beside(each, here)]
    around += [(each.x - here.x, 1) for each in told[end : end + 3] if _beside(each, here)]
    if not around:
        return False
    distance, side = min(around, key=lambda each: abs(each[0]))  # the nearest is of the same stretch
    return distance * side < 0


def _beside(one: _Told, other: _Told) -> bool:
    return abs(one.y - other.y) < 3 and one.x != other.x and not one.char.isspace()


def _marks(thing: Any) -> tuple[int | None, int | None, int | None, str]:
    """Return content number, right-to-left run, text span and its characters, as the marks of an object say."""
    content = backwards = span = None
    actual = ""
    number = ctypes.c_int()
    for at in range(raw.FPDFPageObj_CountMarks(thing)):
        mark = raw.FPDFPageObj_GetMark(thing, at)
        if raw.FPDFPageObjMark_GetParamIntValue(mark, b"MCID", number):
            content = number.value
        if _mark_name(mark) == "ReversedChars":
            backwards = _address(mark)
        said = _mark_text(mark)
        if said is not None:
            span, actual = _address(mark), said
    return content, backwards, span, actual


def _mark_name(mark: Any) -> str:
    size = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 64)()
    if not raw.FPDFPageObjMark_GetName(mark, buffer, 128, size):
        return ""
    return bytes(buffer)[: max(0, size.value - 2)].decode("utf-16-le", errors="replace")


def _mark_text(mark: Any) -> str | None:
    size = ctypes.c_ulong()
    if not raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, size):
        return None
    buffer = (ctypes.c_ubyte * max(size.value, 2))()
    if not raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", buffer, len(buffer), size):
        return None
    said = bytes(buffer[: size.value])
    if said.startswith(b"\xfe\xff"):
        return said[2:].decode("utf-16-be", errors="replace")
    return said.decode("latin-1")


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _size(thing: Any) -> float:
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(thing, size)
    return abs(size.value * thing.get_matrix().d) or 1.0


def _is_blank(thing: Any) -> bool:
    """Tell whether a glyph has no outline: the space of a font."""
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(thing, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return right - left < 0.01 and top - bottom < 0.01


# --- without structure -------------------------------------------------------------------------------


def _untagged(pages: list[list[Glyph]]) -> list[str]:
    """Part lines into paragraphs at wider gaps and at changes of size; drop page numbers and edges that repeat."""
    said = "".join(glyph.text for glyphs in pages for glyph in glyphs)
    direction = direction_of(said)
    lines = [[(line, line_text(line, direction)) for line in _apart(glyphs)] for glyphs in pages]
    edges = Counter(_shape(text) for page in lines for text in {text for _, text in page[:1] + page[-1:]})
    blocks: list[list[str]] = []
    painted = sum(text.endswith(" ") for page in lines for _, text in page) > 1
    for page in lines:
        kept = [each for each in page if len(lines) == 1 or edges[_shape(each[1])] < 2]
        last: Glyph | None = None
        for line, text in kept:
            first = line[0]
            over = not blocks or not goes_on(blocks[-1][-1], spaces_painted=painted)
            if last is None:
                new = over
            else:
                wide = abs(first.size - last.size) > 0.2 or not 0 < last.y - first.y < 1.72 * first.size
                new = wide or (painted and over)
            if new:
                blocks.append([])
            blocks[-1].append(text)
            last = first
    return [join_lines(block, spaces_painted=painted) for block in blocks]


def _apart(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Give the lines of a page, those cut in two that leave a wide gap."""
    for line in lines_of(glyphs):
        part: list[Glyph] = []
        for glyph in sorted(line, key=lambda glyph: glyph.x):
            if part and glyph.x - part[-1].x > 3 * glyph.size:
                yield part
                part = []
            part.append(glyph)
        yield part


def _shape(text: str) -> str:
    """Return a line with all numbers made alike, so that page numbers repeat."""
    return re.sub(r"\d+", "0", text)
