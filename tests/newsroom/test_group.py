"""Stories of one event stand in one group, whoever tells them and in whichever order they come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import NOW


@pytest.fixture(scope="module")
def all_read(paper: None) -> Iterator[None]:
    from dateline.archive.models import Record
    from dateline.newsroom.read import read
    from dateline.reading import reader

    for record in Record.objects.published().with_current():
        read(record.current, reader=reader.read, by="test", now=NOW)
    yield


def place(**more: Any) -> int:
    from dateline.newsroom.group import group
    from dateline.site.press import SitePress

    return group(press=SitePress(), by="test", now=NOW, **more)


def groups() -> list[set[str]]:
    from dateline.archive.models import EventGroup

    return [{record.headline for record in each.records.all()} for each in EventGroup.objects.order_by("pk")]


def together(*beginnings: str) -> bool:
    return any(all(any(headline.startswith(each) for headline in group) for each in beginnings) for group in groups())


@pytest.fixture
def undone() -> Iterator[None]:
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("all_read", "undone")
def test_stories_of_one_event_are_grouped() -> None:
    from dateline.archive.models import Record

    assert place() == Record.objects.published().count()
    assert together("Iran and six powers agree", "Iran, six powers reach")
    assert together("Cuba and the United States reopen", "A flag on 16th Street")
    assert not together("Cuba and the United States reopen", "Less than an hour")
    assert all(len(group) > 1 for group in groups())
    assert not Record.objects.published().filter(copy_of__isnull=False, group__isnull=True).exists()


@pytest.mark.usefixtures("all_read", "undone")
def test_what_is_placed_stays_and_a_second_run_does_nothing() -> None:
    place(most=10)
    before = groups()
    place()
    for old in before:
        assert any(old <= new for new in groups())
    after = groups()
    assert place() == 0
    assert groups() == after


@pytest.mark.usefixtures("all_read", "undone")
def test_a_withdrawn_story_is_no_ones_companion() -> None:
    from dateline.archive.models import Record
    from dateline.newsroom.retract import retract
    from dateline.site.press import SitePress

    gone = Record.objects.get(headline__startswith="Iran and six powers agree")
    retract(gone, by="test", reason="It was wrong.", now=NOW, press=SitePress())
    place()
    assert not together("Iran and six powers agree")
