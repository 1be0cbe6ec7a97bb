"""The day a story stands on: none stated, given by the desk, stated later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from dateline.story import Actor, Event, Mention, Reading, Refused, Stamp, Story
from dateline.text.spans import Span
from tests.newsroom.conftest import NOW, PlainPress

HOW = {"by": "test", "now": NOW}
GIVEN = Stamp(value="2015-08-01", precision="day", said="1 August 2015", origin="DATE")
STATED = Stamp(value="2015-07-30T10:00", precision="minute", said="30 July 2015 - 10:00", origin="date line")


def found(query: str) -> list[int]:
    from dateline.archive.search import find

    return [hit.record.code for hit in find(query).hits]


def shown(path: str) -> str:
    return strip_tags(Client().get(path).content.decode())


@pytest.fixture
def undated(story: Story, file: Callable[..., Any], press: PlainPress) -> Any:
    from dateline.newsroom.publish import publish

    record = file(story, published=None).record
    publish(record, **HOW, press=press)
    return record


def test_a_story_without_a_date_says_so_wherever_its_day_stands(undated: Any) -> None:
    label = "no date stated; came in on 10 September 2015"
    for path in ("/en/", "/en/day/2015-09-10", "/en/search?q=trawler", undated.path):
        assert label in shown(path), path
    (listed,) = Client().get("/api/v1/stories").json()["stories"]
    assert [listed[name] for name in ("published", "published_origin", "day")] == [None, None, "2015-09-10"]
    assert "datePublished" not in Client().get(undated.path).content.decode()
    assert found("is:undated") == found("date:2015-09-10") == [undated.code]


def test_what_a_story_without_a_date_tells_of_is_labelled(undated: Any, press: PlainPress) -> None:
    from dateline.archive.models import Finding
    from dateline.newsroom.read import read
    from dateline.newsroom.redate import redate
    from dateline.site.addresses import dossier_path

    def reader(story: Story, **_: Any) -> Reading:
        actor = Actor(key="org:coast-guard", kind="ORG", name="coast guard")
        event = Event(span=Span(0, 46), type="ASSAULT", quad=4, actors=(actor.key,), recipients=())
        named = Mention(span=Span(4, 15), kind="ORG", entity=actor.key)
        return Reading(reader="test", language="en", actors=(actor,), mentions=(named,), events=(event,))

    read(undated.current, reader=reader, **HOW, press=press)
    assert {(row.day, row.dated) for row in Finding.objects.all()} == {(date(2015, 9, 10), "came")}
    assert "no date stated; came in on 10 September 2015" in shown(dossier_path("en", "org:coast-guard", "coast guard"))
    redate(undated, GIVEN, **HOW, press=press)
    read(undated.current, reader=reader, **HOW, press=press)
    assert {(row.day, row.dated) for row in Finding.objects.all()} == {(date(2015, 8, 1), "story")}
    assert "no date stated" not in shown(dossier_path("en", "org:coast-guard", "coast guard"))


def test_the_desk_gives_a_day(undated: Any, press: PlainPress) -> None:
    from dateline.archive.models import Act
    from dateline.newsroom.redate import redate

    version = redate(undated, GIVEN, **HOW, press=press)
    undated.refresh_from_db()
    assert (version.number, undated.current) == (2, version)
    assert version.as_story().published == replace(GIVEN, origin="desk")
    assert undated.published_at.date() == date(2015, 8, 1)
    assert found("date:2015-08-01") == [undated.code]
    assert found("is:undated") == found("date:2015-09-10") == []
    assert Act.objects.latest("pk").verb == "redate"
    assert undated.headline in shown("/en/day/2015-08-01")
    assert undated.headline not in shown("/en/day/2015-09-10")
    assert "the desk’s records" in shown(undated.path)
    (listed,) = Client().get("/api/v1/stories").json()["stories"]
    assert [listed[name] for name in ("published", "published_origin", "day")] == ["2015-08-01", "desk", "2015-08-01"]


def test_what_the_source_says_again_does_not_undo_the_desks_day(
    undated: Any, story: Story, file: Callable[..., Any], press: PlainPress
) -> None:
    from dateline.newsroom.redate import redate

    redate(undated, GIVEN, **HOW, press=press)
    assert file(story, published=None, guid="another").outcome == "seen again"
    assert file(story, published=None, text="Two trawlers were seized.\n\nTheir owner protested.").outcome == "changed"
    undated.refresh_from_db()
    assert undated.current.as_story().published.value == "2015-08-01"
    assert file(story, published=STATED, guid="third").outcome == "changed"
    undated.refresh_from_db()
    assert (undated.day_stated, undated.current.as_story().published) == ("2015-07-30", STATED)


def test_a_version_that_states_no_date_keeps_the_one_there_is(
    story: Story, file: Callable[..., Any], press: PlainPress
) -> None:
    from dateline.newsroom.publish import publish

    record = file(story, published=STATED).record
    publish(record, **HOW, press=press)
    assert file(story, published=None, guid="another").outcome == "seen again"
    assert file(story, published=None, text="Two trawlers were seized.\n\nTheir owner protested.").outcome == "changed"
    record.refresh_from_db()
    assert record.versions.count() == 2
    assert (record.day_stated, record.current.as_story().published) == ("2015-07-30", STATED)
    assert found("date:2015-07-30") == [record.code]


def test_a_dated_version_that_comes_later_moves_the_story(undated: Any, story: Story, file: Callable[..., Any]) -> None:
    assert file(story, published=STATED).outcome == "changed"
    undated.refresh_from_db()
    assert undated.versions.count() == 2
    assert found("date:2015-07-30") == [undated.code]
    assert found("is:undated") == []
    assert undated.headline in shown("/en/day/2015-07-30")
    assert undated.headline not in shown("/en/day/2015-09-10")


@pytest.mark.parametrize(
    ("stamp", "reason"),
    [
        (Stamp(value="2015-09-13", precision="day", said="13 September", origin="DATE"), "future-date"),
        (replace(STATED, origin="DATE"), "same-date"),
    ],
)
def test_a_day_that_cannot_be_given(
    stamp: Stamp, reason: str, story: Story, file: Callable[..., Any], press: PlainPress
) -> None:
    from dateline.newsroom.redate import redate

    record = file(story, published=STATED).record
    with pytest.raises(Refused) as told:
        redate(record, stamp, **HOW, press=press)
    assert told.value.reason == reason
    assert record.versions.count() == 1


def test_no_story_without_a_date_is_the_earliest_by_its_own(
    undated: Any, story: Story, file: Callable[..., Any], press: PlainPress
) -> None:
    from dateline.archive.models import EventGroup, Record
    from dateline.newsroom.publish import publish

    later = replace(STATED, value="2015-09-11T08:00")
    other = file(story, published=later, guid="b", url="https://b.example/1", code="b1", headline="A ship is seized")
    publish(other.record, **HOW, press=press)
    Record.objects.update(group=EventGroup.objects.create(made_at=NOW))
    told = shown(f"/en/group/{EventGroup.objects.get().pk}").partition("Who told it, and when")[2]
    assert told.index("no date stated") < told.index("A ship is seized") < told.index("Earliest by its own date")
