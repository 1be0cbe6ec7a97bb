"""Watches: who is told of what, once, by mail or hook."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace
from typing import Any

import pytest

from dateline.fetch.mail import Mailer
from dateline.story import Refused
from tests.fetch.sink import Sink, sink
from tests.newsroom.conftest import NOW, SITE

DAY = timedelta(days=1)


class Hook:
    """A client that keeps what is posted."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.posted: list[tuple[str, bytes, dict[str, str]]] = []

    def post_json(self, url: str, body: bytes, *, headers: dict[str, str]) -> Any:
        self.posted.append((url, body, headers))
        return SimpleNamespace(status=self.status)


@pytest.fixture
def server() -> Iterator[Sink]:
    with sink() as kept:
        yield kept


@pytest.fixture
def work(db: None, press: Any, server: Sink) -> Callable[..., list[tuple[str, bool]]]:
    """Return a function that does all tasks due at a moment, and tells which were done."""
    from dateline.archive.models import Task
    from dateline.newsroom.claim import claim_task
    from dateline.newsroom.file_batch import Desk
    from dateline.newsroom.letters import Post
    from dateline.newsroom.perform import perform
    from dateline.site.letters import SiteLetters

    def works(now: Any = NOW, *, client: Any = None) -> list[tuple[str, bool]]:
        mailer = Mailer(host="127.0.0.1", port=server.port, sender="desk@dateline.example")
        post = Post(writer=SiteLetters(), mailer=mailer)
        desk = Desk(site_url=SITE, by="test", now=now, press=press)
        Task.objects.filter(kind="read").delete()
        done = []
        while task := claim_task(now, reading=False):
            done.append((task.kind, perform(task, client=client or Hook(), desk=desk, post=post)))
        return done

    return works


@pytest.fixture
def watch(db: None) -> Callable[..., Any]:
    from dateline.newsroom.keep_watch import keep_watch

    def kept(query: str = "trawler", **more: Any) -> Any:
        told = {"rhythm": "at-once", "mail": "reader@paper.example", "by": "test", "now": NOW, "name": "Ships", **more}
        return keep_watch(told.pop("name"), query, **told)

    return kept


@pytest.fixture
def publish(file: Any, story: Any, press: Any) -> Callable[..., Any]:
    from dateline.newsroom.publish import publish as put_out

    numbers = iter(range(40000, 50000))

    def published(now: Any = NOW, **changes: Any) -> Any:
        code = str(next(numbers))
        record = file(story, code=code, guid=code, url=f"https://paper.example/{code}", **changes).record
        put_out(record, by="test", now=now, press=press)
        return record

    return published


OTHER = {
    "headline": "Parliament votes on bread",
    "text": "The parliament voted on the price of bread on Thursday.\n\nIt passed.",
}


def test_who_watches_at_once_gets_one_letter_for_a_story(watch: Any, publish: Any, work: Any, server: Sink) -> None:
    watch()
    publish()
    publish(**OTHER)
    assert [kind for kind, _ in work()] == ["alert", "alert", "deliver"]
    assert work(NOW + DAY) == []
    ((to, message),) = server.taken
    assert to == ["reader@paper.example"]
    assert read(message)["Subject"] == "Ships: Trawler seized in the strait"


def test_a_letter_is_text_and_html_and_can_be_ended(watch: Any, publish: Any, work: Any, server: Sink) -> None:
    kept = watch()
    record = publish(headline="Trawler <b>seized</b>\nBcc: x@y.example")
    work()
    message = read(server.taken[0][1])
    assert message["Bcc"] is None
    address = f"{SITE}/unsubscribe/{kept.pk}/{kept.secret}"
    assert message["List-Unsubscribe"] == f"<{address}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Message-ID"]
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for part in (text, html):
        assert address in part
        assert f"{SITE}/{record.code}" in part
    assert "Trawler <b>seized</b>" in text
    assert "Trawler &lt;b&gt;seized&lt;/b&gt;" in html


def test_a_letter_in_persian_runs_from_right_to_left(watch: Any, publish: Any, work: Any, server: Sink) -> None:
    watch("کشتی", language="fa", name="کشتی‌ها")
    publish(headline="کشتی توقیف شد", text="گارد ساحلی روز چهارشنبه یک کشتی ماهیگیری را توقیف کرد.", language="fa")
    work()
    message = read(server.taken[0][1])
    assert message["Subject"] == "کشتی‌ها: کشتی توقیف شد"
    html = message.get_body(("html",)).get_content()
    assert '<html lang="fa" dir="rtl">' in html
    assert "کشتی توقیف شد" in html


