"""One line of ``dateline read --jsonl``: a dict in, a dict out."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from dateline.plain import to_plain
from dateline.reading.notes import Notes
from dateline.reading.pairs import relation
from dateline.reading.reader import annotate, reading_of
from dateline.story import Reading, Stamp, Story, Unreadable
from dateline.text.calendars import read_date
from dateline.text.language import UNKNOWN, identify, primary
from dateline.text.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language

FIELDS = ("language", "unread", "mentions", "moments", "places", "quotes", "events")
_PARSED = "en"  # what a text in doubt is taken for
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_HALF = re.compile("[\ud800-\udfff]")
_SHOWN = 40  # characters of a bad value in an error


def given_in(line: str) -> dict[str, Any]:
    """Return the object in a line of JSON. Raises Unreadable."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON: {error}") from error
    if not isinstance(given, dict):
        raise Unreadable("not a JSON object")
    return given


def named(given: dict[str, Any]) -> dict[str, Any]:
    """Return what the answer to a line begins with: its id, where it has one that can be written."""
    if "id" not in given or _HALF.search(json.dumps(given["id"], ensure_ascii=False)):
        return {}
    return {"id": given["id"]}


def read_line(given: dict[str, Any], *, nlp: Language | None = None) -> dict[str, Any]:
    """Return ``{id, language, unread, mentions, moments, places, quotes, events}`` for ``{id, text, published?, …}``.

    ``unread`` names what was not looked for, so that an empty list never passes for "nothing there".
    Where the line marks ``pairs [{source: [s, e], target: [s, e]}]``, the answer holds ``pairs [{type, quad, why}]``
    in that order: what the one does to the other. Offsets are code points into the ``text`` given. A line that
    cannot be read gives ``{id?, error}``.
    """
    answer = named(given)
    try:
        story = story_of(given, leaning=(nlp and nlp.lang) or _PARSED)
        marked = marked_in(given)
    except Unreadable as error:
        return {**answer, "error": str(error)}
    notes = annotate(story, nlp=nlp)
    answer |= findings_of(reading_of(notes))
    if "pairs" in given:
        answer["pairs"] = [_relation(notes, source, target) for source, target in marked]
    return answer


def findings_of(reading: Reading) -> dict[str, Any]:
    """Return what an answer says of a reading."""
    plain = to_plain(reading)
    return {name: plain[name] for name in FIELDS}


def story_of(given: dict[str, Any], *, leaning: str = _PARSED) -> Story:
    """Return the story of a line ``{text, published?, title?, language?}``. Raises Unreadable, naming what is wrong.

    ``leaning`` is the language of a text that states none and is too short to tell.
    """
    if not isinstance(given.get("text"), str):
        raise Unreadable("no text")
    for name in ("id", "text", "title", "published", "language"):
        if half := _HALF.search(str(given.get(name) or "")):
            raise Unreadable(f"{name}: half of a surrogate pair at character {half.start()}")
    text = given["text"]
    stated = _stated(given.get("language"))
    return Story(
        headline=str(given.get("title") or ""),
        text=text,
        language=_told(text, leaning) if stated == UNKNOWN else stated,
        published=_published(given.get("published")),
    )


def marked_in(given: dict[str, Any]) -> list[tuple[Span, Span]]:
    """Return the pairs a line marks in its text. Raises Unreadable, naming the pair and what is wrong with it."""
    pairs = given.get("pairs", [])
    if not isinstance(pairs, list):
        raise Unreadable("pairs: not a list")
    marked = []
    for number, pair in enumerate(pairs):
        if not isinstance(pair, dict):
            raise Unreadable(f"pairs[{number}]: not {{source: [start, end], target: [start, end]}}")
        source, target = (
            _span(pair.get(side), f"pairs[{number}].{side}", len(given["text"])) for side in ("source", "target")
        )
        marked.append((source, target))
    return marked


def _span(value: Any, where: str, length: int) -> Span:
    if not (isinstance(value, list) and len(value) == 2 and all(type(end) is int for end in value)):
        raise Unreadable(f"{where}: not [start, end] in whole numbers")
    if not 0 <= value[0] < value[1] <= length:
        raise Unreadable(f"{where}: {value} is no stretch of the text, which has {length} characters")
    return Span(*value)


def _stated(language: Any) -> str:
    if language is None:
        return UNKNOWN
    if not isinstance(language, str) or not _TAG.fullmatch(language):
        raise Unreadable(f"language: not a language tag: {str(language)[:_SHOWN]}")
    return primary(language)


def _told(text: str, leaning: str) -> str:
    """Return the language of a text, the one leant to where it is in doubt and may be it."""
    found = identify(text, stated=leaning)
    letters = [char for char in text[:_SHOWN] if char.isalpha()]
    latin = sum(unicodedata.name(char, "").startswith("LATIN") for char in letters)
    # The parser's language is written in Latin letters: a few others are no English, however few.
    return identify(text) if found == leaning and latin * 2 < len(letters) else found


def _published(said: Any) -> Stamp | None:
    if said is None:
        return None
    dated = read_date(str(said), language="en")
    if dated is None:
        raise Unreadable(f"published is no date: {str(said)[:_SHOWN]}")
    return Stamp(value=dated.value, precision=dated.precision, zone=dated.zone, said=str(said), origin="published")


def _relation(notes: Notes, source: Span, target: Span) -> dict[str, Any]:
    if notes.doc is None:
        return {"type": None, "quad": 0, "why": "not read in this language"}
    found = relation(notes.doc, source, target)
    return {"type": found.type, "quad": found.quad, "why": found.why}
