"""One story in several languages: who is linked with whom, and who is out of date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dateline.story import Refused, Story
from tests.newsroom.conftest import NOW, PlainPress

HOW = {"by": "test", "now": NOW}


@pytest.fixture
def told(story: Story, file: Callable[..., Any], press: PlainPress) -> Callable[..., Any]:
    """Return a function that files and publishes the story in a language."""
    from dateline.newsroom.publish import publish

    def telling(language: str, code: str = "") -> Any:
        mark = f"{language}{code}"
        words = {"headline": f"Headline {mark}", "text": f"The text in {mark}, as told there."}
        places = {"code": None, "guid": f"tag:{mark}", "url": f"https://{mark}.example/1"}
        record = file(story, language=language, **words, **places).record
        publish(record, **HOW, press=press)
        return record

    return telling


def link(original: Any, edition: Any, press: PlainPress, version: Any = None) -> None:
    from dateline.newsroom.link_edition import link_edition

    original.refresh_from_db()
    link_edition(original, edition, of_version=version or original.current, **HOW, press=press)


def correct(record: Any, press: PlainPress, text: str) -> None:
    from dataclasses import replace

    from dateline.newsroom.correct import correct as change

    record.refresh_from_db()
    change(record, replace(record.current.as_story(), text=text), note="It was wrong.", **HOW, press=press)


def shelf(record: Any) -> list[tuple[str, int | None, int | None]]:
    from dateline.archive.editions import editions_of

    return [(each.record.language, each.of_version, each.out_of_date_since) for each in editions_of(record)]


def test_three_languages_are_editions_of_each_other(told: Callable[..., Any], press: PlainPress) -> None:
    english, persian, german = told("en"), told("fa"), told("de")
    link(english, persian, press)
    correct(english, press, "A second text.")
    link(english, german, press)
    assert shelf(english) == [("de", 2, None), ("fa", 1, 2)]
    assert shelf(persian) == [("de", 2, None), ("en", None, None)]
    assert shelf(german) == [("en", None, None), ("fa", 1, 2)]


def test_an_edition_falls_behind_and_is_brought_up(told: Callable[..., Any], press: PlainPress) -> None:
    from dateline.archive.editions import basis_of

    english, persian = told("en"), told("fa")
    link(english, persian, press)
    assert basis_of(english) is None
    correct(english, press, "A second text.")
    correct(english, press, "A third text.")
    basis = basis_of(persian)
    assert basis is not None
    assert (basis.of_version, basis.version_now, basis.out_of_date_since) == (1, 3, 2)
    link(english, persian, press)
    basis = basis_of(persian)
    assert basis is not None
    assert (basis.of_version, basis.out_of_date_since) == (3, None)
    assert shelf(english) == [("fa", 3, None)]


def test_a_change_of_the_original_presses_the_editions_anew(told: Callable[..., Any], press: PlainPress) -> None:
    from dateline.newsroom.retract import retract

    english, persian, german = told("en"), told("fa"), told("de")
    link(english, persian, press)
    link(english, german, press)
    press.digest = "two"
    correct(english, press, "A second text.")
    assert {record.renderings.get().press for record in (english, persian, german)} == {"two"}
    press.digest = "three"
    retract(english, reason="It was not so.", **HOW, press=press)
    assert {record.renderings.get().press for record in (english, persian, german)} == {"three"}
    assert shelf(persian) == [("de", 1, 2)]


@pytest.mark.parametrize(
    "what", ["itself", "same-language", "taken", "withdrawn", "an-edition", "linked", "no-version"]
)
def test_what_cannot_be_one_story_is_refused(what: str, told: Callable[..., Any], press: PlainPress) -> None:
    from dateline.archive.models import Act, Edition
    from dateline.newsroom.retract import retract

    english, persian, german, russian = told("en"), told("fa"), told("de"), told("ru")
    link(english, persian, press)
    pair: tuple[Any, ...] = {
        "itself": (english, english),
        "same-language": (english, told("en", "2")),
        "taken": (english, told("fa", "2")),
        "withdrawn": (english, german),
        "an-edition": (persian, german),
        "linked": (german, english),
        "no-version": (german, russian, english.current),
    }[what]
    if what == "withdrawn":
        retract(german, reason="It was not so.", **HOW, press=press)
    before = (set(Edition.objects.values_list("record", "other")), Act.objects.count())
    with pytest.raises(Refused) as refused:
        link(*pair[:2], press, *pair[2:])
    assert refused.value.reason == ("same-language" if what == "taken" else what)
    assert (set(Edition.objects.values_list("record", "other")), Act.objects.count()) == before


def test_an_edition_of_another_original_is_not_taken_over(told: Callable[..., Any], press: PlainPress) -> None:
    english, persian, german = told("en"), told("fa"), told("de")
    link(english, persian, press)
    with pytest.raises(Refused, match="unlink it first"):
        link(german, persian, press)


def test_unlinking_parts_an_edition_from_all_and_an_original_from_everybody(
    told: Callable[..., Any], press: PlainPress
) -> None:
    from dateline.archive.models import Edition
    from dateline.newsroom.unlink_edition import unlink_edition

    english, persian, german = told("en"), told("fa"), told("de")
    link(english, persian, press)
    link(english, german, press)
    unlink_edition(persian, **HOW, press=press)
    assert (shelf(english), shelf(persian)) == ([("de", 1, None)], [])
    link(english, persian, press)
    unlink_edition(english, **HOW, press=press)
    assert Edition.objects.count() == 0
    with pytest.raises(Refused):
        unlink_edition(english, **HOW, press=press)
    verbs = [act.verb for act in english.acts.order_by("pk")]
    assert verbs == ["take in", "publish", "link edition", "link edition", "link edition", "unlink edition"]
