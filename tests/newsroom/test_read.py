"""Whom the archive knows by surname: from several stories, or by an editor's word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dateline.story import Story
from tests.newsroom.conftest import NOW

FULL = "Gerrit Valdeen met the harbour masters in Oslo. Mr Valdeen said nothing."
LONE = "VALDEEN SIGNS. The harbour masters waited. Valdeen signed the treaty with Peru on Monday, officials said."


def read_all(file: Callable[..., Any], *texts: str) -> list[Any]:
    from dateline.newsroom.read import read
    from dateline.reading.reader import read as reader

    told = []
    for number, text in enumerate(texts):
        record = file(
            Story(
                headline=f"Story {number}",
                text=text,
                language="en",
                guid=f"g{number}",
                url=f"https://a.example/{number}",
            )
        ).record
        told.append((record, read(record.current, reader=reader, by="test", now=NOW)))
    return told


def persons(reading: Any) -> set[str]:
    return {mention.entity for mention in reading.mentions if mention.kind == "PER"}


def others(count: int) -> list[str]:
    days = ("It rained on the hay.", "The rye fair opened.", "Oats were dear.", "Peas were sown.")
    return [f"{FULL} {day}" for day in days[:count]]


@pytest.mark.usefixtures("db")
def test_a_surname_alone_is_the_one_person_of_several_stories(file: Callable[..., Any]) -> None:
    *_, (_, before) = read_all(file, *others(2), LONE)
    assert "per:gerrit-valdeen" not in persons(before)


@pytest.mark.usefixtures("db")
def test_three_stories_make_a_person_known(file: Callable[..., Any]) -> None:
    *_, (_, after) = read_all(file, *others(3), LONE)
    assert persons(after) == {"per:gerrit-valdeen"}
    assert any("only Gerrit Valdeen bears the name" in (mention.why or "") for mention in after.mentions)


@pytest.mark.usefixtures("db")
def test_two_of_one_surname_are_nobody(file: Callable[..., Any]) -> None:
    *_, (_, reading) = read_all(file, *others(3), "Ilse Valdeen sang in Bergen.", LONE)
    assert "per:gerrit-valdeen" not in persons(reading)


@pytest.mark.usefixtures("db")
def test_an_editors_word_makes_a_person_known_or_unknown(file: Callable[..., Any]) -> None:
    from dateline.archive.models import Entity, Finding, Verdict

    [(record, _)] = read_all(file, others(1)[0])
    assert Entity.objects.person_called("valdeen") is None
    mention = Finding.objects.filter(record=record, kind="mention", entity__key="per:gerrit-valdeen").first()
    assert mention is not None
    verdict = Verdict.objects.create(record=record, fingerprint=mention.fingerprint, right=True, by="ed", at=NOW)
    assert Entity.objects.person_called("valdeen") == "Gerrit Valdeen"
    verdict.right = False
    verdict.save()
    assert Entity.objects.person_called("valdeen") is None
