"""Where repairs stand in the source and in the text."""

from __future__ import annotations

from dataclasses import replace

from dateline.story import Repair
from dateline.text.spans import Span


def located(repairs: list[Repair], *, body: str, text: str) -> tuple[Repair, ...]:
    """Say where repairs stand, where that can be said for certain: words that stand once in a text."""
    found: list[Repair] = []
    for each in repairs:
        raw, at = each.raw, each.at
        if raw is None and each.before and body.count(each.before) == 1:
            start = body.index(each.before)
            raw = Span(start, start + len(each.before))
        if (
            at is None
            and each.after
            and each.kind in ("unknown-shortcode", "escaped-shortcode")
            and text.count(each.after) == 1
        ):
            at = text.index(each.after)
        found.append(replace(each, raw=raw, at=at))
    return tuple(found)
