"""Stories → a WordPress export (WXR 1.2) that WordPress's importer takes in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from dateline.story import Story
from dateline.text.slugs import slug
from dateline.wire.channel import KEPT, Channel, FeedEntry, moment_of
from dateline.wire.rendering import body_html
from dateline.wire.trees import safe

_NAMES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}
_E = ElementMaker(nsmap=_NAMES)
_EXCERPT, _CONTENT, _DC, _WP = (ElementMaker(namespace=uri, nsmap=_NAMES) for uri in _NAMES.values())
_CLOCK = "%Y-%m-%d %H:%M:%S"
# What must not go public by an import: WordPress keeps it back, and so do we when it is read again.
_HELD = {"withheld": "draft", "canceled": "trash"}

NEEDS_ID = NEEDS_SITE = True
DATES = "full"
KEEPS = KEPT - {"credit"}


def keeps(story: Story) -> frozenset[str]:
    """Return what an export says of this story: post ids are numbers, and a planned post has its hour in UTC."""
    kept = set(KEEPS)
    if _post_id(story.code):
        kept.add("code")
    if story.embargo and story.embargo.precision == "second" and story.embargo.zone == "+00:00":
        kept.add("embargo")
    return frozenset(kept)


def dump(entries: Iterable[FeedEntry], *, channel: Channel) -> bytes:
    """Return an export of published posts; what is under embargo is planned, what is withheld or withdrawn is not."""
    entries = list(entries)
    bylines = dict.fromkeys(entry.story.byline for entry in entries if entry.story.byline)
    root = _E.rss(
        _E.channel(
            _E.title(safe(channel.title)),
            _E.link(safe(channel.url)),
            _E.description(safe(channel.description or channel.title)),
            _E.language(safe(channel.language)),
            _WP.wxr_version("1.2"),
            *(
                _WP.author(_WP.author_login(_login(name)), _WP.author_display_name(safe(name)))
                for name in map(str, bylines)
            ),
            *map(_item, entries),
        ),
        version="2.0",
    )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _item(entry: FeedEntry) -> Any:
    story = entry.story
    published, updated = datetime.fromisoformat(moment_of(entry)), datetime.fromisoformat(entry.updated)
    planned = _moment(story)
    status = "future" if planned else _HELD.get(story.status, "publish")
    item = _E.item(
        _E.title(safe(story.headline)),
        _E.link(safe(entry.permalink)),
        _E.pubDate(format_datetime(published)),
        _E.guid(safe(entry.id), isPermaLink="false"),
        _CONTENT.encoded(_framed(body_html(story))),
        _EXCERPT.encoded(_framed(safe(story.summary))),
        *_clock("post_date", planned or published),
        *_clock("post_modified", updated),
        _WP.status(status),
        _WP.post_type("post"),
    )
    if number := _post_id(entry.code):
        item.append(_WP.post_id(number))
    if story.byline:
        item.append(_DC.creator(_login(story.byline)))
    item.append(_DC.language(safe(story.language)))
    named = [("category", story.section), *(("post_tag", tag) for tag in story.tags)]
    item.extend(_E.category(safe(name), domain=domain, nicename=slug(name)) for domain, name in named if name)
    return item


def _clock(name: str, moment: datetime) -> list[Any]:
    """Return a time as WordPress writes it: by the site's clock, and in UTC."""
    return [
        _WP(name, moment.strftime(_CLOCK)),
        _WP(f"{name}_gmt", moment.astimezone(UTC).strftime(_CLOCK)),
    ]


def _moment(story: Story) -> datetime | None:
    if story.embargo is None or len(story.embargo.value) < 16:
        return None
    return datetime.fromisoformat(story.embargo.value + (story.embargo.zone or "+00:00"))


def _post_id(code: str | None) -> str | None:
    return code if code and code.isascii() and code.isdecimal() else None


def _login(name: str) -> str:
    return slug(name) or "author"


def _framed(html: str) -> Any:
    return html if "]]>" in html else etree.CDATA(html)
