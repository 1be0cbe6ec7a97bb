"""Plain text: a headline line, a blank line between paragraphs; written as the lines of our print page."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.story import Batch, Item, Story
from dateline.text.print_marks import is_print_page
from dateline.wire import print_page
from dateline.wire.channel import Channel, FeedEntry
from dateline.wire.encoding import decode

ONE = True  # story in a document
KEEPS_CAPTIONS = True  # of figures whose image is missing
KEEPS = frozenset(
    [
        "headline",
        "text",
        "language",
        "published",
        "updated",
        "dateline",
        "byline",
        "credit",
        "summary",
        "section",
        "tags",
        "figures",
        "note",
        "code",
        "url",
        "site_name",
        "site_url",
    ]
)
_BARE = frozenset({"headline", "text"})


def parse(data: bytes) -> Batch:
    """Return the text as one item, line ends made alike."""
    text = decode(data).text.replace("\r\n", "\n").replace("\r", "\n")
    return Batch(format="text", items=(Item(format="text", body=text, body_type="text"),))


def keeps(story: Story) -> frozenset[str]:
    """Return the fields that come back of this story: without code and link, its lines are no print page."""
    return KEEPS if is_print_page(_lines(story).decode()) else _BARE


def dump(entries: Iterable[FeedEntry], *, channel: Channel) -> bytes:
    """Return the one story as plain text. Raises ValueError for none or several."""
    (entry,) = entries
    story = entry.story
    lines = _lines(story)
    if is_print_page(lines.decode()):
        return lines
    return f"{story.headline}\n\n{story.text}\n".encode("utf-8", "replace")


def _lines(story: Story) -> bytes:
    page = print_page.PrintPage(
        story=story,
        permalink=story.url,
        code=story.code,
        site_name=story.site_name,
        site_url=story.site_url,
        language=story.language,
    )
    return print_page.dump_text(page)
