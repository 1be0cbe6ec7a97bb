"""Who wrote it and who it is credited to: people are a byline, organisations a credit."""

from __future__ import annotations

import re

from dateline.clean.wording import plain
from dateline.text.credits import read_credit
from dateline.text.folding import fold
from dateline.text.labels import find_label

_MAIL = re.compile(r"\s*[(<]?\b[\w.+-]+@[\w.-]+\.\w+\b[)>]?\s*")


def attributed(
    byline: str | None, credit: str | None, *, site_name: str | None = None
) -> tuple[str | None, str | None]:
    """Return byline and credit as they should stand.

    A source that states a credit is taken at its word for both. Without one, the organisations of a byline are
    the credit, the site's own name included.
    """
    said, owner = _bare(byline), plain(credit)
    if said is None or owner:
        return said, owner
    if site_name and fold(said) == fold(site_name):
        return None, said
    return read_credit(said) or (said, None)


def _bare(byline: str | None) -> str | None:
    """Return a byline without "By", addresses of mail and what hangs on them."""
    said = plain(byline)
    if said is None:
        return None
    said = _MAIL.sub(" ", said)
    label = find_label(said)
    if label and label.kind in ("by", "author") and len(label.value):
        said = label.value.of(said)
    said = said.strip(" ,;|-–—/()")
    return said if any(char.isalpha() for char in said) else None
