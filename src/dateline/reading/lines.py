"""One line of ``dateline read --jsonl``: a dict in, a dict out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dateline.plain import to_plain
from dateline.reading.notes import Notes
from dateline.reading.pairs import relation
from dateline.reading.reader import annotate, reading_of
from dateline.story import Stamp, Story, Unreadable
from dateline.text.calendars import read_date
from dateline.text.language import identify
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language

FIELDS = ("mentions", "moments", "places", "quotes", "events")


def read_line(given: dict[str, Any], *, nlp: Language | None = None) -> dict[str, Any]:
    """Return ``{id, mentions, moments, places, quotes, events}`` for ``{id, text, published?, title?, language?}``.

    Where the line marks ``pairs [{source: [s, e], target: [s, e]}]``, the answer holds ``pairs [{type, quad, why}]``
    in that order: what the one does to the other. Offsets are code points into the ``text`` given. A line that
    cannot be read gives ``{id?, error}``.
    """
    answer: dict[str, Any] = {"id": given["id"]} if "id" in given else {}
    try:
        story = story_of(given)
    except Unreadable as error:
        return {**answer, "error": str(error)}
    if nlp is not None and story.language == "und":
        story = replace(story, language=nlp.lang or story.language)
    try:
        marked = [(Span(*pair["source"]), Span(*pair["target"])) for pair in given.get("pairs", ())]
    except (KeyError, TypeError, ValueError):
        return {**answer, "error": "pairs: each needs source [start, end] and target [start, end]"}
    notes = annotate(story, nlp=nlp)
    plain = to_plain(reading_of(notes))
    answer |= {name: plain[name] for name in FIELDS}
    if "pairs" in given:
        answer["pairs"] = [_relation(notes, source, target) for source, target in marked]
    return answer


def story_of(given: dict[str, Any]) -> Story:
    """Return the story of a line ``{text, published?, title?, language?}``. Raises Unreadable, naming what is wrong."""
    text, published = given.get("text"), given.get("published")
    if not isinstance(text, str):
        raise Unreadable("no text")
    stamp = None
    if published is not None:
        dated = read_date(str(published), language="en")
        if dated is None:
            raise Unreadable(f"published is no date: {str(published)[:40]}")
        stamp = Stamp(
            value=dated.value, precision=dated.precision, zone=dated.zone, said=str(published), origin="published"
        )
    language = given.get("language") or identify(text)
    return Story(headline=str(given.get("title") or ""), text=text, language=language, published=stamp)


def _relation(notes: Notes, source: Span, target: Span) -> dict[str, Any]:
    if notes.doc is None:
        return {"type": None, "quad": 0, "why": "not read in this language"}
    found = relation(notes.doc, source, target)
    return {"type": found.type, "quad": found.quad, "why": found.why}
