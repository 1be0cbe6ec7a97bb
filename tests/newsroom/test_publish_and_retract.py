"""What readers see, and when they stop seeing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dateline.story import Refused, Story
from tests.newsroom.conftest import NOW, PlainPress

HOW = {"by": "test", "now": NOW}


def found(query: str) -> list[int]:
    from dateline.archive.search import find

    return [hit.record.code for hit in find(query).hits]


def test_publishing_presses_the_pages_and_fills_the_search(
    story: Story, file: Callable[..., Any], press: PlainPress
) -> None:
    from dateline.newsroom.publish import publish

    record = file(story).record
    assert found("trawler") == []
    publish(record, **HOW, press=press)
    assert [page.path for page in record.renderings.all()] == [record.path]
    for query in ("trawler", "TRAWLERS"[:7], '"seized a trawler"', "31186", str(record.code), "paper"):
        assert found(query) == [record.code], query
    assert found('"trawler a seized"') == []


@pytest.mark.parametrize("query", ["", '"', '"((unbalanced OR AND', "* NEAR(", "a:b:c -x ^", "\x00"])
def test_no_query_is_an_error(query: str, story: Story, file: Callable[..., Any]) -> None:
    file(story)
    assert found(query) == []


def test_a_correction_changes_page_and_search(story: Story, file: Callable[..., Any], press: PlainPress) -> None:
    from dateline.newsroom.publish import publish

    record = file(story).record
    publish(record, **HOW, press=press)
    file(story, text="Nothing of the kind happened at all, the harbour master said.")
    assert found("protested") == []
    assert found("harbour master") == [record.code]
    record.refresh_from_db()
    assert record.path.endswith("/trawler-seized-in-the-strait")


def test_retracting_leaves_a_notice_and_nothing_else(story: Story, file: Callable[..., Any], press: PlainPress) -> None:
    from dateline.newsroom.publish import publish
    from dateline.newsroom.retract import retract

    record = file(story).record
    publish(record, **HOW, press=press)
    retract(record, **HOW, reason="It was not so.", press=press)
    assert found("trawler") == []
    assert [page.status for page in record.renderings.all()] == [410]
    with pytest.raises(Refused):
        publish(record, **HOW, press=press)
    with pytest.raises(Refused):
        retract(record, **HOW, reason="Again.", press=press)
    assert [act.verb for act in record.acts.order_by("pk")] == ["take in", "publish", "retract"]


def test_a_retraction_needs_a_reason(story: Story, file: Callable[..., Any], press: PlainPress) -> None:
    from dateline.newsroom.retract import retract

    record = file(story).record
    with pytest.raises(Refused):
        retract(record, **HOW, reason="  ", press=press)
    assert record.corrections.count() == 0


def test_a_stale_press_is_refreshed(story: Story, file: Callable[..., Any], press: PlainPress) -> None:
    from dateline.archive.models import Touch
    from dateline.newsroom.press import press_again
    from dateline.newsroom.publish import publish
    from dateline.newsroom.refresh import refresh

    record = file(story).record
    publish(record, **HOW, press=press)
    assert refresh(press=press, by="test", now=NOW) == 1  # the front page has waited since
    assert press_again(list(Touch.objects.waiting()), press=press, now=NOW) == 1
    assert refresh(press=press, **HOW) == 0
    press.digest = "two"
    assert refresh(press=press, **HOW) == 2
    assert not record.renderings.exists()
    assert press_again(list(Touch.objects.waiting()), press=press, now=NOW) == 2
    assert record.renderings.get().press == "two"


def test_what_is_touched_again_while_it_is_printed_is_not_kept(
    story: Story, file: Callable[..., Any], press: PlainPress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old print of a page must not come after the change that made it old."""
    from dateline.archive.models import Rendering, Touch
    from dateline.newsroom.press import press_again
    from dateline.newsroom.publish import publish
    from dateline.newsroom.retract import retract

    record = file(story).record
    press.later = True
    publish(record, **HOW, press=press)
    printed = press.sheets

    def overtaken(record: Any) -> Any:
        sheets = list(printed(record))
        monkeypatch.setattr(press, "sheets", printed)
        retract(record, **HOW, reason="It was not so.", press=press)
        return sheets

    monkeypatch.setattr(press, "sheets", overtaken)
    waiting = list(Touch.objects.waiting())
    press_again(waiting, press=press, now=NOW)
    assert not Rendering.objects.exists()
    assert press_again(list(Touch.objects.waiting()), press=press, now=NOW) == 2
    assert record.renderings.get().status == 410


def test_bulk_work_only_marks_stale(story: Story, file: Callable[..., Any], press: PlainPress) -> None:
    from dateline.archive.models import Rendering, Touch
    from dateline.newsroom.press import press_again
    from dateline.newsroom.publish import publish

    record = file(story).record
    press.later = True
    publish(record, **HOW, press=press)
    assert not Rendering.objects.exists()
    assert {touch.path for touch in Touch.objects.waiting()} == {"/en/", f"/{record.code}"}
    assert press_again(list(Touch.objects.waiting()), press=press, now=NOW) == 2
    assert record.renderings.get().status == 200
    assert not Touch.objects.waiting().exists()
