"""A story in schema.org's terms, for those who read pages by machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from dateline.story import Actor, Figure, Reading, Stamp, Story

if TYPE_CHECKING:
    from dateline.archive.models import Entity

_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_TYPES = {"PER": "Person", "ORG": "Organization"}


def news_article(
    story: Story,
    reading: Reading | None,
    *,
    code: int,
    permalink: str,
    language: str,
    site_name: str,
    site_url: str,
    credit: str | None,
    corrections: Sequence[tuple[str, str]] = (),
    translations: Sequence[tuple[str, str]] = (),
    original: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """Return the NewsArticle; `correctedWork` and the like are left out: schema.org does not define them.

    ``language`` is the edition's; ``corrections`` are (ISO time, text), ``translations`` and ``original``
    (language, address).
    """
    based_on = story.url if story.url and story.url != permalink else None
    built = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": permalink,
        "url": permalink,
        "mainEntityOfPage": permalink,
        "headline": story.headline,
        "description": story.summary,
        "inLanguage": story.language if story.language != "und" else None,
        "datePublished": _time(story.published),
        "dateModified": _time(story.updated),
        "dateline": story.dateline,
        "articleSection": story.section,
        "keywords": list(story.tags),
        "wordCount": len(story.text.split()),
        "articleBody": story.text,
        "identifier": _identifiers(story, code, site_name),
        "author": _author(story, credit, site_name),
        "publisher": {"@type": "NewsMediaOrganization", "name": site_name, "url": site_url,
                      "correctionsPolicy": f"{site_url}/{language}/corrections"},
        "sourceOrganization": {"@type": "Organization", "name": credit} if credit else None,
        "isBasedOn": based_on,
        "image": [_image(figure) for figure in story.figures if figure.url],
        "correction": [{"@type": "CorrectionComment", "datePublished": at, "text": text} for at, text in corrections],
        "workTranslation": [_translation(language, url) for language, url in translations],
        "translationOfWork": _translation(*original) if original else None,
        "isAccessibleForFree": True,
        **(_read(reading) if reading else {}),
    }  # fmt: skip
    return _without_empty(built)


def about(entity: Entity, name: str, url: str) -> dict[str, Any]:
    """Return whom or what a dossier is about."""
    where = None if entity.lat is None else {
        "@type": "GeoCoordinates", "latitude": entity.lat, "longitude": entity.lon,
    }  # fmt: skip
    number = entity.key.removeprefix("geo:") if entity.key.startswith("geo:") else None
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": _TYPES.get(entity.kind, "Place" if entity.kind in ("LOC", "GEO") else "Thing"),
            "@id": url,
            "url": url,
            "name": name,
            "alternateName": entity.name if entity.name != name else None,
            "geo": where,
            "sameAs": f"https://sws.geonames.org/{number}/" if number else None,
        }
    )


def script(data: dict[str, Any]) -> SafeString:
    """Return JSON that may stand inside a script element, whatever the text in it."""
    told = json.dumps(data, ensure_ascii=False)
    for char, spelled in _IN_SCRIPT.items():
        told = told.replace(char, spelled)
    return mark_safe(told)  # noqa: S308 - every < > & is escaped


def _time(stamp: Stamp | None) -> str | None:
    return stamp.value + (stamp.zone or "" if "T" in stamp.value else "") if stamp else None


def _identifiers(story: Story, code: int, site_name: str) -> list[dict[str, str]]:
    own = {"@type": "PropertyValue", "propertyID": "Story Code", "name": site_name, "value": str(code)}
    if not story.code or story.code == str(code):
        return [own]
    return [
        own,
        {"@type": "PropertyValue", "propertyID": "Story Code", "name": story.site_name or "", "value": story.code},
    ]


def _author(story: Story, credit: str | None, site_name: str) -> dict[str, str]:
    if story.byline:
        return {"@type": "Person", "name": story.byline}
    return {"@type": "Organization", "name": credit or site_name}


def _image(figure: Figure) -> dict[str, Any]:
    return _without_empty(
        {
            "@type": "ImageObject",
            "url": figure.url,
            "caption": figure.caption,
            "creditText": figure.credit,
            "width": figure.width,
            "height": figure.height,
        }
    )


def _read(reading: Reading) -> dict[str, Any]:
    placed = {place.geonameid or place.name: place for place in reading.places if not place.demonym}
    return {
        "mentions": [_actor(actor) for actor in reading.actors if actor.kind in _TYPES and actor.named],
        "contentLocation": [
            _without_empty(
                {
                    "@type": "Place",
                    "name": place.name,
                    "geo": None
                    if place.lat is None
                    else {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon},
                    "sameAs": f"https://sws.geonames.org/{place.geonameid}/" if place.geonameid else None,
                }
            )
            for place in placed.values()
        ],
    }


def _actor(actor: Actor) -> dict[str, Any]:
    office = actor.role.office if actor.role and actor.kind == "PER" else None
    return _without_empty({"@type": _TYPES[actor.kind], "name": actor.name, "jobTitle": office})


def _without_empty(built: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in built.items() if not (value is None or _is_empty(value))}


def _is_empty(value: object) -> bool:
    return isinstance(value, str | Iterable) and not value


def _translation(language: str, url: str) -> dict[str, str]:
    return {"@type": "NewsArticle", "inLanguage": language, "url": url}
