"""Each fault a long run found, alone: a few polls, and what the archive must hold after them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from dateline.fetch.client import Answer
from tests.soak.model_feed import SITE, START, Issue, ModelFeed, Showing, Tale, Tombstone
from tests.soak.prose import Text, edited, invented
from tests.soak.rendering import TYPES, cut_after, render
from tests.soak.truth import Truth

FEED = f"https://{SITE}/feed.xml"
PAGE = b"""<html><head><title>Back soon</title></head><body><h1>Back soon</h1><p>We are improving our servers tonight.
All our services will be available again in the morning, and the editors thank everybody for their patience while
the engineers finish their work in the cellar.</p></body></html>"""
HOUR = timedelta(hours=1)
FORMS_OF_LINK = ((3, ""), (9, "/amp"))


def one(seed: int) -> Text:
    return invented(Random(seed))


def entry(tale: int, text: Text, **told: Any) -> Showing:
    page = told.pop("page", f"/news/{9000 + tale}")
    shown = Showing(tale, text, START, START, f"story-{tale}", f"https://{SITE}{page}", page)
    return replace(shown, **told)


def issue(*entries: Showing, form: str = "rss", graves: tuple[Tombstone, ...] = ()) -> Issue:
    return Issue(0, START, form, entries, graves)


@dataclass
class Scripted:
    """A client to whom each visit to the feed is answered by the next line of the script."""

    bodies: Iterator[tuple[Issue | None, Answer]]
    seen: list[tuple[str | None, Issue | None]] = field(default_factory=list)

    def clock(self) -> float:
        return 0.0

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None, accept: str = "") -> Answer:
        if url != FEED:
            return Answer(url=url, status=404, headers={})
        shown, answer = next(self.bodies)
        if etag and answer.headers.get("etag") == etag:
            shown, answer = None, replace(answer, status=304, body=b"")
        self.seen.append((etag, shown))
        return answer


def whole(shown: Issue, **headers: str) -> tuple[Issue, Answer]:
    told = {"content-type": TYPES[shown.form], **headers}
    return shown, Answer(url=FEED, status=200, headers=told, body=render(shown))


@pytest.fixture
def polled(db: None) -> Callable[..., tuple[dict[str, Any], list[Any]]]:
    """Poll a new source once for each line of a script; return what the archive must be told by and the faults."""
    from dateline.archive.models import Record, Source
    from dateline.newsroom.file_batch import Desk
    from dateline.newsroom.poll import poll
    from dateline.site.press import SitePress

    def run(*script: tuple[Issue | None, Answer]) -> tuple[dict[str, Any], list[Any]]:
        source = Source.objects.create(slug="gazette", name="Gazette", feed_url=FEED, first_seen_at=START)
        client, truth = Scripted(iter(script)), Truth(ModelFeed(0))
        truth.model.tales.clear()
        first = Record.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        for step in range(len(script)):
            now: datetime = START + (step + 1) * HOUR
            desk = Desk(site_url="https://dateline.example", by="test", now=now, press=SitePress())
            poll(source, client=client, desk=desk)  # type: ignore[arg-type]
            source.refresh_from_db()
            if shown := client.seen[-1][1]:
                truth.take(now, shown)
        for tale, shown_all in truth.showings().items():
            texts = [each.text for _, each in shown_all]
            truth.model.tales[tale] = Tale(tale, "", "", texts, START, START)
        records = {
            str(record.code): {
                "state": record.state,
                "versions": [
                    (each.story["headline"], each.story["text"]) for each in record.versions.order_by("number")
                ],
            }
            for record in Record.objects.filter(pk__gt=first)
        }
        return records, [(fault.kind, fault.detail) for fault in truth.faults(records)]

    return run


def test_an_edit_taken_back_is_a_version(polled: Callable[..., Any]) -> None:
    first = one(1)
    second = edited(first, Random(1))
    records, faults = polled(*(whole(issue(entry(1, text))) for text in (first, second, first)))
    assert faults == []
    assert [len(each["versions"]) for each in records.values()] == [3]


@pytest.mark.parametrize("guid", ["one-for-all", "notices-of-the-week"])
def test_a_headline_that_recurs_is_not_one_story(polled: Callable[..., Any], guid: str) -> None:
    notes = [Text("Notices of the week", one(seed).paragraphs) for seed in (1, 2, 3)]
    entries = [entry(at, text, guid=guid) for at, text in enumerate(notes, start=1)]
    _, faults = polled(whole(issue(entries[0])), whole(issue(entries[1], entries[0])), whole(issue(*entries)))
    assert faults == []


def test_names_that_all_items_share_say_nothing(polled: Callable[..., Any]) -> None:
    shared = {"guid": f"https://{SITE}/news", "link": f"https://{SITE}/news/", "page": None}
    entries = [entry(number, one(number), **shared) for number in (1, 2, 3)]
    _, faults = polled(whole(issue(*entries[:2])), whole(issue(*entries)))
    assert faults == []


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_place_in_the_feed_is_no_address(polled: Callable[..., Any], form: str) -> None:
    def placed(*tales: int) -> Issue:
        numbered = enumerate(tales, start=1)
        return issue(
            *(entry(tale, one(tale), guid=f"item-{at}", link=None, page=None) for at, tale in numbered), form=form
        )

    _, faults = polled(whole(placed(1, 2)), whole(placed(3, 1, 2)))
    assert faults == []


def test_a_page_where_a_feed_was_is_no_story(polled: Callable[..., Any]) -> None:
    page = Answer(url=FEED, status=200, headers={"content-type": "text/html"}, body=PAGE)
    _, faults = polled(whole(issue(entry(1, one(1)))), (None, page))
    assert faults == []


def test_a_withdrawal_that_comes_first_holds(polled: Callable[..., Any]) -> None:
    grave = Tombstone(2, "story-2", START)
    first, second = entry(1, one(1)), entry(2, one(2))
    records, _ = polled(whole(issue(first, form="atom", graves=(grave,))), whole(issue(second, first)))
    assert sorted(each["state"] for each in records.values()) == ["filed", "withdrawn"]


def test_half_a_feed_is_asked_for_again(polled: Callable[..., Any]) -> None:
    entries = [entry(number, one(number)) for number in range(1, 7)]
    shown = issue(*entries)
    half = Answer(url=FEED, status=200, headers={"etag": '"x"'}, body=cut_after(render(shown), 3))
    records, faults = polled((issue(*entries[:3]), half), whole(shown, etag='"x"'))
    assert faults == []
    assert len(records) == 6


def test_words_that_all_stories_end_with_hide_none(polled: Callable[..., Any]) -> None:
    """An address line under every story is in the sketch of each: the like of a text must be found all the same."""
    ending = ("The Model Gazette is made in Aldervik and sold in Corrinth for nothing.",)

    def nameless(number: int, text: Text) -> Showing:
        ended = Text(text.headline, (*text.paragraphs, ending))
        return entry(number, ended, guid=None, link=None, page=None)

    texts = [one(number) for number in range(220)]
    early = [nameless(number, text) for number, text in enumerate(texts)]
    late = [nameless(number, edited(text, Random(number))) for number, text in enumerate(texts)]
    _, faults = polled(whole(issue(*early)), whole(issue(*late[-12:])))
    assert faults == []


def test_a_story_listed_twice_and_rewritten_is_one(polled: Callable[..., Any]) -> None:
    first, second = one(1), Text(one(1).headline, one(2).paragraphs)

    def twice(text: Text) -> Issue:
        listed = (entry(1, text, guid=f"item-{at}", link=f"https://{SITE}/news/9001{end}") for at, end in FORMS_OF_LINK)
        return issue(*listed)

    _, faults = polled(whole(issue(entry(1, first))), whole(twice(second)))
    assert faults == []
