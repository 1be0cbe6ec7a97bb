"""QR codes as inline SVG."""

from __future__ import annotations

from html import escape

import segno

_MASK = 3  # Any of the eight reads: to choose the fairest pattern would cost more than all the rest of a print page.


def svg(text: str, *, alt: str) -> str:
    """Return a QR code of ``text`` as an ``<svg>`` that scales, with ``alt`` as its one alternative text.

    Error correction is M (15 %): a folded or stained print still reads. The quiet zone of 4 modules is part of it.
    """
    code = segno.make(text, error="m", micro=False, boost_error=False, mask=_MASK)
    drawn = code.svg_inline(svgclass=None, lineclass=None, omitsize=True, border=4, light="#fff", dark="#000")
    return drawn.replace("<svg ", f'<svg class="qr" role="img" aria-label="{escape(alt)}" ', 1)
