"""The story page, from values: nothing here knows where they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.encoding import iri_to_uri

from dateline.site import assets, jsonld, share
from dateline.site.body import blocks
from dateline.site.language import name_of
from dateline.site.pages import Section, chrome, render
from dateline.site.panel import panel
from dateline.story import Reading, Story
from dateline.text.direction import Direction, direction_of_language
from dateline.wire import share_card, typesetting
from dateline.wire.print_page import Behind

DESCRIPTION = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A public word about a story: what was wrong, or why it was withdrawn."""

    at: datetime
    text: str
    kind: str = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighted:
    """Where and when a story was seen, and in which form it came."""

    at: datetime
    source: str
    form: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A version of the story in the list of its versions."""

    at: datetime
    headline: str
    language: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """The same story in another language; ``since`` is the version of the original that left it behind."""

    language: str
    path: str
    headline: str
    original: bool = False
    since: int | None = None

    @property
    def name(self) -> str:
        return name_of(self.language)

    @property
    def direction(self) -> Direction:
        return direction_of_language(self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """All that a story page tells."""

    story: Story
    reading: Reading | None
    code: int
    path: str
    language: str
    notices: Sequence[Notice] = ()
    sightings: Sequence[Sighted] = ()
    stages: Sequence[Stage] = ()
    twins: Sequence[Twin] = ()
    group: int | None = None
    behind: Behind | None = None


def story_page(told: Telling) -> str:
    """Return the whole page."""
    story = told.story
    found = panel(story, told.reading)
    site = settings.DATELINE_SITE_URL
    return render(
        "site/story.html",
        chrome(told.language, paths={twin.language: twin.path for twin in told.twins}),
        _frame(told, findings=len(found.entries)),
        story=story,
        panel=found,
        blocks=blocks(story, found.marks, site_url=site, names=found.names),
        notices=told.notices,
        sightings=told.sightings,
        versions=told.stages,
        editions=told.twins,
        group=told.group,
        behind=told.behind,
    )


def credit_of(story: Story) -> str | None:
    """Return whom a story is credited to: the agency it names, else the site it was taken from."""
    return story.credit or story.site_name


def _frame(told: Telling, *, findings: int) -> dict[str, Any]:
    story, site = told.story, settings.DATELINE_SITE_URL
    permalink, short = iri_to_uri(site + told.path) or "", f"{site}/{told.code}"
    section = Section(name=story.section, language=told.language) if story.section else None
    twins = [(twin.language, iri_to_uri(site + twin.path) or "") for twin in told.twins]
    original = next((place for twin, place in zip(told.twins, twins, strict=True) if twin.original), None)
    card = share.card_of(story, code=told.code, language=told.language, credit=credit_of(story))
    article = jsonld.news_article(
        story,
        told.reading,
        code=told.code,
        permalink=permalink,
        language=told.language,
        site_name=settings.DATELINE_SITE_NAME,
        site_url=site,
        credit=credit_of(story),
        corrections=[(each.at.isoformat(timespec="seconds"), each.text) for each in told.notices],
        translations=() if original else twins,
        original=original,
    )
    return {
        "canonical": permalink,
        "path": told.path,
        "short": short,
        "short_shown": short.partition("://")[2],
        "code": told.code,
        "foreign_code": story.code != str(told.code),
        "credit": credit_of(story),
        # What the source told its readers is often what a correction here says again.
        "note": None if story.note in {each.text for each in told.notices} else story.note,
        "section": section,
        "sections": [section] if section else [],
        "alternates": _alternates((told.language, permalink), twins, original),
        "published": article.get("datePublished"),
        "description": _short(story.summary or (story.paragraphs or ("",))[0]),
        "pdf": typesetting.available(),
        "card": site + share.card_path(told.code, told.language) if share_card.offered(card) else None,
        "oembed": [site + share.oembed_path(permalink, form) for form in ("json", "xml")],
        "mail": f"mailto:?subject={quote(story.headline, safe='')}&body={quote(permalink, safe='')}",
        "lights": assets.lights_path(findings),
        "json_ld": jsonld.script(article),
    }


def _alternates(
    own: tuple[str, str], twins: Sequence[tuple[str, str]], original: tuple[str, str] | None
) -> list[tuple[str, str]]:
    """Return every edition by its language; who reads none of them is led to the original."""
    return [own, *twins, ("x-default", (original or own)[1])] if twins else []


def _short(text: str) -> str:
    """Cut a text between words."""
    if len(text) <= DESCRIPTION:
        return text
    return text[: DESCRIPTION - 1].rpartition(" ")[0] + "…"
