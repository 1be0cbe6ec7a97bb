"""QR codes: module by module what the library draws, at a fraction of its time, and read back from every size."""

from __future__ import annotations

import re

import pytest
import segno
from segno import consts

from dateline.wire.qr import svg

STROKE = re.compile(r"([hm])(-?\d+)( \d)?")


def longest(version: int) -> str:
    """Return an address that fills a code of this size: no room is left that may be filled in one way or another."""
    room = sum(part.num_blocks * part.num_data for part in consts.ECC[version][consts.ERROR_LEVEL_M])
    return ("https://desk.example/en/news/" * 100)[: room - (2 if version < 10 else 3)]


def modules(drawn: str) -> list[list[int]]:
    """Return what an SVG shows, its quiet zone included."""
    found = re.search(r'viewBox="0 0 (\d+) \1"', drawn)
    assert found
    shown = [[0] * int(found[1]) for _ in range(int(found[1]))]
    x, y = 4, 4
    for pen, right, down in STROKE.findall(drawn.rpartition(' d="M4 4.5')[2]):
        if pen == "h":
            shown[y][x : x + int(right)] = [1] * int(right)
        x, y = x + int(right), y + int(down or 0)
    return shown


@pytest.mark.parametrize("version", range(1, 41))
def test_every_size_is_drawn_as_the_library_draws_it(version: int) -> None:
    text = longest(version)
    code = segno.make(text, error="m", micro=False, boost_error=False, mask=3, mode="byte")
    assert code.version == version
    assert modules(svg(text, alt="")) == [list(row) for row in code.matrix_iter(border=4)]


@pytest.mark.parametrize(
    "text", ["https://desk.example/en/news/1001/ü", "https://desk.example/fa/news/1001/سلام-دنیا", "x"]
)
def test_a_text_that_leaves_room_is_read_back(text: str) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    shown = modules(svg(text, alt=""))
    picture = image.new("L", (len(shown), len(shown)))
    picture.putdata([0 if dark else 255 for row in shown for dark in row])
    (code,) = zxingcpp.read_barcodes(picture.resize((len(shown) * 4, len(shown) * 4), image.Resampling.NEAREST))
    assert (code.text, code.ec_level) == (text, "M")


def test_a_text_too_long_for_any_size_is_refused() -> None:
    with pytest.raises(ValueError, match="too many"):
        svg("x" * 2332, alt="")
