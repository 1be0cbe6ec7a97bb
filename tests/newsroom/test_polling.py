"""Claims, visits and tasks: who does what, how often it is tried, what is asked of hosts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from dateline.fetch.client import Answer
from dateline.fetch.errors import TooSlow
from tests.soak.prose import invented

NOW = datetime(2015, 9, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = "https://gazette.example/feed.xml"
PAGE = "https://gazette.example/news/1"


def rss(*headlines: str, hub: str = "", text: str = "") -> bytes:
    items = "".join(
        f"<item><title>{name}</title><link>https://gazette.example/news/{at}</link><guid>g{at}</guid>"
        f"<description>{text or words(name)}</description></item>"
        for at, name in enumerate(headlines, start=1)
    )
    link = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="{hub}"/>' if hub else ""
    return f'<rss version="2.0"><channel><title>Gazette</title>{link}{items}</channel></rss>'.encode()


def words(name: str) -> str:
    """Return a text of its own for each name."""
    return " ".join(" ".join(each) for each in invented(Random(name)).paragraphs)


def answer(body: bytes = b"", status: int = 200, url: str = FEED, **told: Any) -> Answer:
    headers = {name.replace("_", "-"): value for name, value in told.pop("headers", {}).items()}
    return Answer(url=url, status=status, headers=headers, body=body, raw_bytes=len(body), **told)


@dataclass
class Scripted:
    """Answers each address by its script, the last line of it for ever; what is not in it is not found."""

    script: Mapping[str, list[Answer | Exception]]
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    posted: list[Mapping[str, str]] = field(default_factory=list)

    def clock(self) -> float:
        return 0.0

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None, accept: str = "") -> Answer:
        self.asked.append((url, etag))
        lines = self.script.get(url, [answer(status=404, url=url)])
        line = lines.pop(0) if len(lines) > 1 else lines[0]
        if isinstance(line, Exception):
            raise line
        return line

    def post(self, url: str, form: Mapping[str, str]) -> Answer:
        self.posted.append(form)
        return answer(status=202, url=url)


@pytest.fixture
def source(db: None) -> Any:
    from dateline.archive.models import Source

    return Source.objects.create(slug="gazette", name="Gazette", feed_url=FEED, first_seen_at=NOW, due_at=NOW)


@pytest.fixture
def visit(source: Any) -> Callable[..., Any]:
    """Return a function that polls the source at an hour, to which the publisher answers so."""
    from dateline.newsroom.poll import poll

    def visited(*answers: Answer | Exception, hour: int = 0, client: Scripted | None = None) -> Any:
        client = client or Scripted({FEED: list(answers)})
        source.refresh_from_db()
        return poll(source, client=client, desk=desk(NOW + hour * HOUR))  # type: ignore[arg-type]

    return visited


def desk(now: datetime) -> Any:
    from dateline.newsroom.file_batch import Desk
    from dateline.site.press import SitePress

    return Desk(site_url="https://dateline.example", by="test", now=now, press=SitePress())


def test_what_one_has_claimed_no_other_gets_until_the_lease_ends(source: Any) -> None:
    from dateline.newsroom.claim import LEASE, claim_named, claim_source, claim_task
    from dateline.newsroom.schedule import schedule

    schedule("read", 1, due_at=NOW)
    for claim in (claim_source, lambda now: claim_task(now, reading=True)):
        assert claim(NOW - HOUR) is None
        assert claim(NOW) is not None
        assert claim(NOW + LEASE / 2) is None
        assert claim(NOW + LEASE * 1.1) is not None
    assert claim_task(NOW + LEASE * 3, reading=False) is None
    assert claim_named("gazette", now=NOW + LEASE) is None
    assert claim_named("gazette", now=NOW + LEASE * 3) is not None


def test_the_same_bytes_are_not_read_again(visit: Any) -> None:
    from dateline.archive.models import Sighting

    first = visit(answer(rss("Ferry", "Bridge"), headers={"etag": '"1"'}))
    assert (first.outcome, first.items, first.new) == ("read", 2, 2)
    asking = Scripted({FEED: [answer(status=304)]})
    assert visit(hour=1, client=asking).outcome == "unchanged"
    assert asking.asked[-1] == (FEED, '"1"')
    again = visit(answer(rss("Ferry", "Bridge"), headers={"etag": '"2"'}), hour=2)
    assert (again.outcome, again.new, again.changed) == ("unchanged", 0, 0)
    assert set(Sighting.objects.values_list("times", flat=True)) == {1}


def test_a_validator_that_hid_a_change_is_trusted_no_more(visit: Any, source: Any) -> None:
    told = {"etag": '"always"'}
    visit(answer(rss("Ferry"), headers=told))
    visit(answer(rss("Ferry", "Bridge"), headers=told), hour=1)
    source.refresh_from_db()
    assert source.lies
    asking = Scripted({FEED: [answer(rss("Ferry", "Bridge", "Pier"), headers=told)]})
    assert visit(hour=2, client=asking).new == 1
    assert asking.asked[-1] == (FEED, None)


def test_a_move_for_good_is_followed_and_an_end_is_an_end(visit: Any, source: Any) -> None:
    from dateline.newsroom.claim import claim_source

    new = "https://gazette.example/rss"
    visit(answer(rss("Ferry"), url=new, hops=((301, FEED),), moved=new))
    source.refresh_from_db()
    assert source.feed_url == new
    visit(client=Scripted({new: [answer(status=410, url=new)]}), hour=1)
    source.refresh_from_db()
    assert source.state == "gone"
    assert claim_source(NOW + 1000 * HOUR) is None


def test_a_wish_to_be_left_alone_is_heeded(visit: Any, source: Any) -> None:
    told = visit(answer(status=429, headers={"retry-after": "7200"}))
    assert (told.outcome, told.status) == ("failed", 429)
    source.refresh_from_db()
    assert source.due_at >= NOW + 2 * HOUR
    silent = Scripted({})
    assert visit(hour=1, client=silent) is None
    assert silent.asked == []


def test_what_robots_txt_forbids_is_not_asked_for(visit: Any) -> None:
    rules = answer(b"User-agent: *\nDisallow: /feed.xml\n", url="https://gazette.example/robots.txt")
    asking = Scripted({"https://gazette.example/robots.txt": [rules], FEED: [answer(rss("Ferry"))]})
    assert visit(client=asking).outcome == "forbidden"
    assert [url for url, _ in asking.asked] == ["https://gazette.example/robots.txt"]


def test_failures_are_kept_with_their_names_and_back_off(visit: Any, source: Any) -> None:
    from dateline.archive.models import Refusal

    waits = []
    for number, told in enumerate((TooSlow("no answer"), answer(status=500), answer(b"\x89PNG\r\n\x1a\n" + bytes(80)))):
        kept = visit(told, hour=number)
        assert kept.outcome == "failed"
        assert kept.note
        waits.append(kept.next_at - kept.at)
    assert waits[0] < waits[1] < waits[2]
    assert Refusal.objects.get().reason == "unreadable"
    assert visit(answer(rss("Ferry")), hour=4).new == 1
    source.refresh_from_db()
    assert source.failures == 0


def test_our_own_fault_is_a_failed_visit(visit: Any, source: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.archive.models import Poll, Sighting

    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr("dateline.newsroom.poll.note_reading", broken)
    with pytest.raises(ZeroDivisionError):
        visit(answer(rss("Ferry"), headers={"etag": '"1"'}))
    source.refresh_from_db()
    kept = Poll.objects.get()
    assert (kept.outcome, source.failures, source.claimed_until, source.etag) == ("failed", 1, None, "")
    assert "ZeroDivisionError" in kept.note
    assert source.due_at > NOW
    assert not Sighting.objects.exists()


def do(client: Scripted, now: datetime, **more: Any) -> bool:
    from dateline.newsroom.claim import claim_task
    from dateline.newsroom.perform import perform

    task = claim_task(now, reading=True)
    assert task is not None
    return perform(task, client=client, desk=desk(now), **more)  # type: ignore[arg-type]


def test_the_page_of_a_story_is_fetched_and_told_in_full(visit: Any, source: Any) -> None:
    from dateline.archive.models import Record, Source, Task

    Source.objects.filter(pk=source.pk).update(full_text=True)
    visit(answer(rss("Ferry")))
    Task.objects.filter(kind="read").delete()
    paragraphs = "".join(f"<p>{words(str(day))} It was day {day} of the strike.</p>" for day in range(6))
    page = f"<html><head><title>Ferry</title></head><body><article><h1>Ferry</h1>{paragraphs}</article></body></html>"
    asking = Scripted({PAGE: [answer(status=500, url=PAGE), answer(page.encode(), url=PAGE)]})
    assert not do(asking, NOW + HOUR)
    assert Task.objects.get(kind="fetch").tries == 1
    assert do(asking, NOW + 2 * HOUR)
    record = Record.objects.get()
    assert "day 5" in record.current.as_story().text
    assert record.versions.count() == 2
    visit(answer(rss("Ferry", text="Forty people were on board of it.")), hour=4)
    assert record.versions.count() == 2
    assert Task.objects.get(kind="fetch").key == PAGE


def test_a_task_is_tried_so_often_and_no_more(source: Any) -> None:
    from dateline.archive.models import Task
    from dateline.archive.models.desk import MOST_TRIES
    from dateline.newsroom.claim import claim_task
    from dateline.newsroom.schedule import schedule

    schedule("fetch", PAGE, due_at=NOW, url=PAGE, source=source.pk)
    asking = Scripted({PAGE: [answer(status=500, url=PAGE)]})
    now = NOW
    for number in range(1, MOST_TRIES + 1):
        assert not do(asking, now)
        task = Task.objects.get()
        assert (task.tries, task.claimed_until) == (number, None)
        assert "500" in task.error
        assert task.due_at > now
        now = task.due_at
    assert claim_task(now + 1000 * HOUR, reading=True) is None
    schedule("fetch", PAGE, due_at=now, url=PAGE)
    assert claim_task(now, reading=True) is not None


def test_a_task_that_kills_its_worker_is_not_tried_for_ever(source: Any) -> None:
    from dateline.archive.models.desk import MOST_TRIES
    from dateline.newsroom.claim import LEASE, claim_task
    from dateline.newsroom.schedule import schedule

    schedule("read", 1, due_at=NOW)
    claims = [claim_task(NOW + number * LEASE * 1.1, reading=True) for number in range(MOST_TRIES + 3)]
    assert sum(claim is not None for claim in claims) == MOST_TRIES


def test_a_busy_host_costs_no_try(source: Any) -> None:
    from dateline.archive.models import Task
    from dateline.newsroom.knock import hold_off
    from dateline.newsroom.schedule import schedule

    schedule("fetch", PAGE, due_at=NOW, url=PAGE)
    hold_off(PAGE, now=NOW, until=NOW + HOUR)
    assert not do(Scripted({}), NOW)
    task = Task.objects.get()
    assert (task.tries, task.due_at) == (0, NOW + HOUR)


def test_what_is_asked_for_anew_while_it_is_done_stays(source: Any) -> None:
    from dateline.archive.models import Task
    from dateline.newsroom.schedule import schedule

    schedule("read", 999, due_at=NOW)
    from dateline.newsroom.claim import claim_task
    from dateline.newsroom.perform import perform

    task = claim_task(NOW, reading=True)
    assert task is not None
    schedule("read", 999, due_at=NOW + HOUR)
    assert perform(task, client=Scripted({}), desk=desk(NOW))  # type: ignore[arg-type]
    assert Task.objects.get().due_at == NOW + HOUR


def test_a_hub_is_subscribed_to_confirmed_and_pushes(visit: Any, source: Any) -> None:
    import hmac

    from django.test import Client

    from dateline.archive.models import Record, Task

    visit(answer(rss("Ferry", hub="https://hub.example/")))
    Task.objects.filter(kind="read").delete()
    asking = Scripted({})
    assert do(asking, NOW + HOUR)
    (form,) = asking.posted
    assert (form["hub.topic"], form["hub.mode"]) == (FEED, "subscribe")
    path = form["hub.callback"].removeprefix("https://dateline.example")
    browser = Client()
    asked = {"hub.mode": "subscribe", "hub.topic": FEED, "hub.challenge": "word", "hub.lease_seconds": "86400"}
    assert browser.get(path, asked).content == b"word"
    assert browser.get(path, {**asked, "hub.topic": "https://other.example/"}).status_code == 404
    assert browser.get("/hooks/websub/99999", asked).status_code == 404
    source.refresh_from_db()
    assert source.push_until is not None
    body = rss("Ferry", "Bridge")

    def push(key: str) -> int:
        signature = "sha256=" + hmac.new(key.encode(), body, "sha256").hexdigest()
        told = browser.post(path, body, content_type="application/rss+xml", headers={"X-Hub-Signature": signature})
        return int(told.status_code)

    assert (push("a guess"), Record.objects.count()) == (202, 1)
    assert (push(form["hub.secret"]), Record.objects.count()) == (202, 2)
    assert (push(form["hub.secret"]), Record.objects.count()) == (202, 2)


def test_two_texts_of_one_story_beside_each_other_are_no_change(visit: Any) -> None:
    from dateline.archive.models import Record

    def twice(*texts: str, more: str) -> bytes:
        one, two = (rss("Ferry", text=text).decode() for text in texts)
        item = two[two.index("<item>") : two.index("</channel>")]
        return one.replace("</channel>", f"{item}<description>{more}</description></channel>").encode()

    texts = (words("Ferry"), words("Ferry") + " It was late.")
    for hour in range(6):
        order = texts if hour % 3 else texts[::-1]
        visit(answer(twice(*order, more=str(hour))), hour=hour)
    assert Record.objects.get().versions.count() == 2


def test_an_index_of_sitemaps_leads_to_the_news(db: None) -> None:
    from dateline.newsroom.add_source import add_source

    listed = ("https://gazette.example/pages.xml", "https://gazette.example/news.xml")
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    index = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in listed)
    news = f"<urlset {space}><url><loc>{PAGE}</loc><lastmod>2015-09-10</lastmod></url></urlset>"
    asking = Scripted(
        {
            "https://gazette.example/sitemap.xml": [
                answer(
                    f"<sitemapindex {space}>{index}</sitemapindex>".encode(), url="https://gazette.example/sitemap.xml"
                )
            ],
            listed[1]: [answer(news.encode(), url=listed[1])],
        }
    )
    source = add_source("https://gazette.example/sitemap.xml", client=asking, desk=desk(NOW))  # type: ignore[arg-type]
    assert source.feed_url == listed[1]


def test_the_desk_sees_what_changed_and_when(visit: Any) -> None:
    from dateline.archive.history import history
    from dateline.archive.models import Record

    visit(answer(rss("Ferry", text=f"Forty people were on board. {words('Ferry')}")))
    visit(answer(rss("Ferry", text=f"Fifty people were on board. {words('Ferry')}")), hour=1)
    told = history(Record.objects.get())
    (first, second) = told["versions"]
    assert (first["changes"], second["filed_at"]) == ({}, (NOW + HOUR).isoformat())
    assert second["changes"]["text"] == [{"before": "Forty", "after": "Fifty", "context": ""}]
    assert [seen["version"] for seen in told["sightings"]] == [1, 2]
    assert {act["verb"] for act in told["acts"]} >= {"take in", "correct"}
