"""Visit a source: ask politely, take in what is new, decide when to come again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urljoin

from django.db import IntegrityError, transaction

from dateline.archive.filing import filing
from dateline.archive.models import Poll, Record, Source
from dateline.fetch.client import Answer, Client
from dateline.fetch.errors import FetchError
from dateline.fetch.hints import fresh_for, links, retry_at
from dateline.fetch.rhythm import History, Visit, next_visit
from dateline.newsroom.file_batch import Desk, Tally, file_batch
from dateline.newsroom.knock import Busy, Forbidden, hold_off, knock
from dateline.newsroom.refuse import refuse
from dateline.newsroom.schedule import schedule
from dateline.story import Batch, Unreadable
from dateline.wire.formats import parse

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/json;q=0.9, application/xml;q=0.9,"
    " text/xml;q=0.9, text/html;q=0.5, */*;q=0.1"
)
NOT_POLLED = {
    "page": "a web page",
    "print": "a print page",
    "text": "plain text",
    "markdown": "a text",
    "pdf": "a PDF",
    "opml": "a list of feeds",
    "mail": "mail",
}
# After so many visits that found nothing, one asks without validators: a server may answer 304 for ever.
_DOUBTED = 8
_LONGEST_ETAG = 500  # of a Source
_REMEMBERED = timedelta(days=14)
_MOST_ARRIVALS = 50
Outcome = Poll.Outcome
# What a visit may change; whether a source is paused, and what for, is the desk's to say.
_VISITED = (
    "failures", "idle", "polled_at", "claimed_until", "due_at", "why", "etag", "last_modified", "body_digest", "lies",
    "hub", "topic",
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class _Found:
    """What a visit has found so far."""

    outcome: str = Outcome.FAILED
    status: int | None = None
    size: int = 0
    seconds: float = 0.0
    note: str = ""
    is_unreadable: bool = False
    answer: Answer | None = None
    batch: Batch | None = None
    tally: Tally = field(default_factory=Tally)
    not_before: datetime | None = None


def poll(source: Source, *, client: Client, desk: Desk, reading: bool = True) -> Poll | None:
    """Visit ``source`` once and return the Poll that was kept; None where its host is not free yet.

    Nothing is written before the answer is read; then items, validators, the Poll and the next visit are written in
    one transaction: a process that dies leaves all of it or nothing. With ``reading``, new text is put
    down to be read.
    """
    assert source.feed_url
    found = _Found()
    started = client.clock()
    try:
        knock(source.feed_url, client=client, now=desk.now)
    except Busy as busy:
        Source.objects.filter(pk=source.pk).update(
            due_at=busy.until, why="its host is being left alone", claimed_until=None
        )
        return None
    except Forbidden as forbidden:
        found.outcome, found.note = Outcome.FORBIDDEN, str(forbidden)
    except FetchError as error:
        found.note = f"{error.reason}: {error}"
    else:
        _ask(source, found, client=client, now=desk.now)
    found.seconds = client.clock() - started
    try:
        with filing():
            if found.batch is not None:
                file_batch(
                    found.batch,
                    found.tally,
                    desk=desk,
                    where=source.feed_url,
                    source=source,
                    publishing=source.publishing,
                )
                if reading:
                    note_reading(found.tally.fresh, now=desk.now)
            return _keep(source, found, desk=desk)
    except Exception as error:
        # A fault of ours is a failed visit like any other: the publisher must not be asked again and again for it.
        source.refresh_from_db()
        fault = _Found(status=found.status, size=found.size, seconds=found.seconds, note=f"our fault: {error!r}")
        with transaction.atomic():
            _keep(source, fault, desk=desk)
        raise


def receive(source: Source, body: bytes, *, desk: Desk) -> Tally:
    """File what a hub pushed. Raises Unreadable when it is no feed."""
    batch = parse(body, name=source.feed_url or "")
    tally = Tally()
    with filing():
        file_batch(batch, tally, desk=desk, where=source.topic, source=source, publishing=source.publishing)
        note_reading(tally.fresh, now=desk.now)
        Source.objects.filter(pk=source.pk).update(pushed_at=desk.now)
        Poll.objects.create(
            source=source,
            at=desk.now,
            outcome=Outcome.PUSHED,
            size=len(body),
            items=len(batch.items),
            new=tally.outcomes["new"],
            changed=tally.outcomes["changed"],
            refused=len(tally.refused),
        )
    return tally


def note_reading(records: list[Record], *, now: datetime) -> None:
    """Put the current versions of records down to be read."""
    for record in records:
        if record.current_id is not None:
            schedule("read", record.code, due_at=now)


def _ask(source: Source, found: _Found, *, client: Client, now: datetime) -> None:
    """Fetch and parse; what went wrong becomes a note."""
    assert source.feed_url
    doubted = source.lies or source.idle % _DOUBTED == _DOUBTED - 1
    try:
        answer = client.get(
            source.feed_url,
            etag=None if doubted else source.etag or None,
            last_modified=None if doubted else source.last_modified or None,
            accept=ACCEPT,
        )
    except FetchError as error:
        found.note = f"{error.reason}: {error}"
        return
    finally:
        hold_off(source.feed_url, now=now)
    found.answer, found.status, found.size = answer, answer.status, answer.raw_bytes
    if answer.status in (429, 503):
        found.not_before = retry_at(answer.headers, now=now)
        hold_off(source.feed_url, now=now, until=found.not_before)
    if answer.status == 304:
        found.outcome = Outcome.UNCHANGED
    elif not 200 <= answer.status < 300:
        found.note = f"it answered {answer.status}"
    elif sha256(answer.body).hexdigest() == source.body_digest:
        found.outcome = Outcome.UNCHANGED
    else:
        try:
            found.batch = parsed(answer)
            found.outcome = Outcome.READ
        except Unreadable as error:
            found.note, found.is_unreadable = f"unreadable: {error}", True


def parsed(answer: Answer) -> Batch:
    """Return what a feed holds. Raises Unreadable also for what reads, but is nothing to poll: a page, a text."""
    batch = parse(answer.body, name=answer.url)
    if batch.format in NOT_POLLED:
        raise Unreadable(f"no feed, but {NOT_POLLED[batch.format]}")
    return batch


def _keep(source: Source, found: _Found, *, desk: Desk) -> Poll:
    """Write what the visit found onto the source and into a Poll."""
    now, tally, answer = desk.now, found.tally, found.answer
    failed = found.outcome in (Outcome.FAILED, Outcome.FORBIDDEN)
    fresh = tally.outcomes["new"] + tally.outcomes["changed"]
    source.failures = source.failures + 1 if failed else 0
    source.idle = 0 if fresh else source.idle + (not failed)
    source.polled_at = now
    source.claimed_until = None
    if found.is_unreadable and answer is not None:
        refuse(source, where=answer.url, reason="unreadable", detail=found.note, raw=answer.body, now=now)
    if answer is not None:
        _heed(source, answer, found, now=now)
    visit = _next(source, found, now=now)
    source.due_at, source.why = visit.at, visit.why
    source.save(update_fields=_VISITED)
    return Poll.objects.create(
        source=source,
        at=now,
        outcome=found.outcome,
        status=found.status,
        size=found.size,
        seconds=round(found.seconds, 3),
        items=len(found.batch.items) if found.batch else 0,
        new=tally.outcomes["new"],
        changed=tally.outcomes["changed"],
        refused=len(tally.refused),
        note=found.note,
        next_at=visit.at,
        why=visit.why,
    )


def _heed(source: Source, answer: Answer, found: _Found, *, now: datetime) -> None:
    """Take from an answer what is to be remembered: validators, a new address, an end, a hub."""
    if answer.status == 410:
        _end(source)
        found.note = "it is gone for good (410)"
        return
    if found.outcome == Outcome.READ:
        digest = sha256(answer.body).hexdigest()
        etag, modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
        if len(etag) > _LONGEST_ETAG:
            etag = ""  # cut, it would be another one
        if source.body_digest and digest != source.body_digest and not source.lies:
            # The body is another and a validator is not: it would hide changes from us.
            source.lies = bool(etag and etag == source.etag) or bool(
                not etag and modified == source.last_modified != ""
            )
        if found.batch is not None and found.batch.refused:
            etag = modified = ""  # it was not whole: what is missing must not be answered with "not modified"
        source.etag, source.last_modified, source.body_digest = etag, modified, digest
        _heed_hub(source, answer, found.batch, now=now)
    if answer.moved and found.outcome in (Outcome.READ, Outcome.UNCHANGED):
        try:
            with transaction.atomic():
                Source.objects.filter(pk=source.pk).update(feed_url=answer.moved)
            found.note = f"it moved for good to {answer.moved}"
            source.feed_url = answer.moved
        except IntegrityError:
            _end(source)
            found.note = f"it moved to {answer.moved}, which is polled already"


def _end(source: Source) -> None:
    """Poll a source no more."""
    source.state = Source.Stand.GONE
    source.save(update_fields=["state"])


def _heed_hub(source: Source, answer: Answer, batch: Batch | None, *, now: datetime) -> None:
    told = links(answer.headers)
    hub = told.get("hub") or (batch.hub if batch else None)
    if not hub:
        return
    topic = told.get("self") or (batch.topic if batch else None) or answer.url
    hub, topic = urljoin(answer.url, hub), urljoin(answer.url, topic)
    running_out = source.push_until is None or source.push_until < now + timedelta(days=1)
    if (hub, topic) != (source.hub, source.topic) or running_out:
        source.hub, source.topic = hub, topic
        schedule("subscribe", source.pk, due_at=now)


def _next(source: Source, found: _Found, *, now: datetime) -> Visit:
    arrivals = (
        source.sightings.filter(first_seen_at__gte=now - _REMEMBERED)
        .order_by("-first_seen_at")
        .values_list("first_seen_at", flat=True)[:_MOST_ARRIVALS]
    )
    known = source.polls.exists()
    history = History(
        arrivals=sorted(arrivals) if known else (),
        window=len(found.batch.items) if found.batch else 0,
        # At the first visit everything is new, and says nothing of the pace.
        fresh=found.tally.outcomes["new"] if known else 0,
        idle=source.idle,
        failures=source.failures,
        whole=source.lies or not (source.etag or source.last_modified),
        pushed=bool(source.pushed_at and source.push_until and source.push_until > now),
    )
    told = [found.batch.refresh] if found.batch and found.batch.refresh else []
    if found.answer is not None and (fresh := fresh_for(found.answer.headers, now=now)):
        told.append(fresh)
    return next_visit(
        history, now=now, name=source.feed_url or "", hint=max(told, default=None), not_before=found.not_before
    )
