"""The figures of a print page, from the lines that tell of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from dateline.clean.print_lines import PrintLine
from dateline.story import Figure
from dateline.text.captions import NO_CREDIT, split_caption
from dateline.text.folding import fold_digits
from dateline.text.labels import is_furniture, is_missing_note

_ORDER = {"picture here": 0, "image": 1, "photo": 2, "picture": 3, "alt": 4}
_SIZE = re.compile(r"\s*·\s*(\d{1,5}|\?)\s*×\s*(\d{1,5}|\?)\s*$")
_SMALLEST = 100  # pixels: below it an image is an icon


@dataclass(slots=True)
class FigureReader:
    """Gather figures line by line: each new one begins where a line of it comes out of order."""

    pictures: list[Figure]
    found: list[Figure] = field(default_factory=list)
    _open: Figure | None = None
    _last: int = -1
    _said: str | None = None  # the caption as its line has it
    _credited: bool = False  # whether a line of its own tells the credit

    def take(self, line: PrintLine, paragraphs: int) -> bool:
        """Take a line of a figure; False when it tells of none. ``paragraphs`` stand before it."""
        order = _ORDER[line.kind]
        if line.kind == "alt" and self._open is None:
            return False
        if self._open is None or order <= self._last or self._open.after != paragraphs:
            self.close()
            self._open = Figure(after=paragraphs, missing=True)
        self._last = order
        self._open = self._with(self._open, line)
        return True

    def close(self) -> None:
        """End the open figure, and keep it if it is one of the story."""
        figure, said = self._open, self._said
        if figure and said:
            caption, credit = (said, figure.credit) if self._credited else split_caption(said)
            figure = replace(figure, caption=caption, credit=credit or figure.credit)
        if figure and (self._last > 0 or figure.missing or figure.caption or _is_of_story(figure)):
            self.found.append(figure)
        self._open, self._last, self._said, self._credited = None, -1, None, False

    def _with(self, figure: Figure, line: PrintLine) -> Figure:
        if line.kind == "picture here":
            picture = self.pictures.pop(0) if self.pictures else Figure()
            return replace(picture, after=figure.after)
        if line.kind == "image":
            self._said = line.value
            return figure
        if line.kind == "photo":
            if self._said is None and len(line.value.split()) > 8:
                self._said = line.value  # "Foto: " before what is plainly a caption
                return figure
            self._credited = True
            return replace(figure, credit=None if line.value == NO_CREDIT else line.value)
        return _with_file(figure, line.value) if line.kind == "picture" else replace(figure, alt=line.value)


def _with_file(figure: Figure, said: str) -> Figure:
    size = _SIZE.search(fold_digits(said))
    where = said[: size.start()] if size else said
    width, height = ((int(side) if side.isdigit() else None) for side in size.groups()) if size else (None, None)
    if is_missing_note(where):
        return replace(figure, width=width or figure.width, height=height or figure.height, missing=True)
    return replace(
        figure, url=where.strip(), width=width or figure.width, height=height or figure.height, missing=False
    )


def _is_of_story(figure: Figure) -> bool:
    """Tell a picture of the story without words from an icon, a logo or a QR code."""
    if not figure.url or (figure.alt and is_furniture(figure.alt)):
        return False
    sides = [side for side in (figure.width, figure.height) if side]
    return not sides or min(sides) >= _SMALLEST
