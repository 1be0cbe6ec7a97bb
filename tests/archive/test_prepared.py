"""Look-ups whose SQL is written once ask what their queryset asks, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("paper")


def test_models_come_with_what_is_joined_and_without_what_is_deferred() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from dateline.archive import stories
    from dateline.archive.models import Record

    for code in (1001, 1013):
        wanted = Record.objects.with_current().get(code=code)
        assert wanted.current
        with CaptureQueriesContext(connection) as asked:
            (record,) = stories.with_reading(code)
            assert record.current
            assert (record.current.story, record.current.reading) == (wanted.current.story, wanted.current.reading)
        assert len(asked) == 1
        assert (record.pk, record.path, record.published_at) == (wanted.pk, wanted.path, wanted.published_at)
        (record,) = stories.with_text(code)
        assert record.current
        deferred = record.current.get_deferred_fields()
        assert "reading" in deferred
        assert "story" not in deferred
    assert stories.with_text(9_999_999) == []


def test_a_story_was_seen_at_its_sources_in_their_order() -> None:
    from dateline.archive import stories
    from dateline.archive.models import Record

    for record in Record.objects.all():
        wanted = record.sightings.order_by("first_seen_at", "pk").values_list("pk", "source__name", "first_seen_at")
        found = stories.sightings(record.pk)
        assert [(each.pk, each.source.name, each.first_seen_at) for each in found] == list(wanted)


def test_values_depend_on_words_and_times() -> None:
    from dateline.archive.models import Record
    from dateline.archive.prepared import Prepared

    def question(language: str, at: datetime):  # type: ignore[no-untyped-def]
        earlier = Record.objects.published().filter(language=language, published_at__lt=at).order_by("code")
        return earlier.values_list("code", "published_at")

    asked = Prepared(question, str, datetime)
    for language, at in (("en", datetime(2015, 6, 1, tzinfo=UTC)), ("de", datetime(2016, 1, 1, 12, 30, tzinfo=UTC))):
        assert asked(language, at) == list(question(language, at)) != []


def test_a_day_has_the_neighbours_that_all_days_give_it(read_paper: list[Any]) -> None:
    from dateline.archive import days
    from dateline.archive.models import Finding

    told = list(days.all_told())
    assert len(told) > 5
    rows = Finding.objects.filter(quad__isnull=False, dated__in=("day", "span"), is_public=True)
    assert told == sorted(set(rows.values_list("day", flat=True)))
    assert [days.neighbours(day) for day in told[1:-1]] == list(zip(told, told[2:], strict=False))
    assert days.neighbours(date(1000, 1, 1)) == (None, told[0])


def test_languages_and_sections_are_those_of_published_stories() -> None:
    from dateline.archive import stories
    from dateline.archive.models import Record

    published = Record.objects.published()
    assert stories.languages() == sorted(set(published.values_list("language", flat=True)))
    for language in stories.languages():
        named = set(published.in_language(language).exclude(section="").values_list("section", flat=True))
        assert set(stories.sections(language, most=2)) <= named
        assert len(stories.sections(language, most=2)) == min(2, len(stories.sections(language, most=99)))
    assert stories.sections("xx", most=7) == []


def test_an_archive_without_stories_has_no_language(db: None) -> None:
    from dateline.archive import stories
    from dateline.archive.models import Record

    Record.objects.published().update(state=Record.State.FILED)
    assert stories.languages() == []
