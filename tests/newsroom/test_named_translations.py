"""Editions that are linked because their sources say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from dateline.story import Stamp, Story, Translation
from tests.newsroom.conftest import NOW, SITE, PlainPress

HOW = {"by": "test", "now": NOW}
ADDRESS = {language: f"https://paper.example/{language}/1" for language in ("en", "fa", "ru")}


@pytest.fixture
def telling(story: Story, file: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that files the story in a language; ``names`` are the languages it names, and how."""

    def telling(language: str, text: str = "", hour: str = "10:00", **names: str) -> Any:
        words = {"headline": f"Headline {language}", "text": f"{text} Told in {language} {language}."}
        date = Stamp(value=f"2015-09-09T{hour}", precision="minute", zone="+00:00", said="", origin="test")
        named = tuple(
            Translation(name=ADDRESS[each], standing=standing, language=each)  # type: ignore[arg-type]
            for each, standing in names.items()
        )
        places = {"code": None, "guid": None, "url": ADDRESS[language], "published": date}
        return file(story, language=language, translations=named, **words, **places).record

    return telling


def links() -> set[tuple[str, str, int]]:
    """Return the links from each original to each edition: languages, and the number of the version told."""
    from dateline.archive.models import Edition

    found = Edition.objects.all().select_related("record")
    return {
        (link.record.language, link.other.language, link.of_version.number)
        for link in found
        if link.of_version.record_id == link.record_id
    }


@pytest.mark.parametrize("order", list(permutations(["en", "fa"])))
@pytest.mark.parametrize(
    ("said", "linked"),
    [
        ({"fa": {"en": "original"}}, {("en", "fa", 1)}),
        ({"en": {"fa": "alternate"}, "fa": {"en": "alternate"}}, {("en", "fa", 1)}),
        ({"en": {"fa": "alternate"}, "fa": {"en": "default"}}, {("en", "fa", 1)}),
        ({"en": {"fa": "default"}, "fa": {"en": "alternate"}}, {("fa", "en", 1)}),
        ({"en": {"fa": "translation"}, "fa": {"en": "alternate"}}, {("en", "fa", 1)}),
        ({"en": {"fa": "translation"}}, set()),
        ({"en": {"fa": "alternate"}}, set()),
        ({"fa": {"en": "default"}}, set()),
        ({"en": {"fa": "original"}, "fa": {"en": "original"}}, set()),
        ({"en": {"ru": "alternate"}, "fa": {"ru": "alternate"}}, set()),
        ({}, set()),
    ],
)
def test_what_is_said_decides_in_whichever_order_it_came(
    said: dict[str, dict[str, str]], linked: set[Any], order: tuple[str, ...], telling: Callable[..., Any]
) -> None:
    for language in order:
        telling(language, hour="10:00" if language == "en" else "11:00", **said.get(language, {}))
    assert links() == linked


@pytest.mark.parametrize("order", list(permutations(["en", "fa", "ru"])))
def test_three_languages_are_one_family(order: tuple[str, ...], telling: Callable[..., Any]) -> None:
    for language in order:
        others = {each: "default" if each == "en" else "alternate" for each in order if each != language}
        telling(language, **others)
    assert links() == {("en", "fa", 1), ("en", "ru", 1)}


def test_the_act_says_why(telling: Callable[..., Any]) -> None:
    english = telling("en")
    persian = telling("fa", en="original")
    (act,) = english.acts.filter(verb="link edition")
    wanted = {"edition": persian.code, "of_version": 1, "reason": "the translation names its original"}
    assert (act.detail, act.by) == (wanted, "test")


def test_an_edition_falls_behind_its_original_and_is_brought_up_when_it_says_so(telling: Callable[..., Any]) -> None:
    telling("en")
    telling("fa", hour="11:00", en="original")
    telling("en", "More.", hour="12:00")
    assert links() == {("en", "fa", 1)}
    telling("fa", "A slip mended.", hour="11:30", en="original")
    assert links() == {("en", "fa", 1)}
    telling("fa", "All of it.", hour="13:00", en="original")
    assert links() == {("en", "fa", 2)}


def test_a_translation_that_comes_late_is_of_the_version_it_could_know(telling: Callable[..., Any]) -> None:
    telling("en")
    telling("en", "More.", hour="12:00")
    telling("fa", hour="11:00", en="original")
    assert links() == {("en", "fa", 1)}


def test_what_the_desk_has_parted_stays_parted(telling: Callable[..., Any], press: PlainPress) -> None:
    from dateline.newsroom.unlink_edition import unlink_edition

    telling("en")
    persian = telling("fa", en="original")
    unlink_edition(persian, **HOW, press=press)
    telling("fa", "Told again.", hour="12:00", en="original")
    assert links() == set()


def test_a_name_that_two_stories_bear_says_nothing(telling: Callable[..., Any]) -> None:
    from dateline.archive.models import Sighting

    english, russian = telling("en"), telling("ru")
    Sighting.objects.filter(record=russian).update(page=english.sightings.get().page)
    telling("fa", en="original")
    assert links() == set()


def test_two_stories_in_one_language_stay_apart(telling: Callable[..., Any], story: Story, file: Any) -> None:
    telling("en")
    named = (Translation(name=ADDRESS["en"], standing="original"),)
    file(replace(story, text="Quite another text.", translations=named), guid=None, url=ADDRESS["fa"])
    assert links() == set()


def test_both_come_in_one_file(db: None, press: PlainPress) -> None:
    from dateline.newsroom.file_batch import Desk, Tally, file_batch
    from dateline.story import Batch, Item

    def item(language: str, text: str, other: str) -> Item:
        named = (Translation(name=ADDRESS[other], standing="alternate"),)
        return Item(
            format="atom", body=text, body_type="text", headline=text[:20], url=ADDRESS[language], language=language,
            translations=named,
        )  # fmt: skip

    both = (
        item("en", "The ferry to the island sails again after three weeks of repairs in the yard.", "ru"),
        item("ru", "Паром на остров снова ходит после трёх недель ремонта на верфи в соседней бухте.", "en"),
    )
    desk = Desk(site_url=SITE, press=press, **HOW)
    file_batch(Batch(format="atom", items=both), Tally(), desk=desk, where="here")
    assert len(links()) == 1
