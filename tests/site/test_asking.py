"""What is asked of the archive once for all editions of a page, and anew for the next."""

from __future__ import annotations

from itertools import count

from dateline.site.asking import ask, asking_once


def test_the_same_is_asked_once_and_only_as_long_as_the_block_lasts() -> None:
    numbers = count()

    def question(about: str, *, most: int) -> tuple[str, int, int]:
        return about, most, next(numbers)

    with asking_once():
        first = ask(question, "Paris", most=1)
        assert ask(question, "Paris", most=1) is first
        assert ask(question, "Paris", most=2) == ("Paris", 2, 1)
        assert ask(question, "Rome", most=1) == ("Rome", 1, 2)
    assert ask(question, "Paris", most=1) == ("Paris", 1, 3)
    with asking_once():
        assert ask(question, "Paris", most=1) == ("Paris", 1, 4)
