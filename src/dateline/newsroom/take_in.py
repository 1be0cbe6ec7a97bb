"""File a story: find out which one it is, and keep what is new about it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from django.db import transaction

from dateline.archive.codes import code_in, next_code, reserve
from dateline.archive.models import Act, Record, Sighting, Source, Version, digest_of
from dateline.archive.models.records import instant
from dateline.newsroom.correct import correct
from dateline.newsroom.press import Press
from dateline.newsroom.retract import retract
from dateline.story import Refused, Story
from dateline.text.slugs import slug
from dateline.text.urls import canonical, host

Outcome = Literal["new", "seen again", "changed", "killed"]
KILLED = "Withdrawn by its source."


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What became of a story that came in."""

    outcome: Outcome
    record: Record


@transaction.atomic
def take_in(
    story: Story, *, item_format: str, raw: bytes, site_url: str, by: str, now: datetime, press: Press
) -> Intake:
    """File ``story``, as it came in ``raw``, under its record; make the record where there is none.

    Identity: our own code (a link on ``site_url``'s host), the source's identifier, the canonical link, the very
    same words – in that order. The same again adds a sighting, a change adds a version, a kill withdraws. What
    was seen before, or is older than what we have, changes nothing. Raises Refused for a story its source withholds.
    """
    if story.status == "withheld":
        raise Refused("withheld", "its source holds it back")
    source = source_of(story, now=now)
    code = code_in(story.url or "", site_url)
    record = _known(story, source, code)
    digest = sha256(raw).hexdigest()
    seen = Sighting.objects.filter(record=record, source=source, digest=digest).first() if record else None
    if record is not None and seen is not None:
        seen.times += 1
        seen.last_seen_at = now
        seen.save(update_fields=["times", "last_seen_at"])
        return Intake(outcome="seen again", record=record)

    outcome: Outcome = "new" if record is None else "seen again"
    record = record or _file(story, code=code, now=now)
    if story.status == "canceled":
        outcome = _kill(record, story, by=by, now=now, press=press)
    elif outcome == "seen again" and _is_changed(record, story):
        correct(record, story, note=_note(record, story), by=by, now=now, press=press)
        outcome = "changed"
    _sight(record, story, source, item_format=item_format, raw=raw, digest=digest, now=now)
    Act.objects.create(verb="take in", record=record, by=by, at=now, detail={"outcome": outcome, "source": source.slug})
    return Intake(outcome=outcome, record=record)


def source_of(story: Story, *, now: datetime) -> Source:
    """Return the source a story came from: its site by name, else its host, else whom it is credited to."""
    name = story.site_name or host(story.url or "") or host(story.site_url or "") or story.credit or "Unnamed source"
    found, _ = Source.objects.get_or_create(
        slug=slug(name), defaults={"name": name[:200], "url": story.site_url or "", "first_seen_at": now}
    )
    return found


def _known(story: Story, source: Source, code: int | None) -> Record | None:
    if code is not None and (record := Record.objects.filter(code=code).first()):
        return record
    sightings = Sighting.objects.select_related("record").order_by("pk")
    if story.guid and (sighting := sightings.filter(source=source, guid=story.guid[:500]).first()):
        return sighting.record
    if story.url and (sighting := sightings.filter(canonical_url=canonical(story.url)).first()):
        return sighting.record
    same = Version.objects.select_related("record").filter(digest=digest_of(story)).order_by("pk").first()
    return same.record if same else None


def _file(story: Story, *, code: int | None, now: datetime) -> Record:
    if code is not None:
        reserve(code)
    record = Record.objects.create(
        code=code or next_code(),
        language=story.language,
        slug=slug(story.headline),
        headline=story.headline,
        published_at=instant(story.published) or now,
        filed_at=now,
        changed_at=now,
    )
    record.adopt(Version.of(record, story, now=now), story, now=now)
    return record


def _kill(record: Record, story: Story, *, by: str, now: datetime, press: Press) -> Outcome:
    if record.state != Record.State.WITHDRAWN:
        retract(record, by=by, reason=story.note or KILLED, now=now, press=press)
    return "killed"


def _is_changed(record: Record, story: Story) -> bool:
    if record.current is None or record.state == Record.State.WITHDRAWN:
        return False
    current = record.current.as_story()
    return digest_of(story) != digest_of(current) and not _is_older(story, current)


def _is_older(story: Story, current: Story) -> bool:
    """Say whether ``story`` states that it is older than what we have."""
    if story.version and current.version and story.version.isdigit() and current.version.isdigit():
        return int(story.version) < int(current.version)
    new, old = instant(story.updated), instant(current.updated)
    return new is not None and old is not None and new < old


def _note(record: Record, story: Story) -> str | None:
    """Return the source's note where it is a new one."""
    told = record.current.as_story().note if record.current else None
    return story.note if story.note and story.note != told else None


def _sight(
    record: Record, story: Story, source: Source, *, item_format: str, raw: bytes, digest: str, now: datetime
) -> None:
    record.refresh_from_db()
    assert record.current is not None
    Sighting.objects.create(
        record=record,
        version=record.current,
        source=source,
        guid=(story.guid or "")[:500],
        url=(story.url or "")[:2000],
        canonical_url=canonical(story.url)[:2000] if story.url else "",
        foreign_code=(story.code or "")[:100],
        item_format=item_format,
        digest=digest,
        raw=zlib.compress(raw, 6),
        first_seen_at=now,
        last_seen_at=now,
    )