def test_a_correction_is_told_and_a_silent_change_is_not(
    watch: Any, publish: Any, work: Any, server: Sink, story: Any, press: Any
) -> None:
    from dateline.newsroom.correct import correct

    watch()
    record = publish()
    work()
    correct(record, replace(story, text="Another text."), note=None, by="test", now=NOW, press=press)
    work()
    assert len(server.taken) == 1
    correct(record, replace(story, text="A third."), note="It was another ship.", by="test", now=NOW, press=press)
    work()
    work()
    assert len(server.taken) == 2
    assert "It was another ship." in read(server.taken[1][1]).get_body(("plain",)).get_content()


def test_a_withdrawal_is_told_without_the_words(watch: Any, publish: Any, work: Any, server: Sink, press: Any) -> None:
    from dateline.newsroom.retract import retract

    watch()
    record = publish()
    work()
    retract(record, by="test", reason="It was no trawler.", now=NOW, press=press)
    work()
    work()
    text = read(server.taken[1][1]).get_body(("plain",)).get_content()
    assert len(server.taken) == 2
    assert str(record.code) in text
    assert "It was no trawler." in text
    assert "seized" not in text


def test_what_is_withdrawn_before_the_letter_leaves_is_not_told(
    watch: Any, publish: Any, work: Any, server: Sink, press: Any
) -> None:
    from dateline.newsroom.alert import alert
    from dateline.newsroom.retract import retract

    watch()
    record = publish()
    alert(record, by="test", now=NOW)
    retract(record, by="test", reason="It was no trawler.", now=NOW, press=press)
    work()
    assert server.taken == []


def test_a_server_that_fails_is_tried_again_and_told_once(watch: Any, publish: Any, work: Any, server: Sink) -> None:
    from dateline.archive.models import Delivery, Task

    watch()
    publish()
    server.answers["rcpt"] = "451 later"
    assert work() == [("alert", True), ("deliver", False)]
    task = Task.objects.get(kind="deliver")
    assert "451 later" in task.error
    assert Delivery.objects.get().sent_at is None
    server.answers.clear()
    assert work(task.due_at) == [("deliver", True)]
    assert work(task.due_at + DAY) == []
    assert len(server.taken) == 1


def test_a_digest_tells_what_is_new_since_the_last(
    watch: Any, publish: Any, work: Any, server: Sink, press: Any
) -> None:
    from dateline.newsroom.retract import retract

    publish(now=NOW - timedelta(hours=1))  # before anybody watched
    watch(rhythm="daily")
    first, second = publish(headline="Trawler one"), publish(headline="Trawler two")
    publish(**OTHER)
    assert work() == []
    assert work(NOW + DAY) == [("digest", True), ("deliver", True)]
    message = read(server.taken[0][1])
    text = message.get_body(("plain",)).get_content()
    assert message["Subject"] == "Ships: 2 stories"
    assert "Trawler one" in text
    assert "Trawler two" in text
    assert "in the strait" not in text
    assert work(NOW + 2 * DAY) == [("digest", True)]
    retract(first, by="test", reason="There was none.", now=NOW + 2 * DAY, press=press)
    assert work(NOW + 3 * DAY) == [("digest", True), ("deliver", True)]
    text = read(server.taken[1][1]).get_body(("plain",)).get_content()
    assert str(first.code) in text
    assert "There was none." in text
    assert str(second.code) not in text


def test_a_digest_is_made_once_however_often_it_is_asked_for(watch: Any, publish: Any, work: Any, server: Sink) -> None:
    from dateline.archive.models import Task
    from dateline.newsroom.digest import digest

    kept = watch(rhythm="weekly")
    publish()
    due = Task.objects.get(kind="digest").due_at
    assert digest(kept, by="test", now=NOW) is not None
    assert digest(kept, by="test", now=NOW) is None
    assert Task.objects.get(kind="digest").due_at == due == NOW + 7 * DAY
    work(NOW + 7 * DAY)
    assert len(server.taken) == 1
    assert Task.objects.get(kind="digest").due_at == NOW + 14 * DAY


def test_an_import_of_old_stories_tells_nobody(watch: Any, publish: Any, work: Any, server: Sink) -> None:
    watch()
    publish(now=NOW + 30 * DAY)
    work(NOW + 30 * DAY)
    assert server.taken == []


