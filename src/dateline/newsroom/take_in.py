"""File a story: find out which one it is, and keep what is new about it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from django.db.models import F

from dateline.archive.codes import code_in, next_code, reserve
from dateline.archive.filing import filing
from dateline.archive.models import Act, Record, Sighting, Source, Task, Version, digest_of
from dateline.archive.models.records import instant
from dateline.newsroom.correct import correct
from dateline.newsroom.press import Press, print_pages, standing
from dateline.newsroom.recognise import AGENCY, Recognition, key_of, recognise, remember
from dateline.newsroom.retract import retract
from dateline.story import Refused, Repair, Stamp, Story
from dateline.text.slugs import slug
from dateline.text.urls import host, site_of
from dateline.text.variants import page_of

Outcome = Literal["new", "seen again", "changed", "killed"]
KILLED = "Withdrawn by its source."
# A clock may be wrong by hours and a zone unstated by half a day; beyond that, a date is not believed.
_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What became of a story that came in; ``is_told_anew``: its source had not said it in these words before."""

    outcome: Outcome
    record: Record
    is_told_anew: bool = False


@filing()
def take_in(
    story: Story,
    *,
    item_format: str,
    raw: bytes,
    site_url: str,
    by: str,
    now: datetime,
    press: Press,
    source: Source | None = None,
    shared: frozenset[str] = frozenset(),
) -> Intake:
    """File ``story``, as it came in ``raw``, under its record; make the record where there is none.

    ``source`` is where it was found (by default the site it names), ``shared`` the names that mean nothing there (see
    ``recognise``). The same again adds to its sighting, a change adds a version, a kill withdraws. What was
    seen before, or is older than what we have, or is another's copy, changes nothing. Raises Refused for a
    story its source withholds.
    """
    if story.status == "withheld":
        raise Refused("withheld", "its source holds it back")
    source = source or source_of(story, now=now)
    digest = digest_of_raw(raw)
    if again := see_again(digest, source=source, now=now):
        return again
    story = _quarantined(story, now=now)
    known = recognise(story, source=source, item_format=item_format, site_url=site_url, shared=shared)
    outcome: Outcome = "seen again" if known else "new"
    record = known.record if known else _file(story, code=code_in(story.url or "", site_url), now=now)
    if story.status == "canceled":
        outcome = _kill(record, story, by=by, now=now, press=press)
    elif known and _may_change(known, story, source, item_format) and _is_changed(record, story):
        remember(correct(record, story, note=_note(record, story), by=by, now=now, press=press), story)
        outcome = "changed"
    elif known and known.by == "identifier" and record.embargoed_until != instant(story.embargo):
        # An agency lifts, sets or moves an embargo by sending the same words again.
        Record.objects.filter(pk=record.pk).update(embargoed_until=instant(story.embargo))
        Task.objects.filter(kind="publish", key=str(record.code)).update(due_at=instant(story.embargo) or now)
    is_new = _sight(record, story, source, item_format=item_format, raw=raw, digest=digest, now=now)
    if is_new and known and record.state == Record.State.PUBLISHED:
        # The page tells where a story was seen; what corrected it was not among the sightings yet.
        print_pages(record, before=standing(record), press=press, now=now)
    if is_new or outcome != "seen again":
        detail = {"outcome": outcome, "source": source.slug, "known by": known.by if known else None}
        Act.objects.create(verb="take in", record=record, by=by, at=now, detail=detail)
    return Intake(outcome=outcome, record=record, is_told_anew=is_new)


def see_again(digest: str, *, source: Source | None, now: datetime) -> Intake | None:
    """Count an item that came in before in just these bytes; None when it did not.

    Without a ``source``, whichever it came from. This is what makes taking in the same file again cheap. A feed that
    shows old words again after others has changed back: that is for ``take_in`` to look at.
    """
    seen = Sighting.objects.filter(digest=digest).select_related("record").order_by("pk")
    sighting = (seen.filter(source=source) if source else seen).first()
    if sighting is None:
        return None
    if source is not None and source.feed_url and _is_outdated(sighting, now=now):
        return None
    Sighting.objects.filter(pk=sighting.pk).update(times=F("times") + 1, last_seen_at=now)
    return Intake(outcome="seen again", record=sighting.record)


