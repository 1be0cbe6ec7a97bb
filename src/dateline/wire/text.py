"""Plain text: a headline line, a blank line between paragraphs."""

from __future__ import annotations

from dateline.story import Batch, Item
from dateline.wire.encoding import decode


def parse(data: bytes) -> Batch:
    """Return the text as one item, line ends made alike."""
    text = decode(data).text.replace("\r\n", "\n").replace("\r", "\n")
    return Batch(format="text", items=(Item(format="text", body=text, body_type="text"),))
