"""What is said to have changed is what changed."""

from __future__ import annotations

import pytest

from dateline.text.changes import Change, changes

FIRST = "The ferry sailed with forty people on board.\n\nNobody was hurt."


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (FIRST, []),
        (FIRST.replace("forty", "fifty"), [Change(before="forty", after="fifty", context="The ferry sailed with")]),
        (
            FIRST.replace(" on board", ""),
            [Change(before="people on board.", after="people.", context="ferry sailed with forty")],
        ),
        (FIRST + "\n\nA dog was.", [Change(before="", after="A dog was.")]),
        (FIRST.split("\n\n", maxsplit=1)[1], [Change(before=FIRST.split("\n\n", maxsplit=1)[0], after="")]),
        (FIRST.replace("Nobody was hurt.", "Rain fell."), [Change(before="Nobody was hurt.", after="Rain fell.")]),
    ],
)
def test_changes_are_told_in_the_words_that_changed(after: str, told: list[Change]) -> None:
    assert changes(FIRST, after) == told
