"""What others show of a story when they link to it: its card, and its oEmbed."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.html import format_html

from dateline import __version__
from dateline.story import Story
from dateline.text.calendars import write_date
from dateline.text.direction import direction_of_language
from dateline.wire.share_card import HEIGHT, WIDTH, ShareCard

WIDEST, NARROWEST = 600, 220  # CSS pixels, of what is embedded
AGAIN = 3600  # seconds after which those who keep an embedding should ask again


def card_of(story: Story, *, code: int, language: str, credit: str | None) -> ShareCard:
    """Return what the picture of a story shows."""
    day = write_date(story.published.value[:10], language=language) if story.published else None
    facts = (credit, day, str(code))
    return ShareCard(
        headline=story.headline,
        site_name=settings.DATELINE_SITE_NAME,
        facts=tuple(fact for fact in facts if fact),
        language=language,
    )


def etag_of_card(card: ShareCard) -> str:
    """Return the ETag of a card, by what it shows."""
    return f'"{sha256(f"{__version__}{card!r}".encode()).hexdigest()[:32]}"'


def card_path(code: int, language: str) -> str:
    return f"/{language}/news/{code}/card.png"


def oembed_path(permalink: str, form: str) -> str:
    return f"/oembed?{urlencode({'url': permalink, 'format': form})}"


def embedding(
    story: Story,
    *,
    code: int,
    language: str,
    credit: str | None,
    permalink: str,
    card_url: str | None,
    most_wide: int | None,
    most_high: int | None,
) -> dict[str, Any]:
    """Return a story in oEmbed's terms (oEmbed 1.0): ``rich`` where a small quotation of it fits, else a ``link``.

    ``card_url`` is its picture's, where there is one; it is named where the sizes asked for hold it.
    """
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": story.headline,
        "author_name": story.byline or credit,
        "provider_name": settings.DATELINE_SITE_NAME,
        "provider_url": settings.DATELINE_SITE_URL,
        "cache_age": AGAIN,
        "url": permalink,
    }
    wide = min(most_wide or WIDEST, WIDEST)
    high = _height(story, wide)
    if wide >= NARROWEST and (most_high is None or high <= most_high):
        html = _quotation(story, code=code, language=language, credit=credit, permalink=permalink, wide=wide)
        told |= {"type": "rich", "html": html, "width": wide, "height": high}
    if card_url and (most_wide or WIDTH) >= WIDTH and (most_high or HEIGHT) >= HEIGHT:
        told |= {"thumbnail_url": card_url, "thumbnail_width": WIDTH, "thumbnail_height": HEIGHT}
    return {name: value for name, value in told.items() if value is not None}


def _gist(story: Story) -> str:
    """Return what stands under the headline, cut between words."""
    text = story.summary or (story.paragraphs or ("",))[0]
    return text if len(text) <= 240 else text[:239].rpartition(" ")[0] + "…"


def _height(story: Story, wide: int) -> int:
    """Return about how many pixels the quotation needs, by letters of half an em."""
    lines = sum(-(-len(text) * em // 2 // (wide - 40)) for text, em in ((story.headline, 20), (_gist(story), 16)))
    return 80 + 26 * lines


def _quotation(story: Story, *, code: int, language: str, credit: str | None, permalink: str, wide: int) -> str:
    """Return a quotation that needs nothing beside it: no script, no style sheet, no picture."""
    day = write_date(story.published.value[:10], language=language) if story.published else ""
    facts = [settings.DATELINE_SITE_NAME, credit, day, str(code)]
    return format_html(
        '<blockquote lang="{}" dir="{}" cite="{}" style="box-sizing:border-box;max-width:{}px;margin:0;'
        'padding:12px 20px;border-inline-start:4px solid #8e1b12"><p><a href="{}"><b>{}</b></a></p><p>{}</p>'
        "<footer><small>{}</small></footer></blockquote>",
        story.language if story.language != "und" else language,
        direction_of_language(language),
        permalink,
        wide,
        permalink,
        story.headline,
        _gist(story),
        " · ".join(fact for fact in facts if fact),
    )