def _is_outdated(sighting: Sighting, *, now: datetime) -> bool:
    """Tell whether the same source has shown other words of this story since, elsewhere than beside these."""
    since = Sighting.objects.filter(
        record=sighting.record_id,
        source=sighting.source_id,
        last_seen_at__gt=sighting.last_seen_at,
        last_seen_at__lt=now,
    )
    return since.exclude(version=sighting.version_id).exists()


def digest_of_raw(raw: bytes) -> str:
    """Return the digest an item is known again by."""
    return sha256(raw).hexdigest()


def source_of(story: Story, *, now: datetime) -> Source:
    """Return the source a story came from: its site by name, else its host, else whom it is credited to."""
    name = story.site_name or host(story.url or "") or host(story.site_url or "") or story.credit or "Unnamed source"
    found, _ = Source.objects.get_or_create(
        slug=slug(name), defaults={"name": name, "url": story.site_url or "", "first_seen_at": now}
    )
    return found


def _quarantined(story: Story, *, now: datetime) -> Story:
    """Return the story without the dates that lie in the future: each goes into a Repair instead."""
    for name in ("published", "updated"):
        stamp: Stamp | None = getattr(story, name)
        moment = instant(stamp)
        if stamp is None or moment is None or moment <= now + _AHEAD:
            continue
        told = Repair(kind="future-date", before=stamp.said, after="", rule=f"{name}: a date in the future is not kept")
        story = replace(story, repairs=(*story.repairs, told), **{name: None})  # type: ignore[arg-type]
    return story


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
    version = Version.of(record, story, now=now)
    record.adopt(version, story, now=now)
    remember(version, story)
    return record


def _kill(record: Record, story: Story, *, by: str, now: datetime, press: Press) -> Outcome:
    if record.state != Record.State.WITHDRAWN:
        retract(record, by=by, reason=story.note or KILLED, now=now, press=press)
    return "killed"


def _may_change(known: Recognition, story: Story, source: Source, item_format: str) -> bool:
    """Tell whether this source may change the record: the one it first came from, the story's own site, an agency
    that sends its own item again.

    What others carry of it is a sighting: an aggregator's three lines are no new version.
    """
    if known.by == "code" or (known.by == "identifier" and item_format in AGENCY):
        return True
    paged = known.record.sightings.filter(source=source, item_format="page")
    if source.full_text and item_format != "page" and paged.exists():
        return False  # the feed's few lines, where the page was fetched
    first = known.record.sightings.order_by("pk").values_list("source", flat=True).first()
    own = site_of(story.url or "")
    return first in (None, source.pk) or bool(own and own in (site_of(source.feed_url or ""), site_of(source.url)))


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
) -> bool:
    """Keep the sighting; return False where it only repeats one: the same version, under the same names."""
    record.refresh_from_db()
    assert record.current is not None
    guid, url = key_of(story.guid or ""), story.url or ""
    version = record.versions.filter(digest=digest_of(story)).order_by("-number").first() or record.current
    same = record.sightings.filter(source=source, version=version, guid=guid, url=url, item_format=item_format)
    if version.digest == digest_of(story) and same.update(times=F("times") + 1, last_seen_at=now):
        return False
    again = record.sightings.filter(source=source, digest=digest)
    if again.update(version=version, times=F("times") + 1, last_seen_at=now):
        return True
    Sighting.objects.create(
        record=record,
        version=version,
        source=source,
        guid=guid,
        url=url,
        page=key_of(page_of(story.url)) if story.url else "",
        foreign_code=story.code or "",
        item_format=item_format,
        digest=digest,
        raw=zlib.compress(raw, 6),
        first_seen_at=now,
        last_seen_at=now,
    )
    return True
