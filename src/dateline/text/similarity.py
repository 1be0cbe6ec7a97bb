"""How alike two texts are, and a short sketch by which the like of a text is found among very many.

Words are folded (case, accents, letter variants), three in a row make a shingle (Broder 1997). The sketch is the
``SKETCH`` smallest of the shingles' hashes: two texts that share half their shingles share none of sixteen once in
70,000 times, so whoever shares one is worth comparing in full.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from struct import unpack

from dateline.text.folding import fold

SKETCH = 16
FEWEST = 20  # shingles; shorter texts resemble each other by chance
_RUN = 3
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def shingles(text: str) -> frozenset[int]:
    """Return the hashes (63 bits, the same on every machine) of every three words in a row."""
    words = [word.encode() for word in _WORD.findall(fold(text))]
    runs = map(b" ".join, zip(*(words[at:] for at in range(_RUN)), strict=False))
    digests = [blake2b(run, digest_size=8).digest() for run in runs]
    return frozenset(value >> 1 for value in unpack(f">{len(digests)}Q", b"".join(digests)))


def sketch(found: frozenset[int]) -> tuple[int, ...]:
    """Return the smallest hashes of a text's shingles, ascending."""
    return tuple(sorted(found)[:SKETCH])


def sketch_of(text: str) -> tuple[int, ...]:
    """Return the sketch by which the like of a text is found, an empty one of a text too short for it."""
    found = shingles(text)
    return sketch(found) if len(found) >= FEWEST else ()


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of shingles that two texts have in common, 0 to 1 (Jaccard's index)."""
    return len(one & other) / len(one | other) if one and other else 0.0


def numbers_agree(one: str, other: str) -> bool:
    """Tell whether two texts tell of the same figures: reports made from one template differ in nothing else."""
    first, second = set(_NUMBER.findall(one)), set(_NUMBER.findall(other))
    fewer = min(len(first), len(second))
    return fewer < 3 or len(first & second) * 2 >= fewer
