"""Do one task that is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from secrets import token_urlsafe

from dateline.archive.filing import filing
from dateline.archive.models import Delivery, Record, Source, Task, Watch
from dateline.fetch.client import Client
from dateline.fetch.errors import FetchError
from dateline.fetch.hints import retry_at
from dateline.fetch.mail import NotSent
from dateline.fetch.websub import subscribe
from dateline.newsroom.alert import alert
from dateline.newsroom.deliver import deliver
from dateline.newsroom.digest import digest
from dateline.newsroom.file_batch import Desk, Tally, file_batch
from dateline.newsroom.knock import Busy, hold_off, knock
from dateline.newsroom.letters import Post
from dateline.newsroom.poll import note_reading
from dateline.newsroom.publish import publish
from dateline.newsroom.read import Reader, read
from dateline.story import Batch, DatelineError
from dateline.wire.formats import parse

_AGAIN = timedelta(minutes=5)


def perform(task: Task, *, client: Client, desk: Desk, reader: Reader | None = None, post: Post | None = None) -> bool:
    """Do ``task`` and take it off the list; return False where it failed, and is tried again or given up.

    A task given up stays on the list with its error, due no more, for the desk to see. What is no DatelineError is
    our fault: it counts as a try, and is raised.
    """
    try:
        _DOING[task.kind](task, client=client, desk=desk, reader=reader, post=post)
    except Busy as busy:
        Task.objects.filter(pk=task.pk).update(due_at=busy.until, claimed_until=None, tries=task.tries - 1)
        return False
    except Exception as error:
        later = desk.now + _AGAIN * 2**task.tries
        told = str(error) if isinstance(error, DatelineError) else f"our fault: {error!r}"
        Task.objects.filter(pk=task.pk).update(error=told, due_at=later, claimed_until=None)
        if not isinstance(error, DatelineError):
            raise
        return False
    # Asked for anew while it was being done, it has another due time, and stays.
    if not Task.objects.filter(pk=task.pk, due_at=task.due_at).delete()[0]:
        Task.objects.filter(pk=task.pk).update(claimed_until=None)
    return True


def _read(task: Task, *, desk: Desk, reader: Reader | None, **_: object) -> None:
    record = Record.objects.select_related("current").filter(code=task.key).first()
    if record is None or record.current is None or reader is None:
        return
    read(record.current, reader=reader, by=desk.by, now=desk.now, press=desk.press)


def _publish(task: Task, *, desk: Desk, **_: object) -> None:
    record = Record.objects.filter(code=task.key, state=Record.State.FILED).first()
    if record is not None:
        publish(record, by=desk.by, now=desk.now, press=desk.press)


def _fetch(task: Task, *, client: Client, desk: Desk, **_: object) -> None:
    """Fetch the page of a story and file it under the source that named it."""
    url = task.detail["url"]
    source = Source.objects.filter(pk=task.detail.get("source")).first()
    knock(url, client=client, now=desk.now)
    try:
        answer = client.get(url, accept="text/html, */*;q=0.1")
    finally:
        hold_off(url, now=desk.now)
    if answer.status in (429, 503):
        hold_off(url, now=desk.now, until=retry_at(answer.headers, now=desk.now))
    if not 200 <= answer.status < 300:
        raise FetchError(f"{url} answered {answer.status}")
    batch = parse(answer.body, name=url)
    tally = Tally()
    with filing():
        file_batch(
            _at(batch, answer.url),
            tally,
            desk=desk,
            where=url,
            source=source,
            publishing=bool(source and source.publishing),
        )
        note_reading(tally.fresh, now=desk.now)


def _at(batch: Batch, url: str) -> Batch:
    """Say where a page came from, for pages that do not say it themselves."""
    return replace(batch, items=tuple(replace(item, url=item.url or url) for item in batch.items))


def _subscribe(task: Task, *, client: Client, desk: Desk, **_: object) -> None:
    source = Source.objects.filter(pk=task.key).exclude(hub="").first()
    if source is None:
        return
    source.push_secret = source.push_secret or token_urlsafe(32)
    source.save(update_fields=["push_secret"])
    callback = f"{desk.site_url}/hooks/websub/{source.pk}"
    subscribe(client, hub=source.hub, topic=source.topic, callback=callback, secret=source.push_secret)


def _alert(task: Task, *, desk: Desk, **_: object) -> None:
    record = Record.objects.with_current().filter(code=task.key).first()
    if record is not None:
        alert(record, by=desk.by, now=desk.now)


def _digest(task: Task, *, desk: Desk, **_: object) -> None:
    watch = Watch.objects.filter(pk=task.key).first()
    if watch is not None:
        digest(watch, by=desk.by, now=desk.now)


def _deliver(task: Task, *, client: Client, desk: Desk, post: Post | None, **_: object) -> None:
    delivery = Delivery.objects.select_related("watch").filter(pk=task.key).first()
    if post is None:
        raise NotSent("nothing is sent from here")
    if delivery is not None:
        deliver(delivery, post=post, client=client, by=desk.by, now=desk.now)


_DOING: dict[str, Callable[..., None]] = {
    "read": _read,
    "publish": _publish,
    "fetch": _fetch,
    "subscribe": _subscribe,
    "alert": _alert,
    "digest": _digest,
    "deliver": _deliver,
}
