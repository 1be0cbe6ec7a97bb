"""Our print pages as PDF, through WeasyPrint in a child process that can reach nothing.

The child gets the HTML by its standard input and gives the PDF by its standard output. It opens no address but
``data:`` ones, no file of the page's choice, may write no file, and has a limit of time and memory. Each line of text
carries its characters as they are read (ActualText), so that right-to-left text, ZWNJ included, comes back from the
paper (``wire.pdf``) as it went in.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from ctypes.util import find_library
from functools import cache, lru_cache
from importlib.util import find_spec
from threading import BoundedSemaphore
from typing import Any

from dateline.story import DatelineError

SECONDS = 60  # 50 stories of 1,000 words take 6 on one core
MEMORY = 2 * 2**30
LARGEST = 16 * 2**20  # bytes, of the HTML
AT_ONCE = 2
_turns = BoundedSemaphore(AT_ONCE)


class NotTypeset(DatelineError):
    """No PDF came of it. ``missing`` says that what makes them is not installed, ``busy`` to come again later."""

    def __init__(self, why: str, *, missing: bool = False, busy: bool = False) -> None:
        super().__init__(why)
        self.missing = missing
        self.busy = busy


@cache
def available() -> bool:
    """Tell whether PDFs can be made here: the extra ``pdf`` is installed, and Pango with it."""
    return find_spec("weasyprint") is not None and any(map(find_library, ("pango-1.0", "pango-1.0-0")))


@lru_cache(maxsize=16)
def pdf_of(html: bytes, *, patience: float = 5) -> bytes:
    """Return a print page or press review of ours as a tagged PDF.

    Waits ``patience`` seconds where others are being made. Raises NotTypeset.
    """
    if not available():
        raise NotTypeset(
            "PDF needs WeasyPrint and Pango: install dateline[pdf] (here: pip install '.[pdf]')",
            missing=True,
        )
    if len(html) > LARGEST:
        raise NotTypeset(f"too large for a PDF: {len(html) // 2**20} MiB of HTML")
    if not _turns.acquire(timeout=patience):
        raise NotTypeset("other PDFs are being made", busy=True)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "dateline.wire.typesetting"],
            input=html,
            capture_output=True,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8"},
            timeout=SECONDS + 5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotTypeset(f"it took longer than {SECONDS} seconds") from None
    finally:
        _turns.release()
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise NotTypeset(f"the PDF was not made: {said or f'ended by signal {-done.returncode}'}")
    return done.stdout


# --- in the child ------------------------------------------------------------------------------------


def main() -> None:
    """Read HTML, write PDF."""
    import resource  # Unix only, and only the child needs it

    os.nice(5)  # readers of pages come first
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    sys.stdout.buffer.write(_typeset(sys.stdin.buffer.read()))


def _typeset(html: bytes) -> bytes:
    import weasyprint
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    page = weasyprint.HTML(string=html.decode("utf-8"), url_fetcher=fetcher)
    return bytes(page.write_pdf(pdf_tags=True, finisher=_state_characters))


def _state_characters(document: Any, pdf: Any) -> None:
    """Give each piece of a line in the structure the characters it shows.

    WeasyPrint makes these elements in the order of its boxes, one for each text box that does not stand in a link.
    """
    import pydyf

    boxes = [box for page in document.pages for box in _text_boxes(page._page_box)]
    elements = [each for each in pdf.objects if isinstance(each, pydyf.Dictionary) and _is_piece(each)]
    # Were the two ever out of step, wrong words would be worse than none: the page looks the same without.
    for box, element in zip(boxes, elements, strict=True) if len(boxes) == len(elements) else ():
        element["ActualText"] = pydyf.String(box.text)


def _text_boxes(box: Any, *, in_link: bool = False) -> Iterator[Any]:
    from weasyprint.formatting_structure.boxes import TextBox

    for placed in getattr(box, "children", ()):
        child = getattr(placed, "_box", placed)  # what is positioned stands behind a placeholder
        if not isinstance(child, TextBox):
            yield from _text_boxes(child, in_link=child.element_tag == "a")
        elif not in_link:
            yield child


def _is_piece(thing: Any) -> bool:
    if thing.get("Type") != "/StructElem" or thing["S"] in ("/Figure", "/Link"):
        return False
    kids = thing["K"]
    return len(kids) == 1 and isinstance(kids[0], int)


if __name__ == "__main__":
    main()
