"""One line of ``dateline read --jsonl``: a dict in, a dict out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.plain import to_plain
from dateline.reading.reader import read
from dateline.story import Stamp, Story
from dateline.text.calendars import read_date
from dateline.text.language import identify

if TYPE_CHECKING:
    from spacy.language import Language

FIELDS = ("mentions", "moments", "places", "quotes", "events")


def read_line(given: dict[str, Any], *, nlp: Language | None = None) -> dict[str, Any]:
    """Return ``{id, mentions, moments, places, quotes, events}`` for ``{id, text, published?, title?, language?}``.

    Offsets are code points into the ``text`` given. A line that cannot be read gives ``{id?, error}``.
    """
    answer: dict[str, Any] = {"id": given["id"]} if "id" in given else {}
    text, published = given.get("text"), given.get("published")
    if not isinstance(text, str):
        return {**answer, "error": "no text"}
    stamp = None
    if published is not None:
        dated = read_date(str(published), language="en")
        if dated is None:
            return {**answer, "error": f"published is no date: {str(published)[:40]}"}
        stamp = Stamp(
            value=dated.value, precision=dated.precision, zone=dated.zone, said=str(published), origin="published"
        )
    language = given.get("language") or identify(text)
    if nlp is not None and language == "und":
        language = nlp.lang
    story = Story(headline=str(given.get("title") or ""), text=text, language=language, published=stamp)
    plain = to_plain(read(story, nlp=nlp))
    return {**answer, **{name: plain[name] for name in FIELDS}}
