"""The search page's parts: hits, facets, years and what was understood, in the words of the active language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from dateline.archive.search import Facet, FacetValue, Hit
from dateline.site import shelves, wording
from dateline.site.cards import Card
from dateline.site.language import gettext as _
from dateline.site.language import name_of
from dateline.text.queries import Gloss, Query
from dateline.text.query_reader import narrowed, widened

_OPEN = 5  # values shown of a facet before "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where queries of a language are answered, in one order."""

    language: str
    by_date: bool

    def of(self, query: Query, *, after: str | None = None) -> str:
        asked = {"q": query.said, **({"sort": "date"} if self.by_date else {}), **({"after": after} if after else {})}
        return f"/{self.language}/search?{urlencode(asked)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """A value that narrows the query, or, where it ``is_on``, no longer does. ``share`` is in percent of the most."""

    label: str
    count: int
    to: str
    is_on: bool
    share: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The values of a facet: the first ones, and those behind "more"."""

    title: str
    shown: tuple[Narrowing, ...]
    more: tuple[Narrowing, ...]


def hits(found: Iterable[Hit]) -> list[tuple[Card, SafeString]]:
    """Return each hit's card and snippet."""
    return [(shelves.card(hit.record), _marked(hit)) for hit in found]


def _marked(hit: Hit) -> SafeString:
    runs = ((lit, escape("".join(words for words, __ in some))) for lit, some in groupby(hit.snippet, itemgetter(1)))
    return mark_safe("".join(f"<mark>{words}</mark>" if lit else words for lit, words in runs))  # noqa: S308


def facets(found: Iterable[Facet], query: Query, address: Address) -> list[Choices]:
    """Return the facets as links; the language is chosen elsewhere, the year has its bars."""
    told = [(each, _titles().get(each.name)) for each in found if each.name not in ("lang", "year")]
    return [_choices(facet, title, query, address) for facet, title in told if title]


def years(found: Iterable[Facet], query: Query, address: Address) -> list[Narrowing]:
    """Return the years, each with the bar of its count."""
    values = next((each.values for each in found if each.name == "year"), ())
    most = max((value.count for value in values), default=1)
    return [_choice(value, query, address, share=100 * value.count // most) for value in values]


def _choices(facet: Facet, title: str, query: Query, address: Address) -> Choices:
    values = tuple(_choice(value, query, address) for value in sorted(facet.values, key=lambda each: not each.is_on))
    return Choices(title=title, shown=values[:_OPEN], more=values[_OPEN:])


def _choice(value: FacetValue, query: Query, address: Address, *, share: int = 0) -> Narrowing:
    other = widened(query, value.field) if value.is_on else narrowed(query, value.field)
    return Narrowing(label=_label(value), count=value.count, to=address.of(other), is_on=value.is_on, share=share)


def _label(value: FacetValue) -> str:
    said = " ".join(value.field.words)
    match value.field.name:
        case "event":
            return wording.deed(said.upper())
        case "actor" | "recipient":
            return wording.country(said.upper())
        case "place":
            return wording.place_name(value.label or said)
        case "lang":
            return name_of(said)
        case "year":
            return wording.digits(said)
        case "is":
            return {"corrected": _("corrected"), "planned": _("with planned events")}.get(said, said)
    return value.label or said


def _titles() -> dict[str, str]:
    return {
        "source": _("Source"),
        "section": _("Section"),
        "person": _("People"),
        "org": _("Organisations"),
        "place": _("Places"),
        "event": _("What happens"),
        "actor": _("Who acts"),
        "said": _("Who speaks"),
        "topic": _("Topic"),
        "is": _("Stories"),
    }


def glosses(explained: Iterable[Gloss]) -> list[dict[str, Any]]:
    """Return how each piece of the query was taken, in a sentence."""
    return [{"said": each.said, "told": _told(each), "is_doubt": each.is_doubt} for each in explained]


def _told(gloss: Gloss) -> str:
    sentences = {
        "words": _("this word"),
        "phrase": _("these words, one after the other"),
        "prefix": _("words that begin so"),
        "stem": _("this word in any of its forms"),
        "headline": _("in the headline"),
        "near": _("near each other, in either order"),
        "field": _("stories that are known for this"),
        "dates": _("published on these days"),
        "not": _("none of this"),
        "either": _("one or the other"),
        "no-such-field": _("there is no such field: taken as words"),
        "no-value": _("nothing stands behind the colon: passed over"),
        "no-date": _("no date, or no days between the two: passed over"),
        "too-short": _("too short a beginning: taken as a whole word"),
        "no-word": _("no word in it: passed over"),
        "too-many": _("too many parts: passed over"),
        "too-deep": _("too many brackets in brackets: passed over"),
        "unclosed": _("never closed: taken to the end"),
        "nothing-beside": _("nothing stands beside it that it could join: passed over"),
        "forms-cut": _("so many words begin so that only the shortest were looked for"),
        "no-forms": _("forms are known of English and Russian words only: taken as it stands"),
    }
    return sentences[gloss.outcome]
