"""A story → each format we write → a story: equal, but for the losses that were named."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.clean.stories import clean
from dateline.story import Figure, Stamp, Story
from dateline.text.urls import canonical
from dateline.wire.conversion import WRITTEN, convert, holds_one, losses
from dateline.wire.formats import parse

# Sentences of our own, by language; what a cleaner would mend (shortcodes, "Read more") is tested elsewhere.
SENTENCES = {
    "en": [
        "The ferry sailed on Tuesday with forty people on board.",
        '"No storm & no fog," the captain said.',
        "Its owner, Pier & Sons <of Alden>, would not comment on the price.",
        "Nobody was hurt; the harbour master's office had closed at 5 p.m.",
        "Talks between the two ministers lasted four hours and brought no agreement.",
        "1. A list that is none, because it is a sentence.",
        "He paid $3.50 * 2 = $7, which_is a_lot of money for `a ticket`.",
        "[The minister] did not say when the bridge would be built again.",
    ],
    "fa": [
        "وزیر خارجه روز سه‌شنبه گفت که گفت‌وگوها ادامه خواهد داشت.",
        "این نشست در شهر ساحلی برگزار شد و سه ساعت طول کشید.",
        "سخنگوی دولت به پرسش‌های خبرنگاران پاسخ نداد.",
    ],
    "ru": [
        "Министр сообщил во вторник, что переговоры будут продолжены.",
        "Встреча прошла в портовом городе и длилась три часа.",
        "Представитель правительства не ответил на вопросы журналистов.",
    ],
}
WORDS = ["Harbour", "Talks", "Pier", "Bridge & tunnel", "Ferry", "Elections", "Süd", "Север"]
NAMES = ["Rosa Tilling", "Ida Moor", "Jan de Wit", "Ute Kahl"]


@st.composite
def stamps(draw: st.DrawFn) -> Stamp:
    cut = draw(st.sampled_from([("day", 10), ("minute", 16), ("second", 19)]))
    month, day, hour = draw(st.integers(1, 12)), draw(st.integers(1, 28)), draw(st.integers(1, 23))
    value = f"2015-{month:02}-{day:02}T{hour:02}:14:59"[: cut[1]]
    zone = draw(st.sampled_from([None, "+00:00", "+03:30", "-05:00"])) if cut[0] != "day" else None
    return Stamp(value=value, precision=cut[0], zone=zone, said=value, origin="test")  # type: ignore[arg-type]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    language = draw(st.sampled_from(sorted(SENTENCES)))
    said = st.lists(st.sampled_from(SENTENCES[language]), min_size=1, max_size=3, unique=True).map(" ".join)
    paragraphs = draw(st.lists(said, min_size=2, max_size=5, unique=True))
    number = draw(st.integers(1, 9999))
    maybe = lambda strategy: draw(st.none() | strategy)  # noqa: E731 - a verb of this test
    published = maybe(stamps())
    later = maybe(stamps())
    return Story(
        headline=f"{draw(st.sampled_from(WORDS))} {draw(st.sampled_from(WORDS))}, part {number}",
        text="\n\n".join(paragraphs),
        language=language,
        published=published,
        updated=later if published and later and later.value[:10] > published.value[:10] else None,
        dateline=maybe(st.sampled_from(["ALDEN, Velloria", "Geneva"])),
        byline=maybe(st.sampled_from(NAMES)),
        credit=maybe(st.sampled_from(["Pier Agency", "Northern Wire"])),
        summary=maybe(st.just(f"What happened on day {number}.")),
        section=maybe(st.sampled_from(["Sea", "World"])),
        tags=tuple(draw(st.lists(st.sampled_from(WORDS), max_size=3, unique=True))),
        figures=tuple(
            Figure(
                url=f"https://pier.example/{number}-{place}.jpg",
                caption=maybe(st.just("The pier at noon.")),
                credit=maybe(st.just("Ida Moor")),
                alt=maybe(st.just("A pier")),
                width=800,
                height=600,
                after=draw(st.integers(0, len(paragraphs))),
            )
            for place in range(draw(st.integers(0, 1)))
        ),
        code=maybe(st.just(str(number))),
        guid=maybe(st.just(f"tag:pier.example,2015:{number}")),
        url=maybe(st.just(f"https://pier.example/en/news/{number}/a-story")),
        site_name=maybe(st.just("The Pier")),
        site_url=maybe(st.just("https://pier.example/")),
        version=maybe(st.integers(1, 9).map(str)),
        note=maybe(st.just("Corrects the number of boats.")),
        corrects=maybe(st.just("tag:pier.example,2015:0")),
        embargo=maybe(stamps()),
        urgency=maybe(st.integers(1, 9)),
        signal=maybe(st.sampled_from(["update", "correction"])),
    )


def same(value: Any) -> Any:
    """Return what two values are compared by: a date says the same, wherever it was found."""
    return (value.value, value.precision, value.zone) if isinstance(value, Stamp) else value


def back(story: Story, to: str) -> Story:
    data, told = convert([story], to)
    assert len(told) == len(losses(story, to))
    (item,) = parse(data, name=f"story.{to}").items
    return clean(item)


@pytest.mark.parametrize("to", WRITTEN)
@settings(max_examples=40)
@given(story=stories())
def test_what_is_not_named_as_lost_comes_back(to: str, story: Story) -> None:
    lost = {loss.field for loss in losses(story, to)}
    again = back(story, to)
    for each in fields(Story):
        if each.name in lost | {"repairs", "markup"}:
            continue
        wanted = getattr(story, each.name)
        if each.name == "url" and wanted:
            wanted = canonical(wanted)
        assert same(getattr(again, each.name)) == same(wanted), (each.name, to)


@pytest.mark.parametrize("to", [name for name in WRITTEN if not holds_one(name)])
@settings(max_examples=10)
@given(several=st.lists(stories(), min_size=2, max_size=4, unique_by=lambda story: story.headline))
def test_several_stories_come_back_in_their_order(to: str, several: list[Story]) -> None:
    data, _ = convert(several, to)
    assert [clean(item).headline for item in parse(data).items] == [story.headline for story in several]


@pytest.mark.parametrize("to", [name for name in WRITTEN if holds_one(name)])
def test_several_stories_do_not_go_into_a_document_for_one(to: str) -> None:
    story = Story(headline="One", text="Two.")
    with pytest.raises(ValueError, match="one story"):
        convert([story, story], to)
