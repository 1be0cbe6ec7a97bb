"""The picture that a shared link shows: a story's headline and where it comes from, 1200 × 630, drawn by us.

No photograph: those stay with their publishers. A card is drawn in one font that has every letter of it; where this
machine has none, or cannot join and order the letters of a script that asks for it, there is no card.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, features

from dateline.text.direction import Direction, direction_of_language

WIDTH, HEIGHT = 1200, 630
_EDGE = 72
_PAPER, _INK, _QUIET, _ACCENT = "#fdfbf6", "#1b1814", "#6b6256", "#8e1b12"
_COLOURS = 24  # the four and the shades between them
_TOP, _BOTTOM = 178, 500  # of the headline
_SMALL, _GAP = 30, 44  # of the facts
_SIZES = (84, 76, 68, 60, 54, 48)
# Newsprint first, then what nearly every machine has. Those for Arabic letters often have no Latin ones.
_FONTS = (
    ("NotoSerif-Bold.ttf", "NotoSerif-Regular.ttf"),
    ("NotoNaskhArabic-Bold.ttf", "NotoNaskhArabic-Regular.ttf"),
    ("DejaVuSerif-Bold.ttf", "DejaVuSerif.ttf"),
    ("DejaVuSans-Bold.ttf", "DejaVuSans.ttf"),
    ("NotoSerifHebrew-Bold.ttf", "NotoSerifHebrew-Regular.ttf"),
    ("NotoSansArabic-Bold.ttf", "NotoSansArabic-Regular.ttf"),
    ("LiberationSerif-Bold.ttf", "LiberationSerif-Regular.ttf"),
    ("Georgia Bold.ttf", "Georgia.ttf"),
    ("georgiab.ttf", "georgia.ttf"),
    ("Arial Bold.ttf", "Arial.ttf"),
    ("arialbd.ttf", "arial.ttf"),
)
# Scripts whose letters take other forms beside each other: without Raqm they would be drawn wrong.
_JOINED = ("ARABIC", "SYRIAC", "DEVANAGARI", "BENGALI", "TAMIL", "TELUGU", "THAI", "KHMER", "MYANMAR", "HEBREW")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCard:
    """What a card shows. ``facts`` stand under the headline: source, date, code."""

    headline: str
    site_name: str
    facts: tuple[str, ...]
    language: str


@lru_cache(maxsize=64)
def draw(card: ShareCard) -> bytes | None:
    """Return the card as PNG, None where no font here can show it."""
    faces = [_face_for(card.site_name), _face_for(card.headline), *map(_face_for, card.facts)]
    named, told = faces[0], faces[1]
    if named is None or told is None or None in faces:
        return None
    way = direction_of_language(card.language)
    sheet = _Paper(way)
    sheet.rule(_EDGE, 10, _ACCENT)
    plate = named.at(40, bold=True)
    sheet.line(_cut(card.site_name, named, plate, way, WIDTH - 2 * _EDGE), plate, 108, _INK)
    sheet.rule(156, 2, _INK)
    size, lines = _fit(card.headline, told, way)
    pitch = round(size * told.pitch)
    top = _TOP + (_BOTTOM - _TOP - pitch * len(lines)) // 2
    for number, line in enumerate(lines):
        sheet.line(line, told.at(size, bold=True), top + pitch * number + pitch // 2, _INK)
    sheet.rule(522, 2, _INK)
    sheet.row([(fact, face) for fact, face in zip(card.facts, faces[2:], strict=True) if face], 566, _QUIET)
    return sheet.png()


def offered(card: ShareCard) -> bool:
    """Tell whether there is a card, without drawing it."""
    return all(_face_for(text) is not None for text in (card.headline, card.site_name, *card.facts))


# --- fonts -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Face:
    """A font in its two weights. ``pitch`` is the distance of lines, in sizes."""

    bold: str
    regular: str

    @property
    def pitch(self) -> float:
        return 1.5 if "Naskh" in self.bold or "Arabic" in self.bold else 1.22

    def at(self, size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        return _font(self.bold if bold else self.regular, size)


@lru_cache(maxsize=1024)
def _face_for(text: str) -> _Face | None:
    """Return the first font here that has every letter of a text."""
    if _needs_joining(text) and not features.check("raqm"):
        return None
    letters = frozenset(char for char in text if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc"))
    return next((face for face in _faces() if all(_has(face.bold, char) for char in letters)), None)


def _needs_joining(text: str) -> bool:
    return any(unicodedata.name(char, "").startswith(_JOINED) for char in text if char > "\u0590")


@cache
def _faces() -> tuple[_Face, ...]:
    """Return the fonts that this machine has, in our order."""
    return tuple(_Face(bold=bold, regular=regular) for bold, regular in _FONTS if _is_here(bold) and _is_here(regular))


@cache
def _is_here(name: str) -> bool:
    try:
        _font(name, 10)
    except OSError:
        return False
    return True


@lru_cache(maxsize=64)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(name, size)


@lru_cache(maxsize=8192)
def _has(name: str, char: str) -> bool:
    """Tell whether a font has a letter: what it draws for one that it has not is the same for all."""
    return _drawn(name, char) not in (_drawn(name, "\U0010fffd"), _drawn(name, "\ufdd0"))


def _drawn(name: str, char: str) -> bytes:
    mask = _font(name, 24).getmask(char)
    return bytes(mask) + bytes(str(mask.size), "ascii")


# --- lines -------------------------------------------------------------------------------------------


def _fit(text: str, face: _Face, way: Direction) -> tuple[int, list[str]]:
    """Return the largest size at which a headline fits, and its lines; at the smallest it is cut short."""
    for size in _SIZES:
        lines = list(_lines(text, face.at(size, bold=True), way))
        if len(lines) * size * face.pitch <= _BOTTOM - _TOP:
            return size, lines
    most = int((_BOTTOM - _TOP) / (_SIZES[-1] * face.pitch))
    rest = " ".join(lines[most - 1 :])
    return _SIZES[-1], [*lines[: most - 1], _cut(rest, face, face.at(_SIZES[-1], bold=True), way, WIDTH - 2 * _EDGE)]


def _cut(text: str, face: _Face, font: ImageFont.FreeTypeFont, way: Direction, room: float) -> str:
    """Return as many of a text's words as there is room for, with an ellipsis where that is not all."""
    mark = "…" if _has(face.bold, "…") else ""
    words = text.split()
    for count in range(len(words), 0, -1):
        said = " ".join(words[:count])
        shown = said if count == len(words) else said.rstrip(" ,;:.–—-،؛") + mark
        if _length(shown, font, way) <= room:
            return shown
    return mark