def test_what_only_a_reading_tells_is_told_after_it(watch: Any, publish: Any, work: Any, server: Sink) -> None:
    from dateline.newsroom.read import read as have_read
    from dateline.story import Actor, Mention, Reading
    from dateline.text.spans import Span

    watch('person:"john kerry"')
    record = publish()
    work()
    assert server.taken == []
    key = "per:john-kerry"
    reading = Reading(
        reader="test",
        language="en",
        actors=(Actor(key=key, kind="PER", name="John Kerry"),),
        mentions=(Mention(span=Span(0, 3), kind="PER", entity=key),),
    )
    have_read(record.current, reader=lambda story, known: reading, by="test", now=NOW)
    work()
    assert len(server.taken) == 1


def test_a_hook_is_posted_to_signed(watch: Any, publish: Any, work: Any) -> None:
    kept = watch(mail="", hook="https://desk.example/hook")
    record = publish()
    refused, taken = Hook(500), Hook()
    assert work(client=refused) == [("alert", True), ("deliver", False)]
    assert work(NOW + DAY, client=taken) == [("deliver", True)]
    ((url, body, headers),) = taken.posted
    assert url == "https://desk.example/hook"
    made = hmac.new(kept.secret.encode(), body, "sha256").hexdigest()
    assert headers["X-Dateline-Signature"] == f"sha256={made}"
    assert headers["Dateline-Delivery"] == refused.posted[0][2]["Dateline-Delivery"]
    told = json.loads(body)
    assert told["watch"] == "Ships"
    assert [(each["what"], each["code"]) for each in told["stories"]] == [("new", record.code)]


@pytest.mark.parametrize(
    ("query", "more"),
    [
        ("", {}),
        ("cat:x trawler", {}),
        ("trawler", {"mail": ""}),
        ("trawler", {"hook": "https://desk.example/"}),
        ("trawler", {"mail": "nobody"}),
        ("trawler", {"mail": "a@b.example\r\nBcc: c@d.example"}),
        ("trawler", {"mail": "", "hook": "file:///etc"}),
        ("trawler", {"name": " "}),
    ],
)
def test_a_watch_that_cannot_be_is_refused(query: str, more: dict[str, str], watch: Any) -> None:
    from dateline.archive.models import Watch

    with pytest.raises(Refused):
        watch(query, **more)
    assert not Watch.objects.exists()


def test_a_name_is_one_watch(watch: Any) -> None:
    watch()
    with pytest.raises(Refused, match="name of its own"):
        watch()


def test_a_letter_ends_its_watch(watch: Any, publish: Any, work: Any, server: Sink) -> None:
    from django.test import Client

    from dateline.archive.models import Watch

    kept = watch()
    client = Client(enforce_csrf_checks=True)
    assert client.get(f"/unsubscribe/{kept.pk}/wrong").status_code == 404
    assert client.post(f"/unsubscribe/{kept.pk}/wrong").status_code == 404
    page = client.get(f"/unsubscribe/{kept.pk}/{kept.secret}")
    assert page.status_code == 200
    assert b'method="post"' in page.content
    assert Watch.objects.exists()
    done = client.post(f"/unsubscribe/{kept.pk}/{kept.secret}", {"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    assert not Watch.objects.exists()
    publish()
    assert work() == []
    assert server.taken == []


def test_nobody_who_watches_costs_no_task(publish: Any) -> None:
    from dateline.archive.models import Task

    publish()
    assert not Task.objects.filter(kind="alert").exists()


def read(message: bytes) -> Any:
    return message_from_bytes(message, policy=policy.default)


@pytest.mark.parametrize(
    ("value", "precision", "zone", "shown"),
    [
        ("2015-09-09", "day", None, "9 September 2015"),
        ("2015-09-09T14:20", "minute", None, "9 September 2015, 14:20 (no time zone stated)"),
        ("2015-09-09T14:20", "minute", "+03:30", "9 September 2015, 14:20 (UTC+03:30)"),
    ],
)
def test_a_letter_tells_a_date_as_it_was_stated(
    value: str, precision: Any, zone: str | None, shown: str, publish: Any, watch: Any, work: Any, server: Sink
) -> None:
    from dateline.story import Stamp

    watch()
    publish(published=Stamp(value=value, precision=precision, zone=zone, said=value, origin="test"))
    work()
    text = read(server.taken[0][1]).get_body(("plain",)).get_content()
    assert shown in text.splitlines()


def test_a_story_without_a_date_is_given_none(publish: Any, watch: Any, work: Any, server: Sink) -> None:
    from django.test import Client
    from django.utils.html import strip_tags

    watch()
    record = publish(published=None)
    work()
    text = read(server.taken[0][1]).get_body(("plain",)).get_content()
    assert "no date stated" in text
    day = record.published_at.date()
    shown = strip_tags(Client().get(f"/en/day/{day}").content.decode())
    assert f"no date stated; came in on {day.day} " in shown
