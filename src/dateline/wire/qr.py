"""QR codes as inline SVG (ISO/IEC 18004), error correction M: a folded or stained print still reads.

The library draws each size of code once and tells where which bit of a message goes; a text is then a polynomial
division and a look-up, an eighth of what the library takes: every print page has a code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from operator import itemgetter
from typing import Any

import segno.consts
import segno.encoder

# Its parts know no types.
consts: Any = segno.consts
encoder: Any = segno.encoder
_MASK = 3  # Any of the eight reads: to choose the fairest pattern would cost more than all the rest of a print page.
_LEVEL = consts.ERROR_LEVEL_M
_QUIET = 4  # modules around the code
_FREE = 2  # what the library writes where a bit of the message goes
_LIGHT, _DARK, _END = "l", "d", "\n"  # a module of each kind, and the end of a row
_AT_ONCE = 11  # modules whose strokes are looked up together: few enough to have been drawn before


@dataclass(frozen=True, slots=True, kw_only=True)
class _Size:
    """A size of code. ``modules`` picks its rows from the bits of a message, a light module, a dark one and an end."""

    width: int
    counted: int  # bits that say how long the text is
    blocks: tuple[int, ...]  # codewords of the message in each
    correcting: int  # codewords after each
    bits: int
    mask: int
    modules: itemgetter[Any]


def svg(text: str, *, alt: str) -> str:
    """Return a QR code of ``text`` as an ``<svg>`` that scales, with ``alt`` as its one alternative text."""
    said = text.encode("latin-1") if all(char < "\u0100" for char in text) else text.encode()
    size = _size(len(said))
    bits = format(_message(said, size) ^ size.mask, f"0{size.bits}b").replace("1", _DARK).replace("0", _LIGHT)
    drawn = "".join(size.modules(bits + _LIGHT + _DARK + _END))
    strokes = "".join([_strokes(drawn[at : at + _AT_ONCE]) for at in range(0, len(drawn), _AT_ONCE)])
    path = f"M{_QUIET} {_QUIET}.5" + strokes.replace(_END, f"m-{size.width} 1")
    side = size.width + 2 * _QUIET
    return (
        f'<svg class="qr" role="img" aria-label="{escape(alt)}" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path stroke="#000" d="{path}"/></svg>'
    )


@lru_cache(maxsize=1 << 14)
def _strokes(modules: str) -> str:
    """Return what draws a few modules: a line over each dark run, a move over each light one."""
    drawn = re.sub(f"{_DARK}+", lambda run: f"h{len(run[0])}", modules)
    return re.sub(f"{_LIGHT}+", lambda run: f"m{len(run[0])} 0", drawn)


def _message(said: bytes, size: _Size) -> int:
    """Return the codewords of a text and those that correct them, in the order of the code, as one number."""
    head = (0b0100 << size.counted | len(said)) << 8 * len(said) | int.from_bytes(said)
    room = sum(size.blocks)
    told = (head << 4).to_bytes((4 + size.counted + 4) // 8 + len(said))
    told = (told + b"\xec\x11" * room)[:room]
    short, apart = size.blocks[0], len(size.blocks)
    woven = bytearray(room + size.correcting * apart)
    start = 0
    for number, length in enumerate(size.blocks):
        block = told[start : start + length]
        start += length
        woven[number : short * apart : apart] = block[:short]
        if length > short:
            woven[room - apart + number] = block[short]
        woven[room + number :: apart] = _correcting(block, size.correcting)
    return int.from_bytes(woven) << size.bits - 8 * len(woven)


def _correcting(block: bytes, number: int) -> bytes:
    """Return the remainder of a block's division by the generator polynomial."""
    times, top = _multiples(number), 8 * (number - 1)
    below = (1 << top) - 1
    rest = 0
    for byte in block:
        rest = (rest & below) << 8 ^ times[rest >> top ^ byte]
    return rest.to_bytes(number)


@cache
def _multiples(number: int) -> tuple[int, ...]:
    """Return the generator polynomial of so many codewords times each of the 256 values."""
    exp, log, generator = consts.GALIOS_EXP, consts.GALIOS_LOG, consts.GEN_POLY[number]
    return 0, *(int.from_bytes(exp[log[value] + each] for each in generator) for value in range(1, 256))


@cache
def _size(length: int) -> _Size:
    """Return the smallest size that holds a text of so many bytes. Raises ValueError where none does."""
    for version in range(1, 41):
        counted = 8 if version < 10 else 16
        parts = consts.ECC[version][_LEVEL]
        if (4 + counted) / 8 + length <= sum(part.num_blocks * part.num_data for part in parts):
            return _drawn(version, counted)
    raise ValueError(f"{length} bytes are too many for a QR code")


@cache
def _drawn(version: int, counted: int) -> _Size:
    width = 17 + 4 * version
    blank = [list(row) for row in encoder.make_matrix(width, width)]
    encoder.add_finder_patterns(blank, width, width)
    encoder.add_alignment_patterns(blank, width, width)
    free = [(y, x) for y, row in enumerate(blank) for x, module in enumerate(row) if module == _FREE]
    # Written instead of bits, their numbers tell the way the bits go; none may look like a module.
    encoder.add_codewords(blank, range(_FREE + 1, _FREE + 1 + len(free)), version)
    order = {place: blank[place[0]][place[1]] - _FREE - 1 for place in free}
    encoder.add_format_info(blank, version, _LEVEL, _MASK)
    encoder.add_version_info(blank, version)
    is_masked = encoder.get_data_mask_functions(is_micro=False)[_MASK]
    mask = sum(1 << len(free) - 1 - number for (y, x), number in order.items() if is_masked(y, x))
    places = [[order.get((y, x), len(free) + blank[y][x]) for x in range(width)] for y in range(width)]
    modules = [at for row in places for at in (*row, len(free) + 2)]
    parts = consts.ECC[version][_LEVEL]
    return _Size(
        width=width,
        counted=counted,
        blocks=tuple(part.num_data for part in parts for _ in range(part.num_blocks)),
        correcting=parts[0].num_total - parts[0].num_data,
        bits=len(free),
        mask=mask,
        modules=itemgetter(*modules),
    )