def _lines(text: str, font: ImageFont.FreeTypeFont, way: Direction) -> Iterator[str]:
    line = ""
    for word in _words(text, font, way):
        longer = f"{line} {word}" if line else word
        if line and _length(longer, font, way) > WIDTH - 2 * _EDGE:
            yield line
            line = word
        else:
            line = longer
    yield line


def _words(text: str, font: ImageFont.FreeTypeFont, way: Direction) -> Iterator[str]:
    """Yield the words of a text, those wider than a line in pieces."""
    for word in text.split():
        piece = ""
        for char in word if _length(word, font, way) > WIDTH - 2 * _EDGE else ():
            if _length(piece + char, font, way) > WIDTH - 2 * _EDGE:
                yield piece
                piece = ""
            piece += char
        yield piece or word


def _length(text: str, font: ImageFont.FreeTypeFont, way: Direction) -> float:
    return font.getlength(text, direction=_asked(way))


def _asked(way: Direction) -> Direction | None:
    return way if features.check("raqm") else None


class _Paper:
    """The sheet a card is drawn on, for one direction of writing."""

    def __init__(self, way: Direction) -> None:
        self.way = way
        self.image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
        self.pen = ImageDraw.Draw(self.image)

    def rule(self, y: int, thick: int, colour: str) -> None:
        self.pen.rectangle((_EDGE, y - thick // 2, WIDTH - _EDGE, y - thick // 2 + thick - 1), fill=colour)

    def line(self, text: str, font: ImageFont.FreeTypeFont, y: int, colour: str, indent: float = 0) -> None:
        """Write a line with its middle at ``y``, from the side the language begins at."""
        x, anchor = (WIDTH - _EDGE - indent, "rm") if self.way == "rtl" else (_EDGE + indent, "lm")
        self.pen.text((x, y), text, font=font, fill=colour, anchor=anchor, direction=_asked(self.way))

    def row(self, texts: Sequence[tuple[str, _Face]], y: int, colour: str) -> None:
        """Write texts beside each other, dots between them; the first gives way where they do not fit."""
        fonts = [face.at(_SMALL) for _, face in texts]
        lengths = [_length(text, font, self.way) for (text, _), font in zip(texts, fonts, strict=True)]
        room = WIDTH - 2 * _EDGE - sum(lengths[1:]) - _GAP * (len(texts) - 1)
        indent = 0.0
        for number, ((text, face), font) in enumerate(zip(texts, fonts, strict=True)):
            shown = text if number else _cut(text, face, font, self.way, room)
            if number:
                middle = indent - _GAP / 2
                x = WIDTH - _EDGE - middle if self.way == "rtl" else _EDGE + middle
                self.pen.ellipse((x - 3, y - 3, x + 3, y + 3), fill=_ACCENT)
            self.line(shown, font, y, colour, indent)
            indent += _length(shown, font, self.way) + _GAP

    def png(self) -> bytes:
        held = BytesIO()
        self.image.quantize(_COLOURS, dither=Image.Dither.NONE).save(held, "PNG", optimize=True)
        return held.getvalue()
