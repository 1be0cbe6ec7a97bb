"""Slugs: the readable, decorative end of a story's address."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80
EMPTY = "story"
_APART = re.compile(r"[^\w]+|_+")
_SILENT = re.compile("['’ʼ\u00ad\u200b\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069ـ\u064b-\u065f]")


def slug(text: str) -> str:
    """Return the words of ``text`` in lower case, joined by hyphens, in their own script.

    At most 80 characters, cut between words where there is one to cut at; never empty.
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    words = _APART.sub("-", _SILENT.sub("", plain)).strip("-")
    if len(words) > LONGEST:
        whole = words[: LONGEST + 1].rpartition("-")[0]
        words = whole or words[:LONGEST]
    return words.strip("-") or EMPTY
