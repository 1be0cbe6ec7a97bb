"""Captions of pictures: what they show, and whose the picture is."""

from __future__ import annotations

import re
from functools import cache

from dateline.text.credits import is_agency
from dateline.text.labels import any_form

NO_CREDIT = "–"  # what we print where a caption must not be searched for one
# The slug a photo agency sends a picture under ("RUSSIA-US-UKRAINE-CRISIS-POLITICS") opens the caption.
_SLUG = re.compile(r"([^\W\d_][^\W_]+(?:-[^\W_]+)+)\s+(?=\S)")
_ENCLOSED = re.compile(r"[\s.]*[(\[]([^()\[\]]{2,80})[)\]]\s*\.?$")
_COPYRIGHT = re.compile(r"\s*(?:©|\(c\)|\bCopyright\b:?)\s*([^.]{2,60})\.?$", re.IGNORECASE)


def split_caption(said: str) -> tuple[str | None, str | None]:
    """Return caption and credit of what stands under a picture; either may be None.

    A credit is an agency's slug in capitals at the start, or at the end "Photo: …" in any of our languages,
    an agency in brackets, or "© …". Without such a sign the whole is the caption.
    """
    caption = said.strip()
    slug = _SLUG.match(caption)
    if slug and slug[1].isupper() and len(slug[1]) > 5:
        return caption[slug.end() :].strip() or None, slug[1]
    named = _photo().search(caption)
    if named:
        credit = named[1].strip(" .()[]")
        return caption[: named.start()].strip(" |–—-(") or None, credit or None
    enclosed = _ENCLOSED.search(caption)
    if enclosed and (is_agency(enclosed[1]) or "/" in enclosed[1]):
        kept = caption[: enclosed.start()]
        return (caption[: enclosed.start(1) - 1].strip() if kept else None), enclosed[1].strip()
    owned = _COPYRIGHT.search(caption)
    if owned:
        return caption[: owned.start()].strip() or None, owned[1].strip()
    if 1 <= len(caption.split()) <= 3 and caption[-1] not in ".!?" and is_agency(caption):
        return None, caption
    return caption or None, None


@cache
def _photo() -> re.Pattern[str]:
    named = "|".join(re.escape(word) for word in any_form("photo"))
    bare = "|".join(re.escape(word) for word in any_form("photo_by"))
    # A credit is short and holds no sentence of its own.
    return re.compile(
        rf"(?:^|(?<=[\s.(\[|–—]))(?:(?:{named})\s*[:：]|(?:{bare})(?=\s))\s*((?:(?!\. )[^:]){{2,80}})$", re.IGNORECASE
    )
