"""File a story: find out which one it is, and keep what is new about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.db.models import F

from dateline.archive.codes import code_in
from dateline.archive.filing import filing
from dateline.archive.models import Act, Record, Sighting, Source, Task
from dateline.archive.sketches import keep_sketches
from dateline.clean.arrivals import Arrival
from dateline.newsroom.correct import correct
from dateline.newsroom.file_new import file_new, sighting_of
from dateline.newsroom.link_as_told import link_as_told
from dateline.newsroom.press import Press, print_pages, standing
from dateline.newsroom.recognise import AGENCY, Recognition, recognise
from dateline.newsroom.redate import as_dated
from dateline.newsroom.retract import retract
from dateline.plain import digest_of, instant, to_plain
from dateline.story import Refused, Story
from dateline.text.slugs import slug
from dateline.text.urls import host, site_of

Outcome = Literal["new", "seen again", "changed", "killed"]
KILLED = "Withdrawn by its source."
UNNAMED = "Unnamed source"
# Items that are the very page they bear the address of.
PAGES = frozenset({"print", "page"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What became of a story that came in; ``is_told_anew``: its source had not said it in these words before."""

    outcome: Outcome
    record: Record
    is_told_anew: bool = False


@filing()
def take_in(
    came: Arrival,
    *,
    site_url: str,
    by: str,
    now: datetime,
    press: Press,
    source: Source | None = None,
    shared: frozenset[str] = frozenset(),
) -> Intake:
    """File a story under its record; make the record where there is none.

    ``source`` is where it was found (by default the site it names), ``shared`` the names that mean nothing there (see
    ``recognise``). The same again adds to its sighting, a change adds a version, a kill withdraws. What was
    seen before, or is older than what we have, or is another's copy, changes nothing. Raises Refused for a
    story its source withholds.
    """
    story = came.story
    if story.status == "withheld":
        raise Refused("withheld", "its source holds it back")
    source = source or source_of(story, now=now)
    if again := see_again(came.digest, source=source, now=now):
        return again
    known = recognise(came, source=source, site_url=site_url, shared=shared)
    if known is None:
        return _begin(came, source, site_url=site_url, by=by, now=now, press=press)
    record = known.record
    came = _dated(came, as_dated(record, story))
    story = came.story
    outcome: Outcome = "seen again"
    if story.status == "canceled":
        outcome = _kill(record, story, by=by, now=now, press=press)
    elif _may_change(known, story, source, came.item_format) and _is_changed(record, came):
        version = correct(record, story, note=_note(record, story), by=by, now=now, press=press)
        keep_sketches([(version, came.sketch)])
        outcome = "changed"
    elif known.by == "identifier" and record.embargoed_until != instant(story.embargo):
        # An agency lifts, sets or moves an embargo by sending the same words again.
        Record.objects.filter(pk=record.pk).update(embargoed_until=instant(story.embargo))
        Task.objects.filter(kind="publish", key=str(record.code)).update(due_at=instant(story.embargo) or now)
    is_new = _sight(record, came, source, now=now)
    link_as_told([(record, came)], by=by, now=now, press=press)
    if is_new and record.state == Record.State.PUBLISHED:
        # The page tells where a story was seen; what corrected it was not among the sightings yet.
        print_pages(record, before=standing(record), press=press, now=now)
    if is_new or outcome != "seen again":
        detail = {"outcome": outcome, "source": source.slug, "known by": known.by}
        Act.objects.create(verb="take in", record=record, by=by, at=now, detail=detail)
    return Intake(outcome=outcome, record=record, is_told_anew=is_new)


def _dated(came: Arrival, story: Story) -> Arrival:
    """Return an arrival that says what ``story`` says."""
    plain = to_plain(story)
    return came if story is came.story else replace(came, story=story, plain=plain, words=digest_of(story, plain))


def _begin(came: Arrival, source: Source, *, site_url: str, by: str, now: datetime, press: Press) -> Intake:
    """File a story that is new; one that is killed before it came is withdrawn at once."""
    outcome: Outcome = "killed" if came.story.status == "canceled" else "new"
    code = code_in(came.story.url or "", site_url)
    (record,) = file_new([(came, source)], code=code, outcome=outcome, by=by, now=now)
    if outcome == "killed":
        _kill(record, came.story, by=by, now=now, press=press)
    link_as_told([(record, came)], by=by, now=now, press=press)
    return Intake(outcome=outcome, record=record, is_told_anew=True)


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


def source_of(story: Story, *, now: datetime) -> Source:
    """Return the source a story came from."""
    name = named_source(story)
    found, _ = Source.objects.get_or_create(
        slug=slug(name), defaults={"name": name, "url": story.site_url or "", "first_seen_at": now}
    )
    return found


def named_source(story: Story) -> str:
    """Return the name of a story's source: its site's, else its host, else whom it is credited to."""
    return story.site_name or host(story.url or "") or host(story.site_url or "") or story.credit or UNNAMED


def _kill(record: Record, story: Story, *, by: str, now: datetime, press: Press) -> Outcome:
    if record.state != Record.State.WITHDRAWN:
        retract(record, by=by, reason=story.note or KILLED, now=now, press=press)
    return "killed"


def _may_change(known: Recognition, story: Story, source: Source, item_format: str) -> bool:
    """Tell whether this source may change the record: the one it first came from, the story's own site, its own page
    brought in by hand, an agency that sends its own item again.

    What others carry of it is a sighting: an aggregator's three lines are no new version. What came in first
    without saying whose it is is anyone's who does say it.
    """
    if known.by == "code" or (known.by == "identifier" and item_format in AGENCY):
        return True
    if known.by == "address" and item_format in PAGES and not source.feed_url:
        return True  # whatever the page calls its site: a slip in reading that makes no other source of it
    sightings = known.record.sightings.order_by("pk")
    paged = sightings.filter(source=source, item_format="page")
    if source.full_text and item_format != "page" and paged.exists():
        return False  # the feed's few lines, where the page was fetched
    first = sightings.exclude(source__slug=slug(UNNAMED)).values_list("source", flat=True).first()
    own = site_of(story.url or "")
    sites = {site_of(source.feed_url or ""), site_of(source.url), source.name.removeprefix("www.")}
    return first in (None, source.pk) or bool(own and own in sites)


def _is_changed(record: Record, came: Arrival) -> bool:
    if record.current is None or record.state == Record.State.WITHDRAWN:
        return False
    return came.words != record.current.digest and not _is_older(came.story, record.current.as_story())


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


def _sight(record: Record, came: Arrival, source: Source, *, now: datetime) -> bool:
    """Keep the sighting; return False where it only repeats one: the same version, under the same names."""
    record.refresh_from_db()
    assert record.current is not None
    version = record.versions.filter(digest=came.words).order_by("-number").first() or record.current
    sighting = sighting_of(version, came, source, now=now)
    same = record.sightings.filter(
        source=source, version=version, guid=sighting.guid, url=sighting.url, item_format=sighting.item_format
    )
    if version.digest == came.words and same.update(times=F("times") + 1, last_seen_at=now):
        return False
    again = record.sightings.filter(source=source, digest=came.digest)
    if again.update(version=version, times=F("times") + 1, last_seen_at=now):
        return True
    sighting.save()
    return True
