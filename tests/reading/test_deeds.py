"""The lexicon of deeds: each entry is used rightly in a sentence of our own."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.reading.deeds import QUADS, deeds
from dateline.reading.languages import words
from dateline.reading.models import load
from dateline.reading.pairs import relation
from dateline.text.spans import Span

KNOWN: dict[str, Any] = words("en", "deeds") or {}
TOLD = [
    (deed["type"], deed.get("mode"), example)
    for deed in KNOWN["deed"]
    if deed["type"] != "NONE"
    for example in deed["examples"]
]
NO_DEEDS = [example for deed in KNOWN["deed"] if deed["type"] == "NONE" for example in deed["examples"]]
TURNED = [
    (name, outcome, example)
    for name, operator in KNOWN["operators"].items()
    for outcome, example in zip(operator["says"], operator["examples"], strict=True)
]


def told(text: str) -> list[tuple[str, str | None]]:
    nlp = load("en")
    assert nlp is not None
    return [(deed.type, deed.mode) for deed in deeds(nlp(text))]


@pytest.mark.parametrize(
    "deed", KNOWN["deed"], ids=lambda deed: f"{deed['type']}-{(deed.get('verbs') or deed['nouns'])[0]}"
)
def test_each_entry_has_a_known_type_and_an_example(deed: dict[str, Any]) -> None:
    assert deed["type"] in (*QUADS, "NONE")
    assert deed["examples"]


@pytest.mark.parametrize(("kind", "mode", "example"), TOLD)
def test_the_example_of_an_entry_tells_its_act(kind: str, mode: str | None, example: str) -> None:
    assert (kind, mode) in told(example)


@pytest.mark.parametrize("example", NO_DEEDS)
def test_words_that_are_no_deed(example: str) -> None:
    assert told(example) == []


@pytest.mark.parametrize(("operator", "outcome", "example"), TURNED)
def test_an_operator_turns_one_act_into_another(operator: str, outcome: str, example: str) -> None:
    assert [kind for kind, _ in told(example)] == [outcome], operator


@pytest.mark.parametrize(
    ("text", "source", "target", "kind"),
    [
        ("Greece will not lift the embargo on Albania.", "Greece", "Albania", "REJECT"),
        ("Chile said that Peru must release the sailors.", "Chile", "Peru", "REQUEST"),
        ("The envoy was expelled by Latvia.", "Latvia", "The envoy", "SANCTION"),
        ("Togo refused to send troops to Benin, and Niger bombed the port of Lagos.", "Niger", "Lagos", "ASSAULT"),
        ("Togo refused to send troops to Benin, and Niger bombed the port of Lagos.", "Togo", "Benin", "REJECT"),
        ("It rained in Oslo and in Bergen.", "Oslo", "Bergen", None),
        ("Cuba bombed Haiti. Malta is far from Togo.", "Malta", "Togo", None),
    ],
)
def test_the_relation_of_two_marked_actors(text: str, source: str, target: str, kind: str | None) -> None:
    nlp = load("en")
    assert nlp is not None
    one, two = (Span(text.index(said), text.index(said) + len(said)) for said in (source, target))
    assert relation(nlp(text), one, two).type == kind
