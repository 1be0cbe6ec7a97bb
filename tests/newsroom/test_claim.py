"""A piece of work is taken by one worker, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.newsroom.conftest import NOW


@pytest.mark.usefixtures("db")
def test_what_was_visited_between_look_and_claim_is_not_visited_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.archive.models import Source
    from dateline.newsroom.claim import claim_named, claim_source

    Source.objects.create(
        slug="pier", name="The Pier", feed_url="https://pier.example/feed", first_seen_at=NOW, due_at=NOW
    )
    seen = list(Source.objects.due(NOW))
    assert seen
    # Another worker claims it, makes the visit and sets it free.
    other = claim_source(NOW)
    assert other is not None
    Source.objects.filter(pk=other.pk).update(claimed_until=None, due_at=NOW + timedelta(hours=1))

    def looked(self: Any, now: Any) -> list[Source]:
        return seen

    monkeypatch.setattr(type(Source.objects.all()), "due", looked)
    assert claim_source(NOW) is None
    assert claim_named("pier", now=NOW) is not None


@pytest.mark.usefixtures("db")
def test_a_task_that_was_tried_between_look_and_claim_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.archive.models import Task
    from dateline.newsroom.claim import claim_task

    Task.objects.create(kind="publish", key="1", due_at=NOW)
    seen = list(Task.objects.due(NOW))
    other = claim_task(NOW, reading=False)
    assert other is not None
    Task.objects.filter(pk=other.pk).update(claimed_until=None)

    class Looked(list[Task]):
        def exclude(self, **which: Any) -> Looked:
            return self

    monkeypatch.setattr(type(Task.objects.all()), "due", lambda self, now: Looked(seen))
    assert claim_task(NOW, reading=False) is None
