"""The style sheets, addressed by a digest of what is in them, so that they may be kept for ever."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from dateline.text.folding import letters

_STATIC = Path(__file__).parent / "static" / "site"
SIZES = (40, 80, 160, 320, 640, 1280)
_RULES = """\
main:has(.a{n}:target,#p{n}:target) .f{n}{{background:var(--lit)}}
main:has(.a{n}:target,#p{n}:target) .s{n}{{background:var(--lit-source)}}
main:has(.a{n}:target,#p{n}:target) .c{n}{{background:var(--lit-cue)}}
main:has(.a{n}:target,#p{n}:target) .t{n}{{background:var(--lit-content)}}
main:has(.a{n}:target) #p{n}{{background:var(--lit-content)}}
"""


@cache
def sheet() -> bytes:
    return (_STATIC / "site.css").read_bytes()


@cache
def dossier_sheet() -> bytes:
    """Return what pages with charts and lists of findings have beside the common sheet: a story's has neither."""
    return b"".join((_STATIC / name).read_bytes() for name in ("charts.css", "dossiers.css"))


@cache
def explained() -> bytes:
    """Return what the page of `dateline read --format html` has beside the common sheet."""
    return (_STATIC / "explain.css").read_bytes()


@cache
def lights(size: int) -> bytes:
    """Return the rules that light up the words of findings 1 to ``size`` when one of them is the target.

    The rules know findings by number only, so pages of many stories share one cached sheet.
    """
    return "".join(_RULES.format(n=n) for n in range(1, size + 1)).encode()


@cache
def script() -> bytes:
    """Return the script of a baked site's search page, with the letters that our search folds."""
    folded = json.dumps(letters(), ensure_ascii=True, sort_keys=True)
    return (_STATIC / "find.js").read_text("utf-8").replace("/*LETTERS*/ {}", folded).encode()


@cache
def script_path() -> str:
    return f"/assets/{_digest(script())}/find.js"


@cache
def sheet_path() -> str:
    return f"/assets/{_digest(sheet())}/site.css"


@cache
def dossier_sheet_path() -> str:
    return f"/assets/{_digest(dossier_sheet())}/dossiers.css"


def lights_path(findings: int) -> str:
    """Return the address of the smallest sheet that has rules for so many findings."""
    return _lights_path(next((size for size in SIZES if size >= findings), SIZES[-1]))


@cache
def _lights_path(size: int) -> str:
    return f"/assets/{_digest(lights(size))}/lights-{size}.css"


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:12]
