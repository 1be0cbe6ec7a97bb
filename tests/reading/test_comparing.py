"""What the stories of one event share, and what only some tell."""

from __future__ import annotations

from dateline.reading.comparing import compare, is_same, words_of
from dateline.story import Actor, Quote, Reading, Story
from dateline.text.spans import Span


def told(text: str, *said: str, names: tuple[str, ...] = ()) -> tuple[Story, Reading]:
    quotes = tuple(
        Quote(source=(), cue=(), content=(Span(text.index(each), text.index(each) + len(each)),), kind="direct")
        for each in said
    )
    actors = tuple(Actor(key=f"per:{name}", kind="PER", name=name) for name in names)
    return Story(headline="h", text=text), Reading(reader="t", language="en", quotes=quotes, actors=actors)


def test_a_quotation_told_by_two_is_one_with_two_variants() -> None:
    found = compare(
        {
            "a": told(
                "She said: we will open the border on Monday morning.", "we will open the border on Monday morning"
            ),
            "b": told("“We will open the border on Monday”, she said.", "We will open the border on Monday"),
            "c": told("He said the harvest was a poor one this year.", "the harvest was a poor one this year"),
        }
    )
    assert [[each.story for each in quotation.utterances] for quotation in found.quotations] == [
        ["a", "b"],
        ["c"],
    ]


def test_what_only_some_tell_is_named_with_who_tells_it() -> None:
    found = compare(
        {
            "a": told("Some 1,200 people and 3 ships.", names=("Ada", "Bo")),
            "b": told("Some 900 people and 3 ships.", names=("Ada",)),
        }
    )
    assert found.shared == ("Ada",)
    assert found.names == {"Bo": ("a",)}
    assert found.figures == {"1,200": ("a",), "900": ("b",)}


def test_short_words_are_not_the_same_by_chance() -> None:
    assert not is_same(words_of("yes we can"), words_of("yes we can"))
    assert is_same(words_of("yes we can do it"), words_of("Yes, we can do it!"))
    assert not is_same(words_of("we will open the border"), words_of("we will never close that gate"))
