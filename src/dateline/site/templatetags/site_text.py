"""The words of `dateline.site.wording`, within reach of the templates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from dateline.site import reasons, wording
from dateline.site.findings import Around, items
from dateline.site.language import direction
from dateline.site.panel import Entry, Group
from dateline.story import Story

register = template.Library()
LONGEST_ADDRESS = 70

register.filter("stamped", wording.stamped)
register.filter("briefly", wording.briefly)
register.filter("beside", wording.beside)
register.filter("zoned", wording.zoned)
register.filter("counted", wording.digits)
register.filter("day", wording.day)
register.filter("daylong", wording.long_day)
register.filter("daybeside", wording.day_beside)
register.filter("moment", wording.moment_utc)
register.filter("resolved", wording.resolved)
register.filter("located", wording.located)
register.filter("place_name", wording.place_name)
register.filter("office", wording.office)
register.filter("stance", wording.stance)
register.filter("quoted", wording.quoted)
register.filter("kind", wording.kind)
register.filter("deed", wording.deed)
register.filter("quad", wording.quad)
register.filter("modality", wording.modality)
register.filter("reader", wording.reader)
register.filter("repair", wording.repair)
register.filter("form", wording.form)
register.filter("origin", wording.origin)
register.filter("reason", reasons.reason)
register.filter("isoday", wording.iso)


@register.simple_tag(takes_context=True)
def findings(context: dict[str, Any], group: Group, entries: Iterable[Entry]) -> SafeString:
    """Write the items of a list of findings, each with what it is about."""
    chrome = context.get("chrome")
    around = Around(language=chrome.language if chrome else None, way=lang_of(context["story"]))
    return SafeString(items(group, entries, around))


@register.filter
def isolated(text: str) -> SafeString:
    """Keep foreign words from turning the line they stand in."""
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def shortened(url: str) -> str:
    """Return an address as people read it: no scheme, no percent signs, not too long."""
    parts = urlsplit(url)
    shown = parts.netloc.removeprefix("www.") + unquote(parts.path).rstrip("/")
    return shown if len(shown) <= LONGEST_ADDRESS else shown[: LONGEST_ADDRESS - 1] + "…"


@register.simple_tag
def lang_of(story: Story) -> SafeString:
    """Write ``lang`` and ``dir`` where the story's language is not the page's."""
    if story.language == get_language():
        return SafeString("")
    if story.language == "und":
        return format_html(' lang="und" dir="{}"', direction(story.text))
    return format_html(' lang="{}" dir="{}"', story.language, direction(story.text, story.language))
