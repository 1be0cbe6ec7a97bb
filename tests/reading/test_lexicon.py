"""The lexicon of deeds, word by word: each verb, each noun it takes and each noun alone tells its type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.reading.deeds import deeds
from dateline.reading.forms import verb_forms
from dateline.reading.languages import words
from dateline.reading.models import load

DEEDS: list[dict[str, Any]] = (words("en", "deeds") or {})["deed"]
WHO = {
    "officeholder": "The Danish minister", "people": "Hundreds of Danish teachers", "bomber": "A suicide bomber",
}  # fmt: skip
# Behind these an object follows; behind any other second word it needs "against".
LEADING = frozenset({
    "to", "with", "on", "at", "of", "for", "from", "in", "into", "between", "by", "against", "over", "as", "upon",
    "through", "behind", "out", "up", "off", "down", "back", "together", "home", "without", "and",
})  # fmt: skip


def sentences() -> Iterator[tuple[str, str]]:
    """Yield a type and a sentence that tells it, for each word of the lexicon."""
    for deed in DEEDS:
        if deed["type"] == "NONE":
            continue
        who, things = WHO.get(deed.get("who", ""), "The Danish government"), deed.get("with", [])
        for verb in deed.get("verbs", ()):
            yield deed["type"], f"{who} {_with(verb, things[0] if things else None)} on Friday."
        for thing in things[1:]:
            yield deed["type"], f"{who} {_with(deed['verbs'][0], thing)} on Friday."
        for noun in deed.get("nouns", ()):
            yield deed["type"], f"The {noun} of the Iraqi students by Denmark began on Friday."


def _with(verb: str, thing: str | None) -> str:
    form = verb_forms(verb)
    past = form[1] if not form[1].split()[0].endswith("s") else form[0]
    if thing is not None:
        return f"{past} the Iraqi {thing}"
    last = verb.rsplit(maxsplit=1)[-1]
    return f"{past} the Iraqi students" if " " not in verb or last in LEADING else f"{past} against the Iraqi students"


def test_each_word_tells_its_deed() -> None:
    nlp = load("en")
    assert nlp is not None
    told = list(sentences())
    assert len(told) > 1500
    silent = [
        (kind, text)
        for (kind, text), doc in zip(told, nlp.pipe(text for _, text in told), strict=True)
        if kind not in {deed.type for deed in deeds(doc)}
    ]
    assert silent == []
