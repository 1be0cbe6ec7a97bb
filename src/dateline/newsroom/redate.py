"""Give a story the day it was published on, where it states none or a wrong one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dateline.archive.models import Record, Version
from dateline.newsroom.correct import correct
from dateline.newsroom.press import Press
from dateline.plain import instant
from dateline.story import Refused, Stamp, Story

DESK = "desk"  # the origin of a date that an editor gave
_AHEAD = timedelta(days=1)


def redate(record: Record, published: Stamp, *, by: str, now: datetime, press: Press) -> Version:
    """Make the record's next version one that bears ``published``; it moves to its days, and stays there.

    Raises Refused for a day to come, for the date it bears already, and for a withdrawn story.
    """
    assert record.current is not None
    story = record.current.as_story()
    given = replace(published, origin=DESK)
    moment = instant(given)
    if moment is None or moment > now + _AHEAD:
        raise Refused("future-date", f"{record.code}: {published.said} has not come yet")
    if story.published and (story.published.value, story.published.zone) == (given.value, given.zone):
        raise Refused("same-date", f"{record.code}: its date is {given.value} already")
    return correct(record, replace(story, published=given), note=None, by=by, now=now, press=press, verb="redate")


def as_dated(record: Record, story: Story) -> Story:
    """Return a story that comes in with the date its record has, where it states none itself.

    What the source said when the desk gave a date does not undo that either; another date does.
    """
    current = record.current.as_story() if record.current else None
    if current is None or current.published is None:
        return story
    if story.published is None:
        return replace(story, published=current.published)
    if current.published.origin != DESK:
        return story
    told = (version.as_story().published for version in record.versions.order_by("-number"))
    before = next((stamp for stamp in told if stamp is None or stamp.origin != DESK), None)
    if instant(story.published) != instant(before):
        return story
    return replace(story, published=current.published)
